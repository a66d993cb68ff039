/** What Keras and TensorFlow say most often when a layer cannot run; the numbers that they name in it are what it is about. */
const SAYINGS: readonly RegExp[] = [
  /expected axis -?\d+ of input shape to have value (\d+)/,
  /expected (?:min_)?ndim=(\d+), found ndim=(\d+)/,
  /Negative dimension size caused by subtracting (\d+) from (\d+)/,
  /Dimensions must be equal, but are (\d+) and (\d+)/,
  /Dimension must be (\d+) but is (\d+)/,
];

/** The numbers that Keras's message is about, as far as it is one of those that are known; empty for others. */
export function numbersOfMessage(message: string): string[] {
  return SAYINGS.flatMap((saying) => saying.exec(message)?.slice(1) ?? []);
}
