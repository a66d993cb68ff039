import type { AskedProbe } from "./probe";

/** One sentence on what happened, with the colour it deserves: `passed` plain, `broadcast` amber, `failed` red, `unknown` grey. */
export interface Headline {
  tone: "passed" | "broadcast" | "failed" | "unknown";
  text: string;
}

/** What a report means for a person: a title (a question or a claim), paragraphs of plain words, a table, and what can be done. */
export interface Answer {
  title: string;
  text: string[];
  table?: AnswerTable;
  ways?: Way[];
  /** Ids of the layers that the words are about, the one to look at first in front. */
  layers?: string[];
}

/** Texts in columns. `numbers`: places of the columns that stand at the right. */
export interface AnswerTable {
  head: string[];
  numbers: number[];
  rows: { cells: string[]; layer?: string; probe?: AskedProbe }[];
}

/** Something that can be done, with Keras code for it. */
export interface Way {
  title: string;
  /** What it does and what it costs, a sentence or two. */
  text?: string;
  /** Python that runs as it is; null where there is none. */
  code: string | null;
  /** What the model that the code makes gives, or the code itself, batch first, and how many parameters it has: what real Keras is held to. */
  gives?: { output: number[]; parameters?: number; asBase?: AsBase };
  /** The probe that shows it. */
  probe?: AskedProbe;
}

/**
 * For which tensors the model of the code gives, number for number, what the one that it is made from gives: for channels that are all the
 * same (`repeated`, each model getting as many as it takes), for those that the other one takes, whatever follows them (`first`), or for the
 * very same tensors (`same`).
 */
export type AsBase = "repeated" | "first" | "same";

/** What may be asked of a model, besides what an answer to a probe says by itself. */
export type QuestionId = "declare" | "head" | "sizes" | "arguments" | "imagenet" | "colour" | "top" | "other";

/** A question that can be put to a model that is open. */
export interface Question {
  id: QuestionId;
  title: string;
  /** Whether the answer belongs to what a person is told unasked. */
  isUrgent: boolean;
}

/** What a person may add to a question; what is left out is chosen for them. */
export interface Wish {
  /** `head`: number of classes. */
  classes?: number;
  /** `sizes`: of the input's axes. */
  size?: number[];
  /** `other`: the model to compare with, by its name in the zoo; in VS Code also the URI of its file. */
  other?: string;
}
