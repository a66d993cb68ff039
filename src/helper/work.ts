import { t } from "@vscode/l10n";
import { explain, explainEdit, explainHeads, explainSizes, headDocument, headline, headRows, questionsFor } from "../answers";
import { fileSource, memorySource, openModel, readSmallWeight, type Source, zooModel } from "../formats";
import {
  type Answer,
  type AskedProbe,
  type GraphOptions,
  type LayerPictures,
  type Model,
  type QuestionId,
  type SizesQuestion,
  UserError,
  type Wish,
} from "../model";
import {
  checkProbe,
  type EditedModel,
  type PreparedModel,
  prepareModel,
  type RunOptions,
  runEdited,
  runHeads,
  runProbe,
  sizesOf,
  weightsOfEdited,
} from "../probe";
import { answerTo } from "./ask";
import { Edits } from "./edits";
import { Images } from "./images";
import { whileWanted } from "./patience";
import type { TellProgress } from "./progress";
import type { HeadReply, ModelSource, OpenedModel, ProbeReply, SizesReply } from "./protocol";
import { namedWeights, ownWeights, type WeightsAtHand } from "./weights";

/** Whoever waits for a probe: may no longer want it, and may want to know how far it is. */
export interface Asker {
  signal?: AbortSignal;
  onProgress?: TellProgress;
}

/** A model that is ready for probes. Whoever holds it disposes of it. */
export interface HeldModel {
  readonly prepared: PreparedModel;
  readonly opened: Omit<OpenedModel, "modelId">;
  /** @throws UserError where no tensor can be like that, or this version has no such mode or engine */
  probe(probe: AskedProbe, asker?: Asker): Promise<ProbeReply>;
  /** What a layer gave in the last probe that ended well; null where that ran without numbers. */
  picture(layerId: string): LayerPictures | null;
  /** @throws UserError where there is not one known output, or no such number of classes */
  heads(probe: AskedProbe, classes: number, signal?: AbortSignal): Promise<HeadReply>;
  /** @throws UserError for a size that the model has no axes for */
  sizes(question: SizesQuestion, signal?: AbortSignal): Promise<SizesReply>;
  /** Answers a question of `ProbeReply.questions`. `other`: the model to compare with. @throws UserError where it cannot be answered */
  ask(probe: AskedProbe, question: QuestionId, wish: Wish, other: ModelSource | null, signal?: AbortSignal): Promise<Answer[]>;
  dispose(): void;
}

/** Opens and builds a model. @throws UserError that names the file and the reason */
export async function holdModel(from: ModelSource): Promise<HeldModel> {
  const source = sourceOf(from);
  try {
    const model = from.kind === "zoo" ? zooModel(from.spec) : await openModel(source as Source, graphOptions(from));
    const named = await namedWeights(model, from.weights ?? null, source);
    const notes = [...(model.notes ?? []), ...((from.kind === "bytes" && from.notes) || [])];
    const whole = { ...model, ...(named ? { weights: named.weights } : {}), ...(notes.length > 0 ? { notes } : {}) };
    return new Held(whole, prepared(whole), { source, named, fold: from.kind === "zoo" || (from.fold ?? true) });
  } catch (error) {
    source?.close();
    throw error;
  }
}

function graphOptions({ signature, fold }: GraphOptions): GraphOptions {
  return { ...(signature === undefined ? {} : { signature }), ...(fold === undefined ? {} : { fold }) };
}

/** @throws UserError that names the file, whatever is wrong with its model */
function prepared(model: Model): PreparedModel {
  try {
    return prepareModel(model);
  } catch (error) {
    if (!(error instanceof UserError) || error.message.includes(model.name)) throw error;
    throw new UserError(`${model.name} cannot be probed: ${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`);
  }
}

function sourceOf(from: ModelSource): Source | null {
  if (from.kind === "zoo") return null;
  if (from.kind === "path") return fileSource(from.path);
  return memorySource(from.name, new Map(from.files.map(({ path, bytes }) => [path, bytes])));
}

/** A head stands in the place of what was appended, so that several can be tried one after the other. */
function withoutAppended({ edit, ...probe }: AskedProbe): AskedProbe {
  const { append: _, ...rest } = edit ?? {};
  return Object.keys(rest).length === 0 ? probe : { ...probe, edit: rest };
}

class Held implements HeldModel {
  readonly opened: HeldModel["opened"];
  #pictures: ReadonlyMap<string, () => LayerPictures> = new Map();
  #own: Promise<WeightsAtHand> | null = null;
  readonly #images = new Images();
  readonly #edits: Edits;

  constructor(
    readonly model: Model,
    readonly prepared: PreparedModel,
    readonly files: { source: Source | null; named: WeightsAtHand | null; fold: boolean },
  ) {
    this.#edits = new Edits(prepared);
    this.opened = {
      name: model.name,
      format: model.format,
      producer: model.producer,
      layers: prepared.layers,
      parameters: prepared.parameters,
      inputs: prepared.inputs,
      facts: factsOf(model),
      ...graphOf(model, files.fold),
    };
  }

  probe(asked: AskedProbe, asker: Asker = {}): Promise<ProbeReply> {
    return this.#edits.use(asked, (edited) => this.#probe(asked, edited, asker), asker.signal);
  }

