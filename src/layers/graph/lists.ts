import type { Node } from "@tensorflow/tfjs-converter/dist/operations/types";
import * as tf from "@tensorflow/tfjs-core";
import type { OwnOperation } from "./own";
import type { Listed, Stores } from "./stores";

/** Numbers that say how long or which; what they are must be known. */
const numbersIn = (tensor: tf.Tensor | undefined): number[] => Array.from(tensor?.dataSync() ?? []);
const numberIn = (tensor: tf.Tensor | undefined): number => numbersIn(tensor)[0] ?? 0;

/** TensorFlow's names of types that tfjs has under others. */
const DTYPES: { readonly [type: string]: tf.DataType } = { DT_INT32: "int32", DT_INT64: "int32", DT_UINT8: "int32", DT_BOOL: "bool" };

function dtypeIn({ rawAttrs = {} }: Node): tf.DataType {
  const written = rawAttrs["element_dtype"] ?? rawAttrs["dtype"];
  return DTYPES[String(written?.type)] ?? "float32";
}

/** An item; one that was never written is zeros, as large as the others or as the list says. */
function itemAt({ items, dtype }: Listed, index: number, shape: number[]): tf.Tensor {
  if (index < 0 || index >= items.length) throw new Error(`it reads item ${index} of a list of ${items.length}`);
  const item = items[index];
  if (item) return tf.clone(item);
  const like = items.find((each) => each !== null)?.shape ?? shape;
  if (like.some((size) => size < 0)) throw new Error(`it reads item ${index}, which was never written`);
  return tf.zeros(like, dtype);
}

/** Sizes that a shape tensor tells; -1 stands for any. */
const shapeIn = (tensor: tf.Tensor | undefined): number[] => (tensor && tensor.rank > 0 ? numbersIn(tensor) : [-1]);

function stacked(list: Listed, shape: number[]): tf.Tensor {
  if (list.items.length === 0) return tf.zeros([0, ...shape.map((size) => Math.max(size, 0))], list.dtype);
  return tf.stack(list.items.map((_, index) => itemAt(list, index, shape)));
}

function concatenated(list: Listed): tf.Tensor[] {
  const items = list.items.map((_, index) => itemAt(list, index, [-1]));
  const lengths = tf.tensor1d(
    items.map(({ shape: [length = 0] }) => length),
    "int32",
  );
  return [items.length === 1 ? (items[0] as tf.Tensor) : tf.concat(items), lengths];
}

const unstacked = (tensor: tf.Tensor | undefined, stores: Stores): tf.Tensor[] =>
  tf.unstack(tensor as tf.Tensor).map((item) => stores.keep(item));

function splitUp(tensor: tf.Tensor | undefined, lengths: tf.Tensor | undefined, stores: Stores): tf.Tensor[] {
  return tf.split(tensor as tf.Tensor, numbersIn(lengths)).map((item) => stores.keep(item));
}

/** With `items` at these places; the list grows where it must. */
function placed(list: Listed["items"], places: number[], items: readonly tf.Tensor[]): Listed["items"] {
  const length = Math.max(list.length, ...places.map((place) => place + 1));
  const changed = Array.from({ length }, (_, index) => list[index] ?? null);
  places.forEach((place, index) => {
    changed[place] = items[index] ?? null;
  });
  return changed;
}

const empty = (length: number): null[] => new Array(Math.max(length, 0)).fill(null);
const length = (items: Listed["items"]): tf.Tensor => tf.scalar(items.length, "int32");

