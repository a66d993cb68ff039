import { t } from "@vscode/l10n";
import { type Answer, type AnswerTable, type DeclareRun, formatShape, INPUT_GATE, layerNoun, type Report, type Way } from "../model";
import { type CodeBase, importLine, loadingLines } from "./code/base";
import { inputCall } from "./code/python";
import { gateOf } from "./report/gates";
import { rebuiltWords } from "./report/rebuilt-words";
import { inputWays } from "./ways";
import { waysOf } from "./ways/input-ways";
import { otherKernel, pooledWays, rebuiltWays } from "./ways/rebuilt-ways";
import { resizeTo } from "./ways/steps";
import { onlyInput, otherChannels, otherSize } from "./ways/subject";
import { withoutBatch } from "./words";

/** What to ask where a tensor is not as the model declares it, or its size cannot run; null where there is nothing to ask. */
export function declareTitle(report: Report): string | null {
  const input = onlyInput(report);
  if (!input || report.probe.mode === "rebuild" || report.probe.edit) return null;
  const channels = otherChannels(input);
  const isGraph = layerNoun(report.model.format) === "operation";
  if (channels && !isGraph)
    return channels.given === 1 ? t("What if I declare 1 channel instead?") : t("What if I declare {0} channels instead?", channels.given);
  const size = report.failure ? otherSize(input) : null;
  if (size && !isGraph) return t("What if I declare {0} instead?", formatShape(size.given));
  const isOpenImage = input.declared.length === 4 && input.given.length === 4 && typeof input.declared[3] === "number";
  const failsInside = report.failure !== null && report.failure.layer !== INPUT_GATE;
  return isOpenImage && failsInside && !channels ? t("Which size near it would run?") : null;
}

/** What comes of declaring the input as the tensor is, and what to do; or the nearest size, where it is the size that cannot run. */
export function answerDeclare(run: DeclareRun, base: CodeBase): Answer[] {
  const title = declareTitle(run.report);
  if (title === null) return [];
  const input = onlyInput(run.report);
  const isDeclared = input !== null && (otherChannels(input) !== null || otherSize(input) !== null);
  return isDeclared && layerNoun(base.format) === "layer" ? [declaredAnswer(title, run, base)] : [nearestAnswer(title, run, base)];
}

function declaredAnswer(title: string, run: DeclareRun, base: CodeBase): Answer {
  const { rebuilt } = run;
  const ways = [...rebuiltWays({ rebuilt, base }), ...pooledWays(run, base), ...withoutTop(run, base)];
  const table = misfitTable(rebuilt);
  return {
    title,
    text: [...constructorWords(run), ...rebuiltWords(run.rebuilt), ...(ways.length === 0 ? insteadWords(run) : preparedWords(run, base))],
    ...(table ? { table } : {}),
    ...(ways.length > 0 ? { ways } : {}),
    ...(rebuilt.misfits.length > 0 ? { layers: [...new Set(rebuilt.misfits.map(({ layer }) => layer))] } : {}),
  };
}

function constructorWords({ report }: DeclareRun): string[] {
  const { open, message } = gateOf(report, "constructor");
  return open || message === null ? [] : [t("Its function would not have it: {0}.", message)];
}

/** What to do where declaring the tensor's shape does not do. */
function insteadWords({ report }: DeclareRun): string[] {
  const isTaken = report.failure === null && report.outputs.length > 0;
  return isTaken
    ? [t("There is no need to declare it: the model as it is takes this tensor.")]
    : [t("Leave what is declared, and change the tensor in front of the model instead.")];
}

/** Where the application's own preparation treats channels differently, equal channels are none any more behind it. */
function preparedWords({ rebuilt }: DeclareRun, { zoo }: CodeBase): string[] {
  const isUnequal = zoo?.preprocessing === "caffe" || zoo?.preprocessing === "torch";
  return isUnequal && otherKernel(rebuilt)
    ? [
        t(
          "That is said of the tensor that the model is given. The preprocess_input of {0} takes another mean from each of three channels, so it cannot prepare this one as it stands.",
          zoo.architecture,
        ),
      ]
    : [];
}

function misfitTable({ misfits }: Report): AnswerTable | null {
  if (misfits.length === 0) return null;
  return {
    head: [t("Layer"), t("Weight"), t("Pretrained"), t("Needed")],
    numbers: [2, 3],
    rows: misfits.map(({ layer, weight, pretrained, needed }) => ({
      cells: [layer, weight, formatShape(pretrained), formatShape(needed)],
      layer,
    })),
  };
}

/** A Keras Application whose top does not fit: its features, which take any size, and a head of one's own. */
function withoutTop({ rebuilt, report }: DeclareRun, base: CodeBase): Way[] {
  const { zoo } = base;
  const classes = report.layers.at(-1)?.declared?.[0]?.at(-1);
  const input = onlyInput(report);
  if (!zoo?.includeTop || rebuilt.misfits.length === 0 || otherKernel(rebuilt) || !input || otherChannels(input) || !classes) return [];
  const loaded = loadingLines({ ...base, zoo: { ...zoo, includeTop: false, pooling: "avg" } });
  if (!loaded) return [];
  const code = [
    importLine(base),
    "",
    ...loaded,
    `inputs = ${inputCall(input.given, { dtype: input.dtype })}`,
    `outputs = keras.layers.Dense(${classes}, activation="softmax")(base(inputs))`,
    "model = keras.Model(inputs, outputs)",
  ].join("\n");
  return [
    {
      title: t("Leave the top out and end it in a Dense of your own"),
      text: t("Its features take this size; only the new Dense has to be trained."),
      code,
      gives: { output: [input.given[0] as number, classes] },
    },
  ];
}

/** `probe` in a way feeds what comes out of resizing. */
function nearestAnswer(title: string, { report, nearest }: DeclareRun, base: CodeBase): Answer {
  const input = onlyInput(report);
  if (!nearest || !input) return { title, text: [t("None that was tried.")], ...someWays(inputWays({ report, base })) };
  const size = nearest.shape.slice(1, 3);
  const output = nearest.report.outputs[0]?.shape ?? [];
  const ways = waysOf([resizeTo(input.given, size)], input, { report, base });
  return {
    title,
    text: [t("{0} runs, and gives {1}.", formatShape(size), withoutBatch(output))],
    ...someWays(ways.map((way) => ({ ...way, gives: { output } }))),
  };
}

const someWays = (ways: Way[]): Pick<Answer, "ways"> => (ways.length > 0 ? { ways } : {});
