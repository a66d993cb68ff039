import { t } from "@vscode/l10n";
import {
  answerDeclare,
  answerHeads,
  compareReports,
  compareTable,
  explainArguments,
  explainComparison,
  explainImagenet,
  explainSizes,
  explainTop,
  importLine,
} from "../answers";
import { zooVariant } from "../formats";
import { type Answer, type AskedProbe, type Model, type QuestionId, type Report, UserError, type Wish, type ZooFacts } from "../model";
import { type PreparedModel, prepareModel, runDeclared, runHeads, runProbe, sizesOf } from "../probe";
import { tryArguments, withAndWithoutWeights } from "./arguments";

/** A question with all that it is about. */
export interface Asked {
  prepared: PreparedModel;
  /** Name of the model's file or folder; null for a Keras Application. */
  file: string | null;
  /** The last probe, on shapes. */
  probe: AskedProbe;
  wish: Wish;
  /** A second model, for the question that compares with one. */
  other: PreparedModel | null;
  signal?: AbortSignal;
}

type Answering = (asked: Asked) => Promise<Answer[]>;

/** Classes where nobody says how many: those of ImageNet, so that parameters compare with those of a model's own top. */
const CLASSES = 1000;

/** Longest list of layers that differ. */
const MOST_APART = 12;

/** What is computed for each question. */
const ANSWERS: { readonly [id in QuestionId]: Answering } = {
  declare: async (asked) =>
    answerDeclare(await runDeclared(asked.prepared, asked.probe, stopOf(asked)), { ...asked.prepared.model, file: asked.file }),
  head: async ({ prepared, file, probe, wish, signal }) =>
    answerHeads(await runHeads(prepared, probe, wish.classes ?? CLASSES, signal ? { signal } : {}), { ...prepared.model, file }),
  sizes: async ({ prepared, probe, wish, signal }) =>
    explainSizes(
      await sizesOf(prepared, wish.size ? { size: wish.size } : { inputs: probe.inputs }, signal),
      prepared.model.network.kind === "graph",
    ),
  arguments: async (asked) => {
    const { zoo } = asked.prepared.model;
    return zoo ? explainArguments(await tryArguments(asked.prepared, zoo, shapeOf(asked), stopOf(asked))) : [];
  },
  imagenet: async (asked) => {
    const { zoo } = asked.prepared.model;
    if (!zoo) return [];
    const both = await withAndWithoutWeights({ prepared: asked.prepared, zoo, shape: shapeOf(asked) }, stopOf(asked));
    return explainImagenet({ base: { ...asked.prepared.model, file: null }, zoo, ...both });
  },
  colour: async (asked) => {
    const channels = asked.prepared.inputs[0]?.declared.at(-1) ?? 3;
    const given = Object.values(asked.probe.inputs)[0]?.at(-1);
    const others = Object.entries(asked.probe.inputs).map(([name, shape]) => [name, [...shape.slice(0, -1), given === 1 ? channels : 1]]);
    return compared(asked, asked.prepared, { ...asked.probe, inputs: Object.fromEntries(others) });
  },
  top: async (asked) => {
    const { zoo } = asked.prepared.model;
    if (!zoo) return [];
    const elsewhere = { mode: "rebuild", inputs: elsewhereFrom(zoo, asked) } as const;
    return withModel(zooVariant(zoo, { includeTop: !zoo.includeTop }), async (other) => {
      const topped = zoo.includeTop ? asked.prepared : other;
      const report = await runProbe(topped, { ...asked.probe, ...elsewhere }, stopOf(asked));
      const size = explainTop({ architecture: zoo.architecture, report, importLine: importLine(topped.model) });
      const [parting, ...rest] = await compared(asked, other, asked.probe);
      const end = rest.at(-1);
      return [size, ...(parting ? [{ ...parting, title: t("What does the top add?") }] : []), ...(end ? [end] : [])];
    });
  },
  other: async (asked) => (asked.other ? compared(asked, asked.other, probeFor(asked.other, asked.probe)) : []),
};

/** Answers a question, whatever engine the probe named: answers are about shapes. @throws UserError where there is no such question */
export function answerTo(question: QuestionId, asked: Asked): Promise<Answer[]> {
  // A page may ask for what there is not.
  if (!Object.hasOwn(ANSWERS, question)) throw new UserError(`There is no question "${question}"; ask ${Object.keys(ANSWERS).join(", ")}.`);
  return ANSWERS[question](asked);
}

async function compared(asked: Asked, other: PreparedModel, probe: AskedProbe): Promise<Answer[]> {
  const a: Report = await runProbe(asked.prepared, asked.probe, stopOf(asked));
  const b: Report = await runProbe(other, probe, stopOf(asked));
  const comparison = compareReports(a, b);
  const [parting, ...rest] = explainComparison(a, b, comparison);
  const apart = comparison.layers.filter(({ differs }) => differs).slice(0, MOST_APART);
  return parting ? [{ ...parting, ...(apart.length > 0 ? { table: compareTable(a, b, apart) } : {}) }, ...rest] : [];
}

/** Of the tensor for the first input, as the probe has it or as a probe begins. */
function shapeOf({ prepared, probe }: Asked): number[] {
  const [input] = prepared.inputs;
  return probe.inputs[input?.name ?? ""] ?? input?.suggested ?? [];
}

const stopOf = ({ signal }: Asked): { signal?: AbortSignal } => (signal ? { signal } : {});

/** The probe's size where it is not the one that the application is made for; else a smaller one, of a multiple of 32. */
function elsewhereFrom({ defaultSize }: ZooFacts, { prepared, probe }: Asked): AskedProbe["inputs"] {
  const [input] = prepared.inputs;
  const shape = probe.inputs[input?.name ?? ""] ?? [];
  const own = shape.length === 4 && shape.slice(1, 3).some((side, axis) => side !== defaultSize[axis]) ? shape.slice(1, 3) : null;
  const size = own ?? defaultSize.map((side) => Math.floor((0.75 * side) / 32) * 32);
  return { [input?.name ?? ""]: [1, ...size, 3] };
}

async function withModel<T>(model: Model, work: (prepared: PreparedModel) => Promise<T>): Promise<T> {
  const prepared = prepareModel(model);
  try {
    return await work(prepared);
  } finally {
    prepared.dispose();
  }
}

/** The same tensors in their order, whatever the other model calls its inputs; what it has more gets what it suggests. */
function probeFor(other: PreparedModel, probe: AskedProbe): AskedProbe {
  const shapes = Object.values(probe.inputs);
  const inputs = other.inputs.map(({ name, suggested }, index) => [
    name,
    shapes[index]?.length === suggested.length ? shapes[index] : suggested,
  ]);
  return { ...probe, inputs: Object.fromEntries(inputs) };
}
