import type { Node } from "@tensorflow/tfjs-converter/dist/operations/types";
import * as tf from "@tensorflow/tfjs-core";
import { formatShape } from "../../model";
import type { OperationRow } from "../operation";
import { rowOfFunction } from "../operations";
import { booleanAttribute, numberAttribute, numbersAttribute, shapeAttribute, textAttribute } from "./attributes";
import type { OwnOperation, OwnOperations } from "./own";

/** Operations that TensorFlow's function of this name calls, with the same tensors in the same order. */
const FUNCTIONS: { readonly [op: string]: string } = {
  AdjustContrastv2: "image.adjust_contrast",
  AdjustHue: "image.adjust_hue",
  Angle: "math.angle",
  AdjustSaturation: "image.adjust_saturation",
  BesselI0e: "math.bessel_i0e",
  BesselI1e: "math.bessel_i1e",
  Betainc: "math.betainc",
  BitwiseOr: "bitwise.bitwise_or",
  BitwiseXor: "bitwise.bitwise_xor",
  CheckNumerics: "debugging.check_numerics",
  Cholesky: "linalg.cholesky",
  Cross: "linalg.cross",
  Digamma: "math.digamma",
  Erfinv: "math.erfinv",
  HSVToRGB: "image.hsv_to_rgb",
  Igamma: "math.igamma",
  Inv: "math.reciprocal",
  Invert: "bitwise.invert",
  LeftShift: "bitwise.left_shift",
  Lgamma: "math.lgamma",
  MatrixDeterminant: "linalg.det",
  FFT2D: "signal.fft2d",
  MatrixSetDiag: "linalg.set_diag",
  MatrixSetDiagV2: "linalg.set_diag",
  MatrixSetDiagV3: "linalg.set_diag",
  MatrixSolve: "linalg.solve",
  MatrixTriangularSolve: "linalg.triangular_solve",
  Ndtri: "math.ndtri",
  NextAfter: "math.nextafter",
  Polygamma: "math.polygamma",
  RGBToHSV: "image.rgb_to_hsv",
  RightShift: "bitwise.right_shift",
  Rint: "math.rint",
  Softsign: "nn.softsign",
  TensorScatterAdd: "tensor_scatter_nd_add",
  TensorScatterSub: "tensor_scatter_nd_sub",
  UnsortedSegmentMax: "math.unsorted_segment_max",
  UnsortedSegmentMin: "math.unsorted_segment_min",
  UnsortedSegmentProd: "math.unsorted_segment_prod",
  UnsortedSegmentSum: "math.unsorted_segment_sum",
  Xdivy: "math.xdivy",
  Xlog1py: "math.xlog1py",
  Xlogy: "math.xlogy",
  Zeta: "math.zeta",
};

/** Parameters that those functions want as numbers, where operations are given tensors. */
const NUMBERS = new Set(["num_segments", "contrast_factor", "saturation_factor", "delta"]);

/** A row's arguments by their first names, as TensorFlow's function is given them by place. */
function run(row: OperationRow, inputs: readonly tf.Tensor[]): tf.Tensor | tf.Tensor[] {
  const named = inputs.map((input, place) => {
    const [name = ""] = (row.parameters[place] ?? "").split("|");
    return [name, NUMBERS.has(name) ? (input.dataSync()[0] as number) : input] as const;
  });
  return row.run(Object.fromEntries(named));
}

/** @throws Error where there is no such function: a fault of this file */
function rowCalled(name: string): OperationRow {
  const row = rowOfFunction(name);
  if (!row) throw new Error(`there is no function ${name}`);
  return row;
}

function bridged(name: string): OwnOperation {
  const row = rowCalled(name);
  return (inputs) => run(row, inputs);
}

const numbersIn = (tensor: tf.Tensor | undefined): number[] => Array.from(tensor?.dataSync() ?? []);

/** @throws Error where it has another shape than the graph insists on */
function ensured([x]: tf.Tensor[], node: Node): tf.Tensor {
  const wanted = shapeAttribute(node, "shape");
  const { shape } = x as tf.Tensor;
  if (wanted && (wanted.length !== shape.length || wanted.some((size, axis) => size !== null && size !== shape[axis])))
    throw new Error(`it insists on ${formatShape(wanted)}, got ${formatShape(shape)}`);
  return tf.clone(x as tf.Tensor);
}

