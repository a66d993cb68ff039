import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { KernelCall } from "../engines";
import type { OperandRole } from "../model";
import type { WeightOwner } from "./prepared";

/** Where a tensor comes from. */
export interface Origin {
  role: OperandRole;
  /** The weight it is, or was computed from alone; null for all else. */
  weight: WeightOwner | null;
  /** Whether it is that weight as it is, seen through other axes at most. */
  isWeightItself: boolean;
  /** Activations: which input of the running layer it is, elementwise work on it included; null where the layer computed something new. */
  input: number | null;
}

const CONSTANT: Origin = { role: "constant", weight: null, isWeightItself: false, input: null };

/** Kernels that only show the same numbers along other axes. */
const VIEWS = new Set(["Identity", "Reshape", "Cast", "ExpandDims", "Squeeze", "Transpose"]);

/** Kernels that mix positions: what they give is no longer one of the layer's inputs. */
const MIXES = new Set(
  (
    "Sum Mean Max Min Prod All Any ArgMax ArgMin Cumsum Cumprod BatchMatMul _FusedMatMul Einsum Conv2D FusedConv2D Conv3D " +
    "DepthwiseConv2dNative FusedDepthwiseConv2D Conv2DBackpropInput Conv3DBackpropInputV2 Dilation2D MaxPool AvgPool MaxPool3D AvgPool3D " +
    "Slice StridedSlice SplitV Unpack GatherV2 GatherNd ScatterNd Pack Concat Tile PadV2 MirrorPad ResizeBilinear ResizeNearestNeighbor " +
    "CropAndResize OneHot TopK Range Fill ZerosLike OnesLike Softmax LogSoftmax LRN ShapeOnly"
  ).split(" "),
);

/** Follows tensors by the identity of their contents: every output inherits from what its kernel saw. */
export class Provenance {
  private readonly activations = new Set<object>();
  private readonly derived = new Map<object, Origin>();
  private readonly inputs = new Map<object, number>();

  constructor(private readonly weights: WeakMap<object, WeightOwner>) {}

  /** Says what a network is given. */
  enterNetwork(inputs: readonly TensorInfo[]): void {
    for (const { dataId } of inputs) this.activations.add(dataId);
  }

  /**
   * Says which tensors the layer that runs next is given. Those of a layer of Keras are activations. Of an operation of a graph only those
   * that were computed from an input are: others made them of constants, or of a shape.
   */
  enterLayer(inputs: readonly TensorInfo[], isOperation: boolean): void {
    this.inputs.clear();
    this.derived.clear();
    inputs.forEach(({ dataId }, index) => {
      if (!isOperation) this.activations.add(dataId);
      if (this.activations.has(dataId)) this.inputs.set(dataId, index);
    });
  }

  of(tensor: TensorInfo): Origin {
    const { dataId } = tensor;
    const known = this.derived.get(dataId);
    if (known) return known;
    if (this.activations.has(dataId))
      return { role: "activation", weight: null, isWeightItself: false, input: this.inputs.get(dataId) ?? null };
    const weight = this.weights.get(dataId);
    return weight ? { role: "weight", weight, isWeightItself: true, input: null } : CONSTANT;
  }

  /** Notes what a kernel's outputs are made of. */
  note({ kernel, inputs, outputs }: KernelCall): void {
    const origin = this.inherited(kernel, inputs);
    for (const { dataId } of outputs) {
      // An engine may give a view the contents of its original, which stays what it is.
      if (this.inputs.has(dataId) || this.weights.has(dataId)) continue;
      if (origin.role === "activation") this.activations.add(dataId);
      if (origin !== CONSTANT) this.derived.set(dataId, origin);
    }
  }

  /** Runs for every kernel: so it makes nothing that it can do without. */
  private inherited(kernel: string, inputs: KernelCall["inputs"]): Origin {
    let activation: Origin | null = null;
    let weight: Origin | null = null;
    let isAlone = true;
    let count = 0;
    for (const name in inputs) {
      const given = inputs[name] as TensorInfo | TensorInfo[] | null | undefined;
      if (!given) continue;
      for (const tensor of Array.isArray(given) ? given : [given]) {
        count++;
        const origin = this.of(tensor);
        if (origin.role === "activation") activation = activation === null || activation.input === null ? origin : activation;
        else if (origin.weight) {
          isAlone &&= weight === null || isSameWeight(weight, origin);
          weight ??= origin;
        }
      }
    }
    if (activation) return MIXES.has(kernel) ? activationOf(null) : activationOf(activation.input);
    if (!weight) return CONSTANT;
    const isWeightItself = weight.isWeightItself && count === 1 && VIEWS.has(kernel);
    return { role: "weight", weight: isAlone ? weight.weight : null, isWeightItself, input: null };
  }
}

function isSameWeight(a: Origin, b: Origin): boolean {
  return a.weight?.name === b.weight?.name && a.weight?.layerId === b.weight?.layerId;
}

/** Activations differ only in the input that they are: one object each is enough. */
const COMPUTED: Origin = { role: "activation", weight: null, isWeightItself: false, input: null };
const INPUTS: Origin[] = [];

function activationOf(input: number | null): Origin {
  if (input === null) return COMPUTED;
  INPUTS[input] ??= { ...COMPUTED, input };
  return INPUTS[input];
}
