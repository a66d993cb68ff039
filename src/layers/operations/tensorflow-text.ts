import type { DataType } from "@tensorflow/tfjs-core";
import { type OperationRow, operation } from "../operation";
import { shapeOnly } from "../shape-only";
import { tensorOf } from "./values";

/** A text each becomes a text, or a number. */
const each = (dtype: DataType): OperationRow =>
  operation("input|source", ({ input }) => {
    const x = tensorOf(input);
    return shapeOnly([x], x.shape, dtype);
  });

/** TensorFlow's `strings`, by the name behind it, of which a text has one result. */
export const TENSORFLOW_TEXT: { [name: string]: OperationRow } = {
  ...Object.fromEntries(["lower", "regex_replace", "strip", "substr", "upper"].map((name) => [name, each("string")])),
  ...Object.fromEntries(["length", "to_hash_bucket", "to_hash_bucket_fast", "to_hash_bucket_strong"].map((name) => [name, each("int32")])),
  regex_full_match: each("bool"),
  to_number: each("float32"),
};
