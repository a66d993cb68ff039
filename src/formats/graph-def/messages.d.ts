// Written by scripts/graphs/messages.mjs from messages.proto.
import type { PbfReader } from "pbf";

export interface MetaInfoDef {
  tags: string[];
  tensorflow_version: string;
}
export function readMetaInfoDef(pbf: PbfReader, end?: number): MetaInfoDef;

export interface SignatureDef {
  inputs: SignatureDefInputsEntry[];
  outputs: SignatureDefOutputsEntry[];
  method_name: string;
}
export function readSignatureDef(pbf: PbfReader, end?: number): SignatureDef;

export interface SignatureDefInputsEntry {
  key: string;
  value: TensorInfo | undefined;
}
export function readSignatureDefInputsEntry(pbf: PbfReader, end?: number): SignatureDefInputsEntry;

export interface TensorInfo {
  dtype: number;
  tensor_shape: TensorShapeProto | undefined;
  name: string;
  encoding: "name" | undefined;
}
export function readTensorInfo(pbf: PbfReader, end?: number): TensorInfo;

export interface TensorShapeProto {
  dim: TensorShapeProtoDim[];
  unknown_rank: boolean;
}
export function readTensorShapeProto(pbf: PbfReader, end?: number): TensorShapeProto;

export interface TensorShapeProtoDim {
  size: number;
  name: string;
}
export function readTensorShapeProtoDim(pbf: PbfReader, end?: number): TensorShapeProtoDim;

export interface SignatureDefOutputsEntry {
  key: string;
  value: TensorInfo | undefined;
}
export function readSignatureDefOutputsEntry(pbf: PbfReader, end?: number): SignatureDefOutputsEntry;

export interface SaverDef {
  restore_op_name: string;
}
export function readSaverDef(pbf: PbfReader, end?: number): SaverDef;

export interface NodeDef {
  name: string;
  op: string;
  input: string[];
  attr: NodeDefAttrEntry[];
}
export function readNodeDef(pbf: PbfReader, end?: number): NodeDef;

export interface NodeDefAttrEntry {
  key: string;
  value: AttrValue | undefined;
}
export function readNodeDefAttrEntry(pbf: PbfReader, end?: number): NodeDefAttrEntry;

export interface AttrValue {
  list: AttrValueListValue | undefined;
  s: Uint8Array | undefined;
  i: number;
  f: number;
  b: boolean;
  type: number;
  shape: TensorShapeProto | undefined;
  tensor: Uint8Array | undefined;
  placeholder: string;
  func: NameAttrList | undefined;
  value: "list" | "s" | "i" | "f" | "b" | "type" | "shape" | "tensor" | "placeholder" | "func" | undefined;
}
export function readAttrValue(pbf: PbfReader, end?: number): AttrValue;

export interface AttrValueListValue {
  s: Uint8Array[];
  i: number[];
  f: number[];
  b: boolean[];
  type: number[];
  shape: TensorShapeProto[];
  tensor: Uint8Array[];
  func: NameAttrList[];
}
export function readAttrValueListValue(pbf: PbfReader, end?: number): AttrValueListValue;

export interface NameAttrList {
  name: string;
  attr: NameAttrListAttrEntry[];
}
export function readNameAttrList(pbf: PbfReader, end?: number): NameAttrList;

export interface NameAttrListAttrEntry {
  key: string;
  value: AttrValue | undefined;
}
export function readNameAttrListAttrEntry(pbf: PbfReader, end?: number): NameAttrListAttrEntry;

export interface TensorProto {
  dtype: number;
  tensor_shape: TensorShapeProto | undefined;
  tensor_content: Uint8Array | undefined;
  float_val: number[];
  double_val: number[];
  int_val: number[];
  string_val: Uint8Array[];
  int64_val: number[];
  bool_val: boolean[];
  half_val: number[];
  uint32_val: number[];
  uint64_val: number[];
}
export function readTensorProto(pbf: PbfReader, end?: number): TensorProto;

export interface OpDef {
  name: string;
  input_arg: ArgDef[];
  output_arg: ArgDef[];
}
export function readOpDef(pbf: PbfReader, end?: number): OpDef;

export interface ArgDef {
  name: string;
  type: number;
  type_attr: string;
  number_attr: string;
  type_list_attr: string;
}
export function readArgDef(pbf: PbfReader, end?: number): ArgDef;

export interface FunctionDef {
  signature: OpDef | undefined;
  node_def: NodeDef[];
  ret: FunctionDefRetEntry[];
  arg_attr: FunctionDefArgAttrEntry[];
}
export function readFunctionDef(pbf: PbfReader, end?: number): FunctionDef;

export interface FunctionDefRetEntry {
  key: string;
  value: string;
}
export function readFunctionDefRetEntry(pbf: PbfReader, end?: number): FunctionDefRetEntry;

