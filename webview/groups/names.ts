/** A place where a name may be cut: `block2a_expand_conv` has `block2`, `block2a`, `block2a_expand`, and itself. */
export interface NamePrefix {
  key: string;
  /** Whether it ends in a number or in a number and one letter, as the names of repeated blocks do. */
  isNumbered: boolean;
}

const WORD = /[A-Za-z0-9]+/g;
const COUNTED_PART = /^(.*?\d)([a-z])$/;

/** All prefixes of a name at which it may be cut, shortest first. A number stays with the word before it: `stage_0`, `block_1`. */
export function namePrefixes(name: string): NamePrefix[] {
  const words = [...name.matchAll(WORD)];
  const prefixes: NamePrefix[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) continue;
    const next = words[at + 1];
    const takesNumber = /\D$/.test(word[0]) && !COUNTED_PART.test(word[0]) && next !== undefined && /^\d+[a-z]?$/.test(next[0]);
    if (takesNumber) at++;
    const last = takesNumber ? next : word;
    prefixes.push(...cutsOf(name, last.index, last[0]));
  }
  return prefixes;
}

/** `2a` is cut after `2` and after `a`; any other word once, at its end. */
function cutsOf(name: string, start: number, word: string): NamePrefix[] {
  const end = start + word.length;
  const counted = COUNTED_PART.exec(word);
  if (counted?.[1] !== undefined) {
    return [start + counted[1].length, end].map((cut) => ({ key: name.slice(0, cut), isNumbered: true }));
  }
  return [{ key: name.slice(0, end), isNumbered: /\d$/.test(word) }];
}

const lettersOnly = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");

/** Whether Keras made the name from the class (`conv2d_29`, `re_lu`, `tf.math.truediv`), so that it tells nothing about blocks. */
export function isDefaultName(name: string, className: string): boolean {
  if (/^tf\./.test(name) || className === "InputLayer") return true;
  const base = name.replace(/_\d+$/, "");
  return lettersOnly(base) === lettersOnly(className) || lettersOnly(name) === lettersOnly(className);
}

/** What all names that somebody chose begin with, up to a separator (`convnext_tiny_`); empty where they share nothing. */
export function commonPrefix(names: readonly string[]): string {
  const [first = "", ...others] = names;
  if (others.length === 0) return "";
  let length = first.length;
  for (const name of others) while (!name.startsWith(first.slice(0, length))) length--;
  return /^.*[^A-Za-z0-9]/.exec(first.slice(0, length))?.[0] ?? "";
}
