import { emptyTensor } from "../engines";
import { isObject, type JsonObject, type Shape } from "../model";
import type { BoundCall, DeclaredCall, LayerTable, LayerWeight, MakeRunner, Runner } from "./row";
import { Unknown } from "./row";

type Weight = [name: string, shape: number[]];

/** What Keras 3 made of a layer's weights after it was built. */
interface Compression {
  /** Of `enable_lora`; null where it was not called. */
  rank: number | null;
  /** Of `quantize`: `int8`, `float8`; null where it was not called. */
  mode: string | null;
  historyLength: number;
  /** Of EinsumDense. */
  equation: string | null;
}

const MATRIX = /^(reverse_)?(kernel|embeddings)$/;

/**
 * The layers of a table as Keras 3 saves them after `quantize` or `enable_lora`: the same shapes of tensors, other weights. Numbers are not
 * computed of those. @see Keras `Dense.quantized_build`, `Dense.enable_lora`
 */
export function compressible(table: LayerTable): LayerTable {
  return Object.fromEntries(Object.entries(table).map(([className, make]) => [className, orCompressed(make)]));
}

function orCompressed(make: MakeRunner): MakeRunner {
  return (config, making) => {
    const runner = make(config, making);
    const compression = making.kerasMajor === 3 ? compressionOf(config) : null;
    return compression ? new CompressedRunner(runner, compression) : runner;
  };
}

/** @throws Unknown for ways to quantize that have no rule here */
function compressionOf(config: JsonObject): Compression | null {
  const rank = typeof config["lora_rank"] === "number" ? config["lora_rank"] : null;
  const { dtype, equation } = config;
  const policy = isObject(dtype) && isObject(dtype["config"]) ? dtype["config"] : {};
  const mode = typeof policy["mode"] === "string" ? policy["mode"] : null;
  if (rank === null && mode === null) return null;
  if (mode !== null && mode !== "int8" && mode !== "float8") throw new Unknown(`its weights are quantized as ${mode}, which is not known`);
  const { amax_history_length: length } = policy;
  return {
    rank,
    mode,
    historyLength: typeof length === "number" ? length : 1024,
    equation: typeof equation === "string" ? equation : null,
  };
}

class CompressedRunner implements Runner {
  weights: LayerWeight[] = [];

  constructor(
    private readonly inner: Runner,
    private readonly compression: Compression,
  ) {}

  build(inputs: Shape[], call?: DeclaredCall): void {
    this.inner.build(inputs, call);
    const plain = this.inner.weights.map(({ name, shape }): Weight => [name, shape]);
    this.weights = compressed(plain, this.compression).map(([name, shape]) => ({ name, shape, tensor: emptyTensor(shape, "float32") }));
  }

  declare(inputs: Shape[], call: DeclaredCall) {
    return this.inner.declare(inputs, call);
  }

  rules() {
    return this.inner.rules();
  }

  run(call: BoundCall) {
    return this.inner.run(call);
  }

  dispose(): void {
    this.inner.dispose();
    for (const { tensor } of this.weights) tensor.dispose();
  }
}

/** The weights in Keras's order: what is quantized comes anew, behind all that was there. */
function compressed(plain: Weight[], compression: Compression): Weight[] {
  const { rank, mode, historyLength } = compression;
  const adapters = rank === null ? [] : plain.filter(isAdapted).flatMap((weight) => adaptersOf(weight, rank));
  if (mode === "int8") {
    const others = plain.filter(([name]) => !MATRIX.test(name));
    const matrices = plain.filter(([name]) => MATRIX.test(name));
    return [
      ...others,
      ...adapters,
      ...matrices.flatMap((weight): Weight[] => [weight, [`${weight[0]}_scale`, scaleOf(weight, compression)]]),
    ];
  }
  const extra = mode === "float8" ? ["inputs", "kernel", "outputs_grad"] : [];
  return [
    ...plain,
    ...adapters,
    ...extra.flatMap((what): Weight[] => [
      [`${what}_scale`, []],
      [`${what}_amax_history`, [historyLength]],
    ]),
  ];
}

const isAdapted = ([name]: Weight): boolean => name === "kernel" || name === "embeddings";

function adaptersOf([name, shape]: Weight, rank: number): Weight[] {
  return [
    [`lora_${name}_a`, [...shape.slice(0, -1), rank]],
    [`lora_${name}_b`, [rank, shape.at(-1) as number]],
  ];
}

/** One factor a column of a kernel, a row of an embedding; of EinsumDense one an axis that the kernel gives the output. */
function scaleOf([name, shape]: Weight, { equation }: Compression): number[] {
  if (name === "embeddings") return shape.slice(0, 1);
  if (equation === null) return shape.slice(-1);
  const [, kernel = "", output = ""] = equation.split(/,|->/).map((part) => part.trim());
  if (output.includes(".")) throw new Unknown("how an equation with ... is quantized is not known");
  return [...output].map((axis) => shape[kernel.indexOf(axis)] ?? 1);
}
