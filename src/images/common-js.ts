/** What a CommonJS package exports: all of it is the default of its import, in Node and in a bundle of its own alike. */
export function commonJs<T extends object>(imported: T): T {
  return (imported as { default?: T }).default ?? imported;
}
