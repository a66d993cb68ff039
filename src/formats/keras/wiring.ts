import type { Layer, TensorRef } from "../../model";
import { FormatError, quoted } from "../format-error";
import { tensorsOf } from "./tensors";

/** Whether references to a layer count the call with which it was made as its number 0: `read` by other layers, at an `end` of the model. */
export interface OwnCallCounted {
  read: boolean;
  end: boolean;
}

/**
 * Makes call numbers begin at 0 everywhere: Keras counts the call with which a nested model was made as its number 0 (Keras 2 for
 * models with an input of their own, Keras 3 for functional ones among the outputs of the model around them) and leaves it out of the
 * file. Then checks that every reference names a layer and one of its calls.
 * @throws FormatError that names the reference that does not hold
 */
export function settleReferences(
  layers: readonly Layer[],
  ends: readonly TensorRef[],
  countsOwnCall: (layer: Layer) => OwnCallCounted,
): void {
  const names = new Set(layers.map(({ name }) => name));
  const reads = new Map<string, TensorRef[]>();
  const atEnds = new Map<string, TensorRef[]>();
  for (const layer of layers)
    for (const call of layer.calls) for (const ref of tensorsOf(call)) note(reads, ref, `layer ${quoted(layer.name)}`);
  for (const ref of ends) note(atEnds, ref, "the model");
  for (const layer of layers) {
    const [read, end] = [reads.get(layer.name) ?? [], atEnds.get(layer.name) ?? []];
    const counted = countsOwnCall(layer);
    if (counted.read === counted.end) settleLayer(layer, [...read, ...end], counted.read);
    else {
      settleLayer(layer, read, counted.read);
      settleLayer(layer, end, counted.end);
    }
  }

  function note(refs: Map<string, TensorRef[]>, ref: TensorRef, user: string): void {
    if (!names.has(ref.layer)) throw new FormatError(`${user} takes the output of layer ${quoted(ref.layer)}, which is not in the file`);
    const found = refs.get(ref.layer);
    if (found) found.push(ref);
    else refs.set(ref.layer, [ref]);
  }
}

function settleLayer(layer: Layer, refs: TensorRef[], countsOwnCall: boolean): void {
  const calls = Math.max(layer.calls.length, 1);
  if (layer.network) {
    const shift = countsOwnCall ? 1 : 0;
    // Old files count either way, so the rule gives way where it would point outside the calls that there are.
    const shifted = [shift, 1 - shift].find((by) => refs.every((ref) => ref.call - by >= 0 && ref.call - by < calls)) ?? shift;
    for (const ref of refs) ref.call -= shifted;
  }
  const wrong = refs.find((ref) => ref.call < 0 || ref.call >= calls);
  if (wrong) throw new FormatError(`call ${wrong.call} of layer ${quoted(layer.name)} is used, but the layer is called ${calls} times`);
}

/** @throws FormatError where two layers share a name */
export function requireDistinctNames(layers: readonly Layer[]): Set<string> {
  const names = new Set<string>();
  for (const { name } of layers) {
    if (names.has(name)) throw new FormatError(`layer ${quoted(name)} is in it twice`);
    names.add(name);
  }
  return names;
}

/**
 * Kahn's algorithm on calls, since a shared layer may well be called on its own output.
 * @throws FormatError that names a layer which waits for itself
 */
export function requireAcyclic(layers: readonly Layer[]): void {
  const key = (layer: string, call: number): string => `${call} ${layer}`;
  const waiting = new Map<string, number>();
  const readers = new Map<string, string[]>();
  for (const layer of layers) {
    layer.calls.forEach((call, index) => {
      const sources = tensorsOf(call);
      waiting.set(key(layer.name, index), sources.length);
      for (const source of sources) {
        const from = key(source.layer, source.call);
        const list = readers.get(from);
        if (list) list.push(key(layer.name, index));
        else readers.set(from, [key(layer.name, index)]);
      }
    });
    if (layer.calls.length === 0) waiting.set(key(layer.name, 0), 0);
  }
  const ready = [...waiting].filter(([, count]) => count === 0).map(([node]) => node);
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    waiting.delete(node);
    for (const reader of readers.get(node) ?? []) {
      const left = (waiting.get(reader) ?? 0) - 1;
      waiting.set(reader, left);
      if (left === 0) ready.push(reader);
    }
  }
  const [stuck] = waiting.keys();
  if (stuck !== undefined)
    throw new FormatError(`layer ${quoted(stuck.slice(stuck.indexOf(" ") + 1))} never gets its input: the wiring goes in a circle`);
}
