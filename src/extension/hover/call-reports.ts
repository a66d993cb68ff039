import type { HelperApi, OpenedModel } from "../../helper/protocol";
import type { Remote } from "../../helper/rpc";
import type { ProbeMode, Report } from "../../model";
import { suggestedProbe } from "../inspection";
import type { CallReports } from "./call-answer";
import type { CallQuestion } from "./call-question";

/** Answers that are kept; people hover over the same few calls again and again. */
const KEPT = 50;

/** Asks the helper what a call gives, each question once: the answer is kept even if the hover that asked is gone by then. */
export class CallReporter {
  readonly #kept = new Map<string, Promise<CallReports>>();

  constructor(private readonly helper: Remote<HelperApi>) {}

  /** @throws UserError where the zoo has no such model; nothing of a failure is kept */
  async ask(question: CallQuestion): Promise<CallReports> {
    const key = JSON.stringify([question.spec, question.inputShape]);
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const asked = this.#reports(question);
    this.#kept.set(key, asked);
    asked.catch(() => this.#kept.delete(key));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return asked;
  }

  async #reports(question: CallQuestion): Promise<CallReports> {
    const model = await this.helper.openModel({ kind: "zoo", spec: question.spec });
    try {
      const shape = question.inputShape ?? model.inputs[0]?.suggested.slice(1) ?? [];
      const gray = [...shape.slice(0, -1), 1];
      const asked = await this.#probe(model, shape);
      if (question.weights === "none" && needsRebuild(asked)) return { asked: await this.#probe(model, shape, "rebuild"), gray: null };
      return { asked, gray: shape.at(-1) === 1 ? null : await this.#probe(model, gray) };
    } finally {
      this.helper.closeModel(model.modelId).catch(() => {
        // The helper ended meanwhile, and the model with it.
      });
    }
  }

  async #probe(model: OpenedModel, shape: number[], mode: ProbeMode = "feed"): Promise<Report> {
    const [input] = model.inputs;
    const inputs = input ? { [input.name]: [1, ...shape] } : {};
    return (await this.helper.runProbe(model.modelId, { ...suggestedProbe(model, "shapes"), inputs, mode })).report;
  }
}

/** Whether the declared shape is not the one that the zoo's config was built with: feeding would answer another question. */
function needsRebuild(report: Report): boolean {
  const [fed] = Object.values(report.probe.inputs);
  const [input] = report.model.inputs;
  return !fed || !input?.declared.slice(1).every((size, axis) => size === null || size === fed[axis + 1]);
}
