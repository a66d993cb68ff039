// What scripts/answers/constructed.mjs runs, bundled: says which of our outcomes are not Keras's.
import { isDeepStrictEqual } from "node:util";
import { CONSTRUCTED, ourOutcomes, theirOutcomes } from "../../test/answers/constructed-outcomes";

/** Sentences on what differs, and how many models were held. */
export async function compareConstructed(): Promise<{ wrong: string[]; models: number }> {
  const wrong: string[] = [];
  for (const [name, generation] of CONSTRUCTED) {
    const [ours, theirs] = [await ourOutcomes(name, generation), theirOutcomes(name, generation)];
    for (const [index, their] of theirs.entries())
      if (!isDeepStrictEqual(ours[index], their))
        wrong.push(`${name} of Keras ${generation}: we say ${JSON.stringify(ours[index])}, Keras ${JSON.stringify(their)}`);
  }
  return { wrong, models: CONSTRUCTED.length };
}
