import type { JsonObject, Layer } from "../model";

/** Keras under the names that it has had, and the operations of TensorFlow that it writes as layers. */
const MODULES_OF_KERAS = /^(tf_keras|keras|keras_core|tensorflow)(\.|$)/;

/**
 * Whether a class is the file writer's own, even where it has the name of one of Keras's: `Models>Dense`, or `Dense` from `my_layers`.
 * An .h5 of an unregistered class does not tell.
 */
export function isForeign({ module, registeredName }: Pick<Layer, "module" | "registeredName">): boolean {
  if (module !== null) return !MODULES_OF_KERAS.test(module);
  return registeredName?.includes(">") ?? false;
}

/** As `isForeign`, of what is written inside a layer's config: `{"module": …, "class_name": …, "registered_name": …}`. */
export function isForeignInside({ module, registered_name: name }: JsonObject): boolean {
  return isForeign({ module: typeof module === "string" ? module : null, registeredName: typeof name === "string" ? name : null });
}
