"""Writes what TensorFlow's own descriptors and registry of operations tell of SavedModels: src/formats/graph-def/messages.proto and
src/formats/graph/registry.json. Run with a Python that has TensorFlow, then compile the messages:

    python scripts/graphs/protos.py && node scripts/graphs/messages.mjs
"""

import json
import os
import re
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import tensorflow as tf
from google.protobuf import json_format
from tensorflow.core.framework import (
    attr_value_pb2,
    function_pb2,
    graph_pb2,
    node_def_pb2,
    op_def_pb2,
    tensor_pb2,
    tensor_shape_pb2,
    types_pb2,
)
from tensorflow.core.protobuf import (
    meta_graph_pb2,
    saved_model_pb2,
    saved_object_graph_pb2,
    saver_pb2,
    struct_pb2,
    tensor_bundle_pb2,
    trackable_object_graph_pb2,
)
from tensorflow.python.client import pywrap_tf_session

HERE = os.path.dirname(os.path.abspath(__file__))
ROOM = os.path.join(HERE, "..", "..", "src", "formats", "graph-def")

# Message, and the fields of it that are read; None: all. What is read where it lies, rather than with what holds it, is of type bytes.
MESSAGES = [
    (meta_graph_pb2.MetaGraphDef.MetaInfoDef, ["tags", "tensorflow_version"]),
    (meta_graph_pb2.SignatureDef, ["inputs", "outputs", "method_name"]),
    (meta_graph_pb2.TensorInfo, ["name", "dtype", "tensor_shape"]),
    (saver_pb2.SaverDef, ["restore_op_name"]),
    (tensor_shape_pb2.TensorShapeProto, ["dim", "unknown_rank"]),
    (node_def_pb2.NodeDef, ["name", "op", "input", "attr"]),
    (attr_value_pb2.AttrValue, None),
    (attr_value_pb2.NameAttrList, None),
    (
        tensor_pb2.TensorProto,
        [
            *["dtype", "tensor_shape", "tensor_content", "float_val", "double_val", "int_val", "string_val", "int64_val", "bool_val"],
            *["half_val", "uint32_val", "uint64_val"],
        ],
    ),
    (op_def_pb2.OpDef, ["name", "input_arg", "output_arg"]),
    (op_def_pb2.OpDef.ArgDef, ["name", "type", "type_attr", "number_attr", "type_list_attr"]),
    (function_pb2.FunctionDef, ["signature", "node_def", "ret", "arg_attr"]),
    (function_pb2.FunctionDef.ArgAttrs, None),
    (tensor_bundle_pb2.BundleHeaderProto, ["num_shards", "endianness"]),
    (tensor_bundle_pb2.BundleEntryProto, None),
    (saved_object_graph_pb2.SavedObjectGraph, ["nodes", "concrete_functions"]),
    (
        saved_object_graph_pb2.SavedObject,
        ["children", "user_object", "function", "variable", "bare_concrete_function", "constant", "captured_tensor"],
    ),
    (saved_object_graph_pb2.SavedUserObject, ["identifier", "metadata"]),
    (saved_object_graph_pb2.SavedVariable, ["dtype", "shape", "name"]),
    (saved_object_graph_pb2.SavedFunction, ["concrete_functions"]),
    (saved_object_graph_pb2.SavedBareConcreteFunction, ["concrete_function_name"]),
    (saved_object_graph_pb2.SavedConcreteFunction, ["bound_inputs"]),
    (saved_object_graph_pb2.SavedConstant, ["operation"]),
    (saved_object_graph_pb2.CapturedTensor, ["name"]),
    (trackable_object_graph_pb2.TrackableObjectGraph, ["nodes"]),
    (trackable_object_graph_pb2.TrackableObjectGraph.TrackableObject, ["children", "attributes"]),
    (trackable_object_graph_pb2.TrackableObjectGraph.TrackableObject.ObjectReference, None),
    (trackable_object_graph_pb2.TrackableObjectGraph.TrackableObject.SerializedTensor, ["name", "full_name", "checkpoint_key"]),
]

# Read where they lie.
AS_BYTES = {"AttrValue.tensor", "AttrValue.ListValue.tensor"}

# Operations that read data, train, or talk to devices: of these nobody asks what an attribute is. The table is read whenever the program starts.
NOT_IN_MODELS = re.compile(
    "Dataset|Iterator|TPU|Xla|Queue|Reader|Summary|Apply|Grad|Boosted|Collective|Nccl|Barrier|^(Ordered)?Map[A-Z]|Stage|Debug|Cudnn|Mkl|Rpc|"
    "RPC|Accumulator|Sdca|Embedding|Optimizer|Eager|Record|Parse[A-Z]|Decode|Encode|Mutex|Checkpoint|Shard|Host|Risc|^Quantized|^Attr|Default|Infeed|Outfeed|"
    "Uniform[QD]|Sobol|Candidate|Unigram|CTC|Audio|Bigquery|Bigtable|Delete|Barrier|Tridiagonal|Tensor(Forest|Summary)|Thread|"
    "Fingerprint|Device|Send$|Recv$|^(Resource)?Scatter(Nd)?(Add|Sub|Mul|Div|Min|Max|Update)|Assign|Initialize|Session|^Save|^Restore|Lookup.*V1$"
)

