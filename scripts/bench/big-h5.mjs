// Writes a Keras .h5 whose one kernel is as large as is wanted, sparsely: on disk it takes a few kilobytes.
import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";

/** Sides of a stand-in kernel: numbers that occur nowhere else in the file, so that they can be found and replaced. */
const STAND_IN = [251, 257];
const FLOAT_BYTES = 4;
/** Where an HDF5 file of superblock version 0 says how long it is. */
const END_OF_FILE_AT = 40;

/** Writes to `path` a Dense model with a kernel of `rows`×`columns` floats: `rows * columns * 4` bytes. Returns the size of the file. */
export async function writeH5(path, rows, columns) {
  await writeSmall(path, rows, columns);
  const bytes = readFileSync(path);
  const sizeBytes = rows * columns * FLOAT_BYTES;
  const address = Math.ceil(bytes.length / 512) * 512;
  // Data layout message, version 3, contiguous: address, size.
  const [layout] = places(bytes, numbers(STAND_IN[0] * STAND_IN[1] * FLOAT_BYTES), "the kernel's size");
  if (bytes[layout - 10] !== 3 || bytes[layout - 9] !== 1) throw new Error("the kernel is not stored in one piece");
  const file = openSync(path, "r+");
  // The shape as it is, and the largest that it may become.
  for (const shape of places(bytes, numbers(...STAND_IN), "the kernel's shape")) writeSync(file, numbers(rows, columns), 0, 16, shape);
  writeSync(file, numbers(address, sizeBytes), 0, 16, layout - 8);
  writeSync(file, numbers(address + sizeBytes), 0, 8, END_OF_FILE_AT);
  ftruncateSync(file, address + sizeBytes);
  closeSync(file);
  return address + sizeBytes;
}

async function writeSmall(path, rows, columns) {
  const h5wasm = await import("h5wasm/node");
  await h5wasm.ready;
  const file = new h5wasm.File(path, "w", { libver: ["earliest", "v108"] });
  file.create_attribute("keras_version", "2.15.0");
  file.create_attribute("backend", "tensorflow");
  file.create_attribute("model_config", JSON.stringify(denseModel(rows, columns)));
  const weights = file.create_group("model_weights");
  weights.create_attribute("layer_names", ["wide"]);
  const wide = weights.create_group("wide");
  wide.create_attribute("weight_names", ["wide/kernel:0"]);
  const inner = wide.create_group("wide");
  inner.create_dataset({ name: "kernel:0", data: new Float32Array(STAND_IN[0] * STAND_IN[1]), shape: STAND_IN });
  file.close();
}

const denseModel = (rows, columns) => ({
  class_name: "Sequential",
  config: {
    name: "wide_model",
    layers: [
      { class_name: "InputLayer", config: { batch_input_shape: [null, rows], dtype: "float32", name: "input_1" } },
      { class_name: "Dense", config: { name: "wide", units: columns, activation: "linear", use_bias: false, dtype: "float32" } },
    ],
  },
});

function numbers(...values) {
  const bytes = Buffer.alloc(8 * values.length);
  for (const [index, value] of values.entries()) bytes.writeBigUInt64LE(BigInt(value), 8 * index);
  return bytes;
}

function places(bytes, wanted, what) {
  const found = [];
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) found.push(at);
  if (found.length === 0) throw new Error(`${what} was not found in the stand-in file`);
  return found;
}