/** Lists of TensorFlow 2: what changes one gives a new one. */
const LISTS: { readonly [op: string]: OwnOperation } = {
  TensorListReserve: ([, count], node, stores) => stores.handleOf({ items: empty(numberIn(count)), dtype: dtypeIn(node) }),
  EmptyTensorList: (_, node, stores) => stores.handleOf({ items: [], dtype: dtypeIn(node) }),
  TensorListFromTensor: ([tensor], node, stores) => stores.handleOf({ items: unstacked(tensor, stores), dtype: dtypeIn(node) }),
  TensorListStack: ([handle, shape], _, stores) => stacked(stores.of(handle), shapeIn(shape)),
  TensorListGetItem: ([handle, index, shape], _, stores) => itemAt(stores.of(handle), numberIn(index), shapeIn(shape)),
  TensorListSetItem: ([handle, index, item], _, stores) => {
    const list = stores.of(handle);
    return stores.handleOf({ ...list, items: placed(list.items, [numberIn(index)], [stores.keep(item as tf.Tensor)]) });
  },
  TensorListPushBack: ([handle, item], _, stores) => {
    const list = stores.of(handle);
    return stores.handleOf({ ...list, items: [...list.items, stores.keep(item as tf.Tensor)] });
  },
  TensorListPopBack: ([handle, shape], _, stores) => {
    const list = stores.of(handle);
    const last = itemAt(list, list.items.length - 1, shapeIn(shape));
    return [stores.handleOf({ ...list, items: list.items.slice(0, -1) }), last];
  },
  TensorListGather: ([handle, indices, shape], _, stores) => {
    const list = stores.of(handle);
    return stacked({ ...list, items: numbersIn(indices).map((index) => list.items[index] ?? null) }, shapeIn(shape));
  },
  TensorListScatterV2: ([tensor, indices, , count], node, stores) => {
    const items = placed(empty(count ? numberIn(count) : 0), numbersIn(indices), unstacked(tensor, stores));
    return stores.handleOf({ items, dtype: dtypeIn(node) });
  },
  TensorListScatterIntoExistingList: ([handle, tensor, indices], _, stores) => {
    const list = stores.of(handle);
    return stores.handleOf({ ...list, items: placed(list.items, numbersIn(indices), unstacked(tensor, stores)) });
  },
  TensorListConcatV2: ([handle], _, stores) => concatenated(stores.of(handle)),
  TensorListSplit: ([tensor, , lengths], node, stores) =>
    stores.handleOf({ items: splitUp(tensor, lengths, stores), dtype: dtypeIn(node) }),
  TensorListLength: ([handle], _, stores) => length(stores.of(handle).items),
  TensorListResize: ([handle, size], _, stores) => {
    const list = stores.of(handle);
    return stores.handleOf({ ...list, items: Array.from({ length: numberIn(size) }, (_, index) => list.items[index] ?? null) });
  },
};

/** What says when an array was last changed; that the operations run in order is enough here. */
const flow = (): tf.Tensor => tf.scalar(0);

function write(stores: Stores, handle: tf.Tensor | undefined, places: number[], items: readonly tf.Tensor[]): tf.Tensor {
  const list = stores.of(handle);
  list.items = placed(list.items, places, items);
  return flow();
}

/** Arrays of TensorFlow 1: they change where they are. */
const ARRAYS: { readonly [op: string]: OwnOperation } = {
  TensorArrayV3: ([size], node, stores) => [stores.handleOf({ items: empty(numberIn(size)), dtype: dtypeIn(node) }), flow()],
  TensorArrayWriteV3: ([handle, index, item], _, stores) => write(stores, handle, [numberIn(index)], [stores.keep(item as tf.Tensor)]),
  TensorArrayReadV3: ([handle, index], _, stores) => itemAt(stores.of(handle), numberIn(index), [-1]),
  TensorArrayGatherV3: ([handle, indices], _, stores) => {
    const list = stores.of(handle);
    return stacked({ ...list, items: numbersIn(indices).map((index) => list.items[index] ?? null) }, [-1]);
  },
  TensorArrayScatterV3: ([handle, indices, tensor], _, stores) => write(stores, handle, numbersIn(indices), unstacked(tensor, stores)),
  TensorArrayConcatV3: ([handle], _, stores) => concatenated(stores.of(handle)),
  TensorArraySplitV3: ([handle, tensor, lengths], _, stores) => {
    const items = splitUp(tensor, lengths, stores);
    return write(
      stores,
      handle,
      items.map((_, index) => index),
      items,
    );
  },
  TensorArraySizeV3: ([handle], _, stores) => length(stores.of(handle).items),
  TensorArrayCloseV3: () => [],
};

/** Operations on tensors in a row. */
export const LIST_OPERATIONS: { readonly [op: string]: OwnOperation | undefined } = {
  ...LISTS,
  TensorListScatter: LISTS["TensorListScatterV2"],
  TensorListConcat: LISTS["TensorListConcatV2"],
  ...ARRAYS,
};