export interface FunctionDefArgAttrEntry {
  key: number;
  value: ArgAttrs | undefined;
}
export function readFunctionDefArgAttrEntry(pbf: PbfReader, end?: number): FunctionDefArgAttrEntry;

export interface ArgAttrs {
  attr: ArgAttrsAttrEntry[];
}
export function readArgAttrs(pbf: PbfReader, end?: number): ArgAttrs;

export interface ArgAttrsAttrEntry {
  key: string;
  value: AttrValue | undefined;
}
export function readArgAttrsAttrEntry(pbf: PbfReader, end?: number): ArgAttrsAttrEntry;

export interface BundleHeaderProto {
  num_shards: number;
  endianness: number;
}
export function readBundleHeaderProto(pbf: PbfReader, end?: number): BundleHeaderProto;

export interface BundleEntryProto {
  dtype: number;
  shape: TensorShapeProto | undefined;
  shard_id: number;
  offset: number;
  size: number;
  crc32c: number;
  slices: TensorSliceProto[];
}
export function readBundleEntryProto(pbf: PbfReader, end?: number): BundleEntryProto;

export interface TensorSliceProto {
  extent: Extent[];
}
export function readTensorSliceProto(pbf: PbfReader, end?: number): TensorSliceProto;

export interface Extent {
  start: number;
  length: number;
  has_length_hack: "length" | undefined;
}
export function readExtent(pbf: PbfReader, end?: number): Extent;

export interface SavedObjectGraph {
  nodes: SavedObject[];
  concrete_functions: SavedObjectGraphConcreteFunctionsEntry[];
}
export function readSavedObjectGraph(pbf: PbfReader, end?: number): SavedObjectGraph;

export interface SavedObject {
  children: ObjectReference[];
  user_object: SavedUserObject | undefined;
  function: SavedFunction | undefined;
  variable: SavedVariable | undefined;
  bare_concrete_function: SavedBareConcreteFunction | undefined;
  constant: SavedConstant | undefined;
  captured_tensor: CapturedTensor | undefined;
  kind: "user_object" | "function" | "variable" | "bare_concrete_function" | "constant" | "captured_tensor" | undefined;
}
export function readSavedObject(pbf: PbfReader, end?: number): SavedObject;

export interface ObjectReference {
  node_id: number;
  local_name: string;
}
export function readObjectReference(pbf: PbfReader, end?: number): ObjectReference;

export interface SavedUserObject {
  identifier: string;
  metadata: string;
}
export function readSavedUserObject(pbf: PbfReader, end?: number): SavedUserObject;

export interface SavedFunction {
  concrete_functions: string[];
}
export function readSavedFunction(pbf: PbfReader, end?: number): SavedFunction;

export interface SavedVariable {
  dtype: number;
  shape: TensorShapeProto | undefined;
  name: string;
}
export function readSavedVariable(pbf: PbfReader, end?: number): SavedVariable;

export interface SavedBareConcreteFunction {
  concrete_function_name: string;
}
export function readSavedBareConcreteFunction(pbf: PbfReader, end?: number): SavedBareConcreteFunction;

export interface SavedConstant {
  operation: string;
}
export function readSavedConstant(pbf: PbfReader, end?: number): SavedConstant;

export interface CapturedTensor {
  name: string;
}
export function readCapturedTensor(pbf: PbfReader, end?: number): CapturedTensor;

export interface SavedObjectGraphConcreteFunctionsEntry {
  key: string;
  value: SavedConcreteFunction | undefined;
}
export function readSavedObjectGraphConcreteFunctionsEntry(pbf: PbfReader, end?: number): SavedObjectGraphConcreteFunctionsEntry;

export interface SavedConcreteFunction {
  bound_inputs: number[];
}
export function readSavedConcreteFunction(pbf: PbfReader, end?: number): SavedConcreteFunction;

export interface TrackableObjectGraph {
  nodes: TrackableObject[];
}
export function readTrackableObjectGraph(pbf: PbfReader, end?: number): TrackableObjectGraph;

export interface TrackableObject {
  children: ObjectReference[];
  attributes: SerializedTensor[];
}
export function readTrackableObject(pbf: PbfReader, end?: number): TrackableObject;

export interface SerializedTensor {
  name: string;
  full_name: string;
  checkpoint_key: string;
}
export function readSerializedTensor(pbf: PbfReader, end?: number): SerializedTensor;

export interface SavedMetadata {
  nodes: KerasObject[];
}
export function readSavedMetadata(pbf: PbfReader, end?: number): SavedMetadata;

export interface KerasObject {
  node_id: number;
  node_path: string;
  identifier: string;
  metadata: string;
}
export function readKerasObject(pbf: PbfReader, end?: number): KerasObject;
