import { argumentCalls, type PretrainedAndNot, type TriedArguments, type TriedCall } from "../answers";
import { zooVariant } from "../formats";
import { type Constructed, type ConstructorCall, constructorRefusal, familyOf, type Report, type ZooFacts } from "../model";
import { type PreparedModel, prepareModel, type RunOptions, runConstructed, runProbe } from "../probe";

/** Tries the calls of a Keras Application's function that people try for a tensor of this shape, each variant of the model prepared once. */
export async function tryArguments(
  prepared: PreparedModel,
  zoo: ZooFacts,
  shape: readonly number[],
  options: RunOptions,
): Promise<TriedArguments> {
  const trials = new Trials(prepared, zoo, options);
  try {
    const fed = await feed(prepared, shape, options);
    const tried: TriedCall[] = [];
    for (const call of argumentCalls(zoo, shape.slice(1))) tried.push(await trials.try(call));
    const { includeTop, weights } = zoo;
    const size = shape.slice(1);
    const sizes = {
      shape: await trials.try({ includeTop, weights, inputShape: size }),
      tensor: await trials.try({ includeTop, weights, inputTensor: size }),
    };
    return { base: prepared.model, zoo, fed, tried, sizes };
  } finally {
    trials.dispose();
  }
}

/** Sends a tensor of this shape into a model as it is. */
function feed(prepared: PreparedModel, shape: readonly number[], options: RunOptions): Promise<Report> {
  const [input] = prepared.inputs;
  return runProbe(prepared, { inputs: { [input?.name ?? ""]: [...shape] }, mode: "feed", engine: "shapes", fill: "zeros" }, options);
}

class Trials {
  private readonly variants = new Map<string, PreparedModel>();
  private readonly done = new Map<string, Promise<Constructed>>();

  constructor(
    private readonly own: PreparedModel,
    private readonly zoo: ZooFacts,
    private readonly options: RunOptions,
  ) {}

  async try(call: ConstructorCall): Promise<TriedCall> {
    const refusal = constructorRefusal(this.zoo, call);
    return { call, refusal, constructed: refusal ? null : await this.constructed(call) };
  }

  /** Null where the call names no size. */
  private constructed(call: ConstructorCall): Promise<Constructed> | null {
    const size = call.inputShape ?? call.inputTensor;
    if (!size || size.includes(null)) return null;
    const variant = this.variant(call);
    const key = `${call.includeTop} ${call.weights} ${size}`;
    const [name = ""] = variant.inputs.map((input) => input.name);
    const options = { ...this.options, isPretrained: call.weights !== null };
    const found = this.done.get(key) ?? runConstructed(variant, { [name]: [1, ...(size as number[])] }, options);
    this.done.set(key, found);
    return found;
  }

  private variant(call: ConstructorCall): PreparedModel {
    const { includeTop } = call;
    // What is built here has its size named.
    const weights = familyOf(this.zoo.architecture).refusesOpen ? "imagenet" : call.weights;
    if (includeTop === this.zoo.includeTop && weights === this.zoo.weights) return this.own;
    const key = `${includeTop} ${weights}`;
    const found = this.variants.get(key) ?? prepareModel(zooVariant(this.zoo, { includeTop, weights }));
    this.variants.set(key, found);
    return found;
  }

  dispose(): void {
    for (const variant of this.variants.values()) variant.dispose();
  }
}

/** Sends the probe through the application with pretrained weights and without. */
export async function withAndWithoutWeights(
  asked: { prepared: PreparedModel; zoo: ZooFacts; shape: readonly number[] },
  options: RunOptions,
): Promise<Pick<PretrainedAndNot, "pretrained" | "untrained" | "pretrainedZoo">> {
  const { prepared, zoo, shape } = asked;
  const other = prepareModel(zooVariant(zoo, { weights: zoo.weights === null ? "imagenet" : null }));
  try {
    const [own, others] = [await feed(prepared, shape, options), await feed(other, shape, options)];
    const isPretrained = zoo.weights !== null;
    const pretrainedZoo = isPretrained ? zoo : (other.model.zoo ?? zoo);
    return { pretrainedZoo, pretrained: isPretrained ? own : others, untrained: isPretrained ? others : own };
  } finally {
    other.dispose();
  }
}