/** Which of the bounds each number lies behind. */
function bucketized([x]: tf.Tensor[], node: Node): tf.Tensor {
  const bounds = numbersAttribute(node, "boundaries");
  const given = tf.expandDims(x as tf.Tensor, -1);
  return tf.sum(tf.cast(tf.greaterEqual(given, tf.tensor1d(bounds, given.dtype as "float32")), "int32"), -1);
}

/** The first `lengths` of each row turned round. */
function turned([x, lengths]: tf.Tensor[], node: Node): tf.Tensor | tf.Tensor[] {
  const axes = { seq_axis: numberAttribute(node, "seq_dim", 0), batch_axis: numberAttribute(node, "batch_dim", 0) };
  return rowCalled("reverse_sequence").run({ x: x as tf.Tensor, seq_lengths: lengths as tf.Tensor, ...axes });
}

/** The sizes come first. */
function volumeTransposed([sizes, filter, x]: tf.Tensor[], node: Node): tf.Tensor {
  const [depth = 1, height = 1, width = 1] = numbersAttribute(node, "strides").slice(1, -1);
  const padding = textAttribute(node, "padding", "VALID").toLowerCase() as "valid" | "same";
  const shape = numbersIn(sizes) as [number, number, number, number, number];
  return tf.conv3dTranspose(x as tf.Tensor5D, filter as tf.Tensor5D, shape, [depth, height, width], padding);
}

function cumulated([x, axis]: tf.Tensor[], node: Node): tf.Tensor | tf.Tensor[] {
  const flags = { exclusive: booleanAttribute(node, "exclusive", false), reverse: booleanAttribute(node, "reverse", false) };
  return rowCalled("math.cumulative_logsumexp").run({ x: x as tf.Tensor, axis: numbersIn(axis)[0] ?? 0, ...flags });
}

/** The rows of each part, where it is known which part each goes to. */
function partitioned([x, parts]: tf.Tensor[], node: Node): tf.Tensor[] {
  const places = numbersIn(parts);
  return Array.from({ length: numberAttribute(node, "num_partitions", 1) }, (_, part) => {
    const own = places.flatMap((place, row) => (place === part ? [row] : []));
    return tf.gather(x as tf.Tensor, tf.tensor1d(own, "int32"));
  });
}

/** Rows put at the places that the first half of the inputs tells, the last one where several say the same. */
function stitched(inputs: tf.Tensor[]): tf.Tensor {
  const half = inputs.length / 2;
  const places = inputs.slice(0, half).flatMap(numbersIn);
  const rows = inputs.slice(half).map((data, index) => {
    const { rank, size } = inputs[index] as tf.Tensor;
    return tf.reshape(data, [size, ...data.shape.slice(rank)]);
  });
  const from = Array.from({ length: Math.max(-1, ...places) + 1 }, (_, place) => Math.max(places.lastIndexOf(place), 0));
  return tf.gather(tf.concat(rows, 0), tf.tensor1d(from, "int32"));
}

/** Half the sum of the squares. */
const halfOfSquares: OwnOperation = ([x]) => tf.mul(tf.sum(tf.square(x as tf.Tensor)), 0.5);

/** Operations that stand in the tables of Keras and of TensorFlow's functions under another name, or are put together of others. */
export const BRIDGED: OwnOperations = {
  ...Object.fromEntries(Object.entries(FUNCTIONS).map(([op, name]) => [op, bridged(name)])),
  BatchMatMulV3: ([a, b], node) =>
    tf.matMul(a as tf.Tensor, b as tf.Tensor, booleanAttribute(node, "adj_x", false), booleanAttribute(node, "adj_y", false)),
  Bucketize: bucketized,
  Conv3DBackpropInputV2: volumeTransposed,
  CumulativeLogsumexp: cumulated,
  DynamicPartition: partitioned,
  DynamicStitch: stitched,
  EnsureShape: ensured,
  L2Loss: halfOfSquares,
  ReverseSequence: turned,
  TruncateDiv: ([a, b]) => truncated(tf.div(tf.cast(a as tf.Tensor, "float32"), tf.cast(b as tf.Tensor, "float32")), a as tf.Tensor),
  TruncateMod: ([a, b]) => {
    const times = truncated(tf.div(tf.cast(a as tf.Tensor, "float32"), tf.cast(b as tf.Tensor, "float32")), a as tf.Tensor);
    return tf.sub(a as tf.Tensor, tf.mul(times, b as tf.Tensor));
  },
};

/** Cut off towards 0, in the type that went in. */
function truncated(x: tf.Tensor, { dtype }: tf.Tensor): tf.Tensor {
  return tf.cast(tf.mul(tf.sign(x), tf.floor(tf.abs(x))), dtype);
}
