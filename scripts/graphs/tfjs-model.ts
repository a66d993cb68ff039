import { GraphModel } from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import { startEngine, useEngine, useShapesEngine } from "../../src/engines";
import type { EngineName } from "../../src/model";
import { filled } from "../../src/probe/numbers/fill";
import { type GraphFile, readText } from "../../test/graphs/files";
import type { WrittenNode } from "../../test/graphs/probes";

/** Of tfjs's engines the one that refuses what TensorFlow refuses; on WebAssembly a kernel that is given a wrong shape writes over others' memory. */
const ENGINE: EngineName = "native";

/** What tfjs's own executor made of a probe. */
export interface TfjsRun {
  /** Each node that ran, constants included; of a loop the first round. */
  ran: Map<string, { shapes: (number[] | null)[]; mean: number | null }>;
  /** The first 16 numbers of each output of the model. */
  outputs: number[][];
  error: string | null;
}

interface ModelJson {
  modelTopology: { node: WrittenNode[] };
  weightsManifest: { paths: string[]; weights: tf.io.WeightsManifestEntry[] }[];
}

/** A graph model in tfjs's own executor, on TensorFlow's kernels. */
export class TfjsModel {
  readonly nodes: WrittenNode[];
  private constructor(
    private readonly model: GraphModel<tf.io.IOHandlerSync>,
    json: ModelJson,
  ) {
    this.nodes = json.modelTopology.node;
  }

  static async open(file: GraphFile): Promise<TfjsModel> {
    await startEngine(ENGINE);
    useEngine(ENGINE);
    const source = file.open();
    const json = JSON.parse(readText(source, source.main)) as ModelJson;
    const shards = json.weightsManifest.flatMap(({ paths }) => paths).map((path) => source.read(path, 0, source.size(path)));
    source.close();
    const artifacts = {
      ...(json as unknown as tf.io.ModelArtifacts),
      modelTopology: withoutShapes(json),
      weightSpecs: json.weightsManifest.flatMap(({ weights }) => weights),
      weightData: joined(shards),
    };
    const model = new GraphModel(tf.io.fromMemorySync(artifacts));
    model.load();
    return new TfjsModel(model, json);
  }

  /** Runs it on these shapes, in the order of its placeholders. */
  async run(shapes: readonly number[][], fill: string): Promise<TfjsRun> {
    useEngine(ENGINE);
    const placeholders = this.nodes.filter(({ op }) => op === "Placeholder");
    const inputs = Object.fromEntries(
      placeholders.map(({ name, attr }, index) => [name, filled(fill, shapes[index] as number[], dtypeOf(attr))]),
    );
    tf.env().set("KEEP_INTERMEDIATE_TENSORS", true);
    try {
      const { outputs, error } = await this.attempt(inputs);
      const ran: TfjsRun["ran"] = new Map();
      const tensors = { ...this.model.getIntermediateTensors(), ...mapped(inputs, (tensor) => [tensor]) };
      for (const [written, given] of Object.entries(tensors)) {
        const name = ofFirstRound(written);
        // A branch that is not taken gives nothing.
        const all = given as (tf.Tensor | undefined)[] | null;
        if (name !== null && all) ran.set(name, { shapes: all.map((tensor) => tensor?.shape ?? null), mean: meanOf(all[0]) });
      }
      const answer = { ran, outputs: outputs.map(firstNumbers), error };
      tf.dispose(outputs);
      return answer;
    } finally {
      this.model.disposeIntermediateTensors();
      tf.dispose(inputs);
      useShapesEngine();
    }
  }

  /** Names of the nodes that the outputs are computed from; what must only have run before them is not asked for. */
  needed(): string[] {
    const nodes = new Map(this.nodes.map((node) => [node.name, node]));
    const needed = new Set(this.nodes.filter(({ op }) => op === "Placeholder").map(({ name }) => name));
    const { outputs } = (this.model as unknown as { executor: { graph: { outputs: { name: string }[] } } }).executor.graph;
    const waiting = outputs.map(({ name }) => name);
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      const node = nodes.get(name.replace(/:\d+$/, ""));
      if (!node || needed.has(node.name)) continue;
      needed.add(node.name);
      waiting.push(...(node.input ?? []).filter((input) => !input.startsWith("^")));
    }
    return this.nodes.map(({ name }) => name).filter((name) => needed.has(name));
  }

  dispose(): void {
    useEngine(ENGINE);
    this.model.dispose();
    useShapesEngine();
  }

  private async attempt(inputs: tf.NamedTensorMap): Promise<{ outputs: tf.Tensor[]; error: string | null }> {
    try {
      return { outputs: [await this.model.executeAsync(inputs)].flat(), error: null };
    } catch (error) {
      return { outputs: [], error: (error as Error).message };
    }
  }
}

/** tfjs compares what it is given with what a placeholder declares: that is the gate's business, not the operations'. */
function withoutShapes({ modelTopology }: ModelJson): object {
  const node = modelTopology.node.map((one) =>
    one.op === "Placeholder" ? { ...one, attr: { ...one.attr, shape: { shape: { unknownRank: true } } } } : one,
  );
  return { ...modelTopology, node };
}

/** Nodes inside a loop have the frame and the round in their names: `while/add-/while/context-0`; null for a further round. */
function ofFirstRound(written: string): string | null {
  const [, node, rounds] = /^(.*?)-\/.*?((?:-\d+)+)$/.exec(written) ?? [null, written, ""];
  return /[1-9]/.test(rounds as string) ? null : (node as string);
}

function mapped<T, U>(map: { [name: string]: T }, change: (value: T) => U): { [name: string]: U } {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value)]));
}

const DTYPES: { [type: string]: tf.DataType } = { DT_FLOAT: "float32", DT_INT32: "int32", DT_UINT8: "int32", DT_BOOL: "bool" };
const dtypeOf = (attr: WrittenNode["attr"]): tf.DataType => DTYPES[attr?.dtype?.type ?? "DT_FLOAT"] as tf.DataType;

function joined(parts: readonly Uint8Array[]): ArrayBuffer {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes.buffer;
}

const firstNumbers = (tensor: tf.Tensor): number[] => Array.from(tensor.dataSync().slice(0, 16));

function meanOf(tensor: tf.Tensor | undefined): number | null {
  if (!tensor || tensor.dtype === "string") return null;
  const numbers = Float64Array.from(tensor.dataSync());
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}