# Written by Keras 2 itself: tf_keras/protobuf/saved_metadata.proto, which TensorFlow does not have.
KERAS = """
message SavedMetadata {
  repeated KerasObject nodes = 1;
}

message KerasObject {
  int32 node_id = 2;
  string node_path = 3;
  string identifier = 4;
  string metadata = 5;
}
"""

SCALARS = {1: "double", 2: "float", 3: "int64", 4: "uint64", 5: "int32", 6: "fixed64", 7: "fixed32", 8: "bool", 9: "string", 12: "bytes", 13: "uint32"}
MESSAGE, ENUM = 11, 14


def short(name: str) -> str:
    """`tensorflow.MetaGraphDef.MetaInfoDef` → `MetaInfoDef`; nested entries of maps keep the name of their owner."""
    parts = name.removeprefix("tensorflow.").split(".")
    return "".join(parts[-2:]) if parts[-1].endswith("Entry") or parts[-1] in ("Dim", "ListValue") else parts[-1]


class Protos:
    def __init__(self):
        self.kept = {message.DESCRIPTOR.full_name: fields for message, fields in MESSAGES}
        self.written = {}

    def message(self, descriptor, fields):
        lines = []
        self.written[descriptor.full_name] = lines
        lines.append(f"message {short(descriptor.full_name)} {{")
        oneof = None
        for field in sorted(descriptor.fields, key=lambda field: (field.containing_oneof.name if field.containing_oneof else "", field.number)):
            if fields is not None and field.name not in fields:
                continue
            own = field.containing_oneof.name if field.containing_oneof else None
            if own != oneof:
                if oneof:
                    lines.append("  }")
                if own:
                    lines.append(f"  oneof {own} {{")
                oneof = own
            text = self.field(descriptor, field)
            lines.append(f"  {'  ' if own else ''}{text}")
        if oneof:
            lines.append("  }")
        lines.append("}")

    def field(self, owner, field):
        repeated = "repeated " if field.is_repeated else ""
        where = f"{owner.full_name.removeprefix('tensorflow.')}.{field.name}"
        return f"{repeated}{'bytes' if where in AS_BYTES else self.type(field)} {field.name} = {field.number};"

    def type(self, field):
        if field.type == ENUM:
            return "int32"
        if field.type != MESSAGE:
            return SCALARS[field.type]
        inner = field.message_type
        if inner.full_name not in self.written:
            self.message(inner, self.kept.get(inner.full_name))
        return short(inner.full_name)

    def text(self):
        for message, fields in MESSAGES:
            if message.DESCRIPTOR.full_name not in self.written:
                self.message(message.DESCRIPTOR, fields)
        return "\n\n".join("\n".join(lines) for lines in self.written.values())


def output_names():
    """Names of an operation's outputs, of those with several; `name*attr` for a list as long as the attribute says, or as its list is long."""
    names = {}
    for name, op in sorted(all_ops().items()):
        outputs = [arg.name + ("*" + (arg.number_attr or arg.type_list_attr) if arg.number_attr or arg.type_list_attr else "") for arg in op.output_arg]
        if len(outputs) > 1:
            names[name] = " ".join(outputs)
    return names


def attribute_defaults():
    """What an attribute is that a graph does not tell, by operation, as AttrValues are written in JSON: SavedModels leave such ones out."""
    defaults = {}
    for name, op in sorted(all_ops().items()):
        own = {attr.name: json_format.MessageToDict(attr.default_value) for attr in op.attr if attr.HasField("default_value")}
        if own and not NOT_IN_MODELS.search(name):
            defaults[name] = own
    return defaults


def lines_of(table):
    """JSON with a line a row."""
    rows = [f"    {json.dumps(key)}: {json.dumps(value)}" for key, value in table.items()]
    return "{\n" + ",\n".join(rows) + "\n  }"


def all_ops():
    ops = op_def_pb2.OpList()
    ops.ParseFromString(pywrap_tf_session.TF_GetBuffer(pywrap_tf_session.TF_GetAllOpList()))
    # Those that begin with a bar are made while a graph runs.
    return {op.name: op for op in ops.op if not op.name.startswith("_")}


def main():
    source = f"scripts/graphs/protos.py, from the descriptors of TensorFlow {tf.__version__}"
    head = f'// Written by {source}: the messages and fields that are read.\n\nsyntax = "proto3";\n'
    with open(os.path.join(ROOM, "messages.proto"), "w") as file:
        file.write(f"{head}\n{Protos().text()}\n{KERAS}")
    types = {str(number): name for name, number in types_pb2.DataType.items()}
    tables = {"types": types, "outputs": output_names(), "defaults": attribute_defaults()}
    rows = [f'  "source": {json.dumps(source)}', *(f"  {json.dumps(name)}: {lines_of(table)}" for name, table in tables.items())]
    with open(os.path.join(ROOM, "..", "graph", "registry.json"), "w") as file:
        file.write("{\n" + ",\n".join(rows) + "\n}\n")


if __name__ == "__main__":
    sys.exit(main())
