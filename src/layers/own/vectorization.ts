import type * as tf from "@tensorflow/tfjs-core";
import { UnknownNumbers } from "../../engines";
import { formatShape, type Shape } from "../../model";
import { boolean, integer, requireFewParts } from "../config";
import { type Definition, define } from "../define";
import { type LayerTable, Unknown } from "../row";
import { shapeOnly } from "../shape-only";
import { encode } from "./encoding";
import { declareLookup, type LookupOptions, lookUp, lookupOptions, weighed } from "./lookup";

interface VectorizationOptions extends LookupOptions {
  isSplit: boolean;
  /** How many words stand together in a token; null where each stands alone. */
  ngrams: number[] | null;
  length: number | null;
  isRagged: boolean;
}

/**
 * Texts to the numbers of their words, or to how often each word is in them. Python functions that standardize or split keep to
 * what Keras asks of them: the shape, and an axis of tokens more.
 */
const vectorization: Definition<VectorizationOptions> = {
  options: (config, { kerasMajor }) => {
    if (config["output_mode"] === null) throw new Unknown("it gives the words themselves, as many as a text has");
    return {
      ...lookupOptions(config, kerasMajor),
      isSplit: config["split"] !== null,
      ngrams: ngramsOf(config["ngrams"]),
      length: typeof config["output_sequence_length"] === "number" ? integer(config, "output_sequence_length") : null,
      isRagged: boolean(config, "ragged", false),
    };
  },
  declare: (options, first) => {
    const { mode, length, isSplit, kerasMajor } = options;
    if (kerasMajor === 2) return declareTracedTokens(options, first);
    if (mode === "int") return [first[0] ?? null, length];
    const tokens: Shape = isSplit ? [...first, null] : first.length < 2 ? [...first, 1] : first;
    return declareLookup(options, tokens);
  },
  run: (options, x) => (options.isSplit ? ofTexts(options, x) : ofTokens(options, x)),
};

/** tf_keras traces: it knows of texts how many there are, and of tokens how many stand side by side until it adds some. */
function declareTracedTokens(options: VectorizationOptions, first: Shape): Shape {
  const { mode, length, isSplit, isRagged, ngrams } = options;
  if (!isSplit) return declareLookup(options, mode === "int" && (length !== null || ngrams) ? [...first.slice(0, -1), null] : first);
  const texts = first.length > 1 ? first.slice(0, -1) : first;
  return declareLookup(options, [...texts, isRagged ? null : length]);
}

/** `2` means pairs as well as single words; a list has each width. */
function ngramsOf(written: unknown): number[] | null {
  if (Array.isArray(written)) return written.filter((width) => typeof width === "number");
  if (typeof written !== "number") return null;
  requireFewParts(written);
  return Array.from({ length: written }, (_, index) => index + 1);
}

/** Of texts, only they themselves know how many words they have. */
function ofTexts({ mode, depth, length, isRagged, kerasMajor }: VectorizationOptions, x: tf.Tensor): tf.Tensor {
  if (x.rank > 1 && x.shape.at(-1) !== 1) throw new Error(`it splits texts along a last axis of 1, got ${formatShape(x.shape)}`);
  const texts = x.rank > 1 ? x.shape.slice(0, -1) : x.shape;
  if (mode !== "int" && texts.length > 1) throw new UnknownNumbers("what it counts along several axes is a matter of the texts that go in");
  if (mode !== "int") return weighed(encode(shapeOnly([x], [...texts, 1], "int32"), mode, depth as number, kerasMajor), mode);
  if (length === null || isRagged) throw new UnknownNumbers("how many words come out is a matter of the texts that go in");
  return shapeOnly([x], [...texts, length], "int32");
}

/** Of tokens that are given one by one, their number is known. */
function ofTokens(options: VectorizationOptions, x: tf.Tensor): tf.Tensor {
  const { mode, length, isRagged, ngrams } = options;
  const given = x.shape.at(-1) ?? 1;
  const count = ngrams ? ngrams.reduce((sum, width) => sum + Math.max(given - width + 1, 0), 0) : given;
  const tokens = ngrams ? shapeOnly([x], [...x.shape.slice(0, -1), count], "string") : x;
  if (mode !== "int" || length === null) return lookUp(options, tokens);
  return shapeOnly([x], [...x.shape.slice(0, -1), isRagged ? Math.min(count, length) : length], "int32");
}

export const VECTORIZATIONS: LayerTable = { TextVectorization: define(vectorization) };
