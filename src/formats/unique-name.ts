/** `name` itself, or with the first number behind it (`name_1`) that nobody has taken. */
export function uniqueName(name: string, taken: ReadonlySet<string>): string {
  let unique = name;
  for (let count = 1; taken.has(unique); count++) unique = `${name}_${count}`;
  return unique;
}