  async #probe(asked: AskedProbe, edited: EditedModel | null, asker: Asker): Promise<ProbeReply> {
    const begun = performance.now();
    // Before weights are looked for: that takes time, and needs to know the engine.
    const probe = checkProbe(this.prepared, asked);
    const image = probe.engine === "shapes" ? null : await whileWanted(this.#images.of(probe.fill), asker.signal);
    const pictures = new Map<string, () => LayerPictures>();
    const atHand = probe.engine === "shapes" ? null : await whileWanted(this.#weightsAtHand(), asker.signal);
    const prepared = edited?.prepared ?? this.prepared;
    const weights = edited && atHand ? weightsOfEdited(this.prepared, edited, atHand.weights) : atHand?.weights;
    const withNumbers = weights ? { ...prepared, model: { ...prepared.model, weights } } : prepared;
    const prefix = edited?.prefix ?? "";
    const options: RunOptions = {
      ...asker,
      ...(image ? { image } : {}),
      ...(atHand?.read ? { readWeights: atHand.read } : {}),
      takePictures: (layer, draw) => pictures.set(layer, draw),
      weightValues: (layer, weight) => this.#weightValues(layer.slice(layer.startsWith(prefix) ? prefix.length : 0), weight),
    };
    const report = edited
      ? await runEdited({ ...edited, prepared: withNumbers }, probe, options)
      : await runProbe(withNumbers, probe, options);
    this.#pictures = pictures;
    if (report.numbers && atHand?.note) report.numbers.weightsNote = atHand.note;
    const questions = questionsFor({ model: this.model, report });
    const base = { ...prepared.model, file: this.#fileName };
    return {
      report,
      headline: headline(report),
      answers: [...explain(report, base), ...explainEdit(report, base)],
      questions,
      elapsedMs: performance.now() - begun,
    };
  }

  async sizes(question: SizesQuestion, signal?: AbortSignal): Promise<SizesReply> {
    const sizes = await sizesOf(this.prepared, question, signal);
    return { sizes, answers: explainSizes(sizes, this.model.network.kind === "graph") };
  }

  async heads(probe: AskedProbe, classes: number, signal?: AbortSignal): Promise<HeadReply> {
    const headed = async (prepared: PreparedModel): Promise<HeadReply> => {
      const run = await runHeads(prepared, probe, classes, signal ? { signal } : {});
      const document = headDocument(run, { ...prepared.model, file: this.#fileName });
      return { report: run.report, document, rows: headRows(run), answers: explainHeads(run) };
    };
    return this.#edits.use(probe, (edited) => headed(edited?.prepared ?? this.prepared), signal);
  }

  async ask(probe: AskedProbe, question: QuestionId, wish: Wish, other: ModelSource | null, signal?: AbortSignal): Promise<Answer[]> {
    const second = other ? await holdModel(other) : null;
    const about = {
      file: this.#fileName,
      probe: { ...(question === "head" ? withoutAppended(probe) : probe), engine: "shapes", fill: "zeros" },
      wish,
      other: second?.prepared ?? null,
    } as const;
    try {
      return await this.#edits.use(
        about.probe,
        (edited) => answerTo(question, { ...about, prepared: edited?.prepared ?? this.prepared, ...(signal ? { signal } : {}) }),
        signal,
      );
    } finally {
      second?.dispose();
    }
  }

  get #fileName(): string | null {
    return this.model.format === "zoo" ? null : this.model.name;
  }

  picture(layerId: string): LayerPictures | null {
    return this.#pictures.get(layerId)?.() ?? null;
  }

  dispose(): void {
    this.#edits.dispose();
    this.prepared.dispose();
    this.files.source?.close();
    this.files.named?.close();
    this.#own?.then(
      (own) => own.close(),
      () => undefined, // the probe that asked for them has been told
    );
  }

  /** Found when the first probe wants numbers. */
  #weightsAtHand(): WeightsAtHand | Promise<WeightsAtHand> {
    this.#own ??= this.files.named ? null : ownWeights(this.model, this.files.source);
    return this.files.named ?? (this.#own as Promise<WeightsAtHand>);
  }

  /** As the zoo's index or the file has them. */
  #weightValues(layer: string, weight: string): number[] | null {
    const known = this.model.zoo?.knownWeights[`${layer}/${weight}`];
    if (known) return known;
    const entry = this.model.weights.find((each) => each.layer === layer && each.name === weight);
    const source = this.files.named?.source ?? this.files.source;
    return entry && source ? readSmallWeight(source, entry) : null;
  }
}

function graphOf({ network, signatures }: Model, fold: boolean): Pick<OpenedModel, "graph"> {
  if (network.kind !== "graph") return {};
  return { graph: { fold, signature: signatures?.shown ?? null, signatures: signatures?.all.map(({ name }) => name) ?? [] } };
}

/** What a person should know before a probe: the variant of a Keras Application, and what could not be read of a file. */
function factsOf({ zoo, notes = [] }: Model): string[] {
  if (!zoo) return notes;
  const top = zoo.includeTop ? t("with top") : t("without top");
  const pooling = zoo.pooling ? [zoo.pooling === "avg" ? t("average pooling") : t("max pooling")] : [];
  return [top, ...pooling, zoo.weights === null ? t("no pretrained weights") : t("ImageNet topology"), ...notes];
}
