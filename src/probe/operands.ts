import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { KernelCall } from "../engines";

/** Tensors that a kernel brings together elementwise. */
export interface Meeting {
  /** As TensorFlow names it. */
  operation: string;
  operands: Operand[];
  output: number[];
}

/** `shape` is what is compared with the output, aligned at the last axis. `tensor` is null for what the kernel itself computed before. */
export interface Operand {
  tensor: TensorInfo | null;
  shape: number[];
}

type Read = (call: KernelCall) => Meeting | null;

const whole = (tensor: TensorInfo): Operand => ({ tensor, shape: tensor.shape });

const outputShape = ({ outputs }: KernelCall): number[] => (outputs[0] as TensorInfo).shape;

const meet =
  (operation: string, names: string[]): Read =>
  (call) => ({
    operation,
    operands: names.flatMap((name) => {
      const tensor = call.inputs[name];
      return tensor ? [whole(tensor as TensorInfo)] : [];
    }),
    output: outputShape(call),
  });

/** Bias that a fused kernel adds to what it computed. */
const bias: Read = (call) => {
  const added = call.inputs["bias"] as TensorInfo | undefined;
  if (!added) return null;
  const output = outputShape(call);
  return { operation: "BiasAdd", operands: [{ tensor: null, shape: output }, whole(added)], output };
};

/** Of matrices, only the axes before the last two are stretched. */
const matrices: Read = (call) => {
  const output = outputShape(call);
  const operands = ["a", "b"].map((name) => {
    const tensor = call.inputs[name] as TensorInfo;
    return { tensor, shape: [...tensor.shape.slice(0, -2), ...output.slice(-2)] };
  });
  return { operation: "BatchMatMul", operands, output };
};

const BINARY: { [kernel: string]: string } = {
  Add: "Add",
  Sub: "Sub",
  Multiply: "Mul",
  RealDiv: "RealDiv",
  FloorDiv: "FloorDiv",
  Mod: "Mod",
  Pow: "Pow",
  Maximum: "Maximum",
  Minimum: "Minimum",
  SquaredDifference: "SquaredDifference",
  Atan2: "Atan2",
  Equal: "Equal",
  NotEqual: "NotEqual",
  Greater: "Greater",
  GreaterEqual: "GreaterEqual",
  Less: "Less",
  LessEqual: "LessEqual",
  LogicalAnd: "LogicalAnd",
  LogicalOr: "LogicalOr",
  LogicalXor: "LogicalXor",
  BitwiseAnd: "BitwiseAnd",
};

/** One row a kernel that may stretch what it is given. */
const MEETINGS: { [kernel: string]: Read } = {
  ...Object.fromEntries(Object.entries(BINARY).map(([kernel, operation]) => [kernel, meet(operation, ["a", "b"])])),
  Prelu: meet("Prelu", ["x", "alpha"]),
  SelectV2: meet("SelectV2", ["condition", "t", "e"]),
  FusedBatchNorm: meet("FusedBatchNorm", ["x", "mean", "variance", "offset", "scale"]),
  BroadcastTo: meet("BroadcastTo", ["x"]),
  FusedConv2D: bias,
  FusedDepthwiseConv2D: bias,
  _FusedMatMul: bias,
  BatchMatMul: matrices,
};

/** Whether broadcasts of this kernel are noticed. */
export const isWatched = (kernel: string): boolean => Object.hasOwn(MEETINGS, kernel);

/** What a kernel brought together; null where it does not stretch anything, which is most often. */
export function meetingOf(call: KernelCall): Meeting | null {
  const read = MEETINGS[call.kernel];
  if (!read) return null;
  const meeting = read(call);
  return meeting?.operands.some(({ shape }) => isStretched(shape, meeting.output)) ? meeting : null;
}

function isStretched(shape: number[], output: number[]): boolean {
  const missing = output.length - shape.length;
  return output.some((size, axis) => size !== (axis < missing ? 1 : shape[axis - missing]));
}
