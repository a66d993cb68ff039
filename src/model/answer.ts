/** One sentence on what happened, with the colour it deserves: `passed` plain, `broadcast` amber, `failed` red, `unknown` grey. */
export interface Headline {
  tone: "passed" | "broadcast" | "failed" | "unknown";
  text: string;
}

/** What a report means for a person: a title (a question or a claim), paragraphs of plain words, and code where it helps. */
export interface Answer {
  title: string;
  text: string[];
  code?: string;
}
