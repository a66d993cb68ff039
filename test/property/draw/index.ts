import fc from "fast-check";
import { parseKerasDocument } from "../../../src/formats/keras/document";
import type { JsonObject, Model } from "../../../src/model";
import { type DrawnNetwork, grow, type Plan } from "./grow";
import { type DrawnProbe, drawProbes } from "./probes";
import { writeModel } from "./write";

/** A random model with probes, as its file and as it is read. */
export interface DrawnModel {
  kerasMajor: 2 | 3;
  /** What `model.to_json()` would write. */
  config: JsonObject;
  model: Model;
  drawn: DrawnNetwork;
  probes: DrawnProbe[];
}

const throws = (length: number): fc.Arbitrary<number[]> =>
  fc.array(fc.noBias(fc.nat(10_080)), { minLength: length, maxLength: length, size: "max" });

/** Plans shrink to fewer and plainer layers. `steps`: the most layers that a model tries to add. */
export const plans = (steps = 14): fc.Arbitrary<Plan> =>
  fc.record({
    inputs: fc.array(throws(6), { minLength: 1, maxLength: 3 }),
    steps: fc.array(
      fc.record({
        throws: throws(24),
        inner: fc.oneof(
          { weight: 3, arbitrary: fc.constant<number[][]>([]) },
          { weight: 1, arbitrary: fc.array(throws(24), { minLength: 1, maxLength: 4 }) },
        ),
      }),
      { minLength: Math.min(4, steps), maxLength: steps, size: "max" },
    ),
    isSequential: fc.integer({ min: 0, max: 4 }).map((throwOf) => throwOf === 4),
    probes: throws(40),
  });

export const models = (kerasMajor: 2 | 3, steps = 14): fc.Arbitrary<DrawnModel> => plans(steps).map((plan) => drawModel(plan, kerasMajor));

/** The model of a plan. */
export function drawModel(plan: Plan, kerasMajor: 2 | 3): DrawnModel {
  const drawn = grow(plan, kerasMajor);
  const config = writeModel(drawn, kerasMajor);
  return { kerasMajor, config, model: readModel(config, kerasMajor), drawn, probes: drawProbes(drawn.network, drawn.tensors, plan.probes) };
}

export function readModel(config: JsonObject, kerasMajor: 2 | 3): Model {
  const { network, producer } = parseKerasDocument(config, kerasMajor === 3 ? "3.15.1" : null);
  return { name: network.name, format: "keras-json", producer, kerasMajor, network, weights: [] };
}
