import type { HeadDocument, HeadRow } from "../answers";
import type {
  Answer,
  AskedProbe,
  GraphOptions,
  Headline,
  Json,
  LayerPictures,
  Model,
  Probe,
  Progress,
  Question,
  QuestionId,
  Report,
  Sizes,
  SizesQuestion,
  Wish,
} from "../model";

/**
 * Where a model comes from: a path on this machine, a zoo name (`EfficientNetB5?keras=2`), or bytes handed over from a virtual file system
 * (`notes`: what could not be handed over). `weights`: path of a file that has its weights, for a model without or instead of its own.
 */
export type ModelSource =
  | ({ kind: "path"; path: string; weights?: string } & GraphOptions)
  | { kind: "zoo"; spec: string; weights?: string }
  | ({ kind: "bytes"; name: string; files: { path: string; bytes: Uint8Array }[]; notes?: string[]; weights?: string } & GraphOptions);

/** A model that the helper holds, and what a person is told of it before a probe. */
export interface OpenedModel {
  modelId: string;
  name: string;
  format: Model["format"];
  producer: string | null;
  layers: number;
  parameters: number;
  /** Per input what is declared and what the probe bar is filled with at first; shapes batch first. */
  inputs: { name: string; declared: (number | null)[]; dtype: string; suggested: number[] }[];
  /** Facts worth a line under the title: `without top`, `ImageNet topology`. */
  facts: string[];
  /** How a graph was opened, and which signatures it could be opened with; absent for models of layers. */
  graph?: { fold: boolean; signature: string | null; signatures: string[] };
}

export interface ProbeReply {
  report: Report;
  headline: Headline;
  /** What happened and why, in words. */
  answers: Answer[];
  /** What else may be asked, in the order in which a person would. */
  questions: Question[];
  elapsedMs: number;
}

export interface SizesReply {
  sizes: Sizes;
  /** What they mean, in words. */
  answers: Answer[];
}

export interface HeadReply {
  report: Report;
  document: HeadDocument;
  /** The options as lines of a table. */
  rows: HeadRow[];
  /** What to know before one of them is taken. */
  answers: Answer[];
}

export interface ZooEntry {
  name: string;
  /** Keras generations that have it, newest first. */
  generations: ("3" | "2" | "2.9")[];
  defaultSize: [number, number];
  documentedMinimum: [number, number] | null;
  /** Without the top, pretrained topology. */
  parameters: number;
  takesGrayscale: boolean;
}

/** What the helper process does. Each method has a deadline in `DEADLINES_MS`; all can be cancelled. */
export interface HelperApi {
  openModel(source: ModelSource): OpenedModel;
  runProbe(modelId: string, probe: AskedProbe): ProbeReply;
  /** The ways to end a model in this many classes, behind what the probe gives. */
  findHeads(modelId: string, probe: AskedProbe, classes: number): HeadReply;
  /** What a layer gave in the last probe with numbers, as pictures; null where there are none. */
  picture(modelId: string, layerId: string): LayerPictures | null;
  /** Which sizes and channels the model takes. */
  findSizes(modelId: string, question: SizesQuestion): SizesReply;
  /** Answers a question of `ProbeReply.questions`, of the model and what this probe sends through it. `other`: the model to compare with. */
  ask(modelId: string, probe: AskedProbe, question: QuestionId, wish: Wish, other: ModelSource | null): Answer[];
  closeModel(modelId: string): void;
  listZoo(): ZooEntry[];
}

/** What the helper process tells meanwhile, as JSON-RPC notifications. */
export interface HelperEvents {
  /** How far the newest probe of a model is, where it runs on numbers. */
  progress(modelId: string, progress: Progress): void;
}

/** What the view shows. The host owns it; the view can be rebuilt from it at any time. */
export type ViewState =
  | { kind: "empty" }
  | { kind: "loading"; title: string }
  | { kind: "failed"; title: string; message: string }
  | { kind: "model"; model: OpenedModel; probe: Probe; reply: ProbeReply };

/** A file that the page hands over. */
export interface GivenFile {
  name: string;
  base64: string;
}

/** What the view asks of its host (extension or `serve`), as JSON-RPC requests. */
export interface HostApi {
  /** Said first; the answer is the whole state. A second `ready` gets it again. */
  ready(): ViewState;
  /** A newer probe cancels the older. The host remembers the last one. */
  runProbe(probe: Probe): ProbeReply;
  /** Of the last probe that was answered; null where it ran without numbers, or the helper does not have them any more. */
  picture(layerId: string): LayerPictures | null;
  /** A fill that is an image: the one `given` by the page, as a browser asks for files itself, else one that the host asks for; null where nobody chose any. */
  chooseImage(given: GivenFile | null): string | null;
  /** Takes the weights of a file that the host asks for (`serve` has it uploaded instead); the state follows. False where nobody chose any. */
  chooseWeights(): boolean;
  /** Answers a question about the last probe that was answered. */
  ask(question: QuestionId, wish: Wish): Answer[];
  /** Opens the graph anew in another way and probes it; the state follows. */
  openGraph(how: GraphOptions): void;
}

/** What the host tells the view, as JSON-RPC notifications. */
export interface ViewEvents {
  state(state: ViewState): void;
  /** How far the probe is that this view asked for and waits for. */
  progress(progress: Progress): void;
  /** Select this layer and bring it into sight. */
  revealLayer(id: string): void;
  /** Show the answer to this question, with what a person has added to it elsewhere. */
  showQuestion(id: QuestionId, wish: Wish): void;
  /** What the host wants back when the page is restored after a reload; the page keeps it and does not look at it. */
  keep(forHost: Json): void;
}
