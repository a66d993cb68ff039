import type { Group } from "./library";

/** A text attribute, stored as a string or as bytes; null where there is none. */
export function textAttribute(group: Group, name: string): string | null {
  const value = group.attrs[name]?.value ?? null;
  const single = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (typeof single === "string") return single;
  return single instanceof Uint8Array ? new TextDecoder().decode(single) : null;
}

/**
 * A list of names. HDF5 keeps no attribute above 64 KB in an object's header, so Keras splits long lists over `name0`, `name1`, …
 * Null where there is no such list.
 */
export function namesAttribute(group: Group, name: string): string[] | null {
  const attributes = group.attrs;
  const whole = attributes[name];
  if (whole) return namesIn(whole.value);
  const parts: string[] = [];
  for (let number = 0; attributes[`${name}${number}`]; number++) parts.push(...namesIn(attributes[`${name}${number}`]?.value));
  return parts.length > 0 ? parts : null;
}

function namesIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map((item) => (item instanceof Uint8Array ? new TextDecoder().decode(item) : String(item))) : [];
}
