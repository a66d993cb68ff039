import { type ConstructorRule, constructorRefusal, type Report, type ZooFacts } from "../model";

type Gate = Report["gates"][number];

/** What a gate says, of the rules that a shape alone can break. */
const WORDS: { readonly [rule in ConstructorRule]?: (wanted: string) => string } = {
  "default size": (wanted) => `with its top and pretrained weights it has to be ${wanted.replace(/, (?=[^,]*$)/, " or ")}`,
  channels: (wanted) => `with pretrained weights the input has to have ${wanted} channels`,
  minimum: (wanted) => `it has to be at least ${wanted}`,
};

/**
 * Whether the function of a Keras Application would accept this tensor's shape as its `input_shape`. Null where it is no image.
 * @see Keras Applications, `obtain_input_shape`
 */
export function constructorGate(zoo: ZooFacts, shape: readonly number[]): Gate | null {
  if (shape.length !== 4) return null;
  const inputShape = shape.slice(1);
  const refusal = constructorRefusal(zoo, { includeTop: zoo.includeTop, weights: zoo.weights, inputShape });
  const words = refusal && WORDS[refusal.rule]?.(refusal.wanted);
  const message = words ? `${zoo.architecture} refuses input_shape=(${inputShape.join(", ")}): ${words}` : null;
  return { gate: "constructor", open: message === null, message };
}
