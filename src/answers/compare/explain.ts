import { t } from "@vscode/l10n";
import { type Answer, INPUT_GATE, isPadding, type LayerReport, layerTitles, type Report, ROUTINE_KINDS, said } from "../../model";
import { findPoolings } from "../report/pooled";
import { changeAlong, counted, listed, paragraph, stretchedActivation, withoutBatch } from "../words";
import type { Comparison } from "./reports";

/** A report with what it is called beside the other. */
interface Side {
  report: Report;
  label: string;
}

/** Where two reports part and why, whether they meet again, and how they end, in words. */
export function explainComparison(a: Report, b: Report, comparison: Comparison): Answer[] {
  const sides = labelled(a, b);
  return [
    partingAnswer(sides, comparison),
    ...meetingAnswer(sides, comparison),
    ...failureAnswers(sides),
    ...broadcastAnswer(sides, comparison),
    ...endAnswer(sides),
  ];
}

type Sides = readonly [Side, Side];

/** By what is not the same: the models' names, else the tensors, else which came first. */
function labelled(a: Report, b: Report): Sides {
  const names: [string, string][] = [
    [a.model.name, b.model.name],
    [probeText(a), probeText(b)],
  ];
  const [left, right] = names.find(([one, other]) => one !== other) ?? [t("the first"), t("the second")];
  return [
    { report: a, label: left },
    { report: b, label: right },
  ];
}

const probeText = ({ probe }: Report): string => Object.values(probe.inputs).map(withoutBatch).join(", ");
const shapesText = (shapes: number[][] | null): string => shapes?.map(withoutBatch).join(", ") ?? t("nothing");

function partingAnswer(sides: Sides, { first_difference: first, layers }: Comparison): Answer {
  const title = t("Where do they part?");
  const pair = layers.find(({ id }) => id === first);
  if (first === null || !pair) return { title, text: [t("Nowhere: all {0} give the same shapes.", counted(layers.length, "layer"))] };
  const rows = [rowOf(sides[0], pair.id), rowOf(sides[1], pair.b_id ?? pair.id)];
  const place = layers.indexOf(pair);
  const before =
    place === 1 ? [t("The 1 layer before it is the same.")] : place > 1 ? [t("The {0} layers before it are the same.", place)] : [];
  const [row] = rows.filter((each) => each !== undefined);
  const name = titled(row === rows[0] ? sides[0] : sides[1], row);
  return { title, text: [paragraph([t("{0}: {1}", name, partingWords(sides, rows)), ...before])] };
}

function partingWords([a, b]: Sides, [left, right]: (LayerReport | undefined)[]): string {
  if (left && right) {
    if (left.className === "InputLayer")
      return t("the tensors themselves differ, {0} against {1}.", shapesText(left.output), shapesText(right.output));
    const [cause, given, other] = [
      borderWords([a, b], [left, right]) ?? causeWords(left, right),
      shapesText(left.output),
      shapesText(right.output),
    ];
    return t("{0}; {1} gives {2}, {3} {4}.", cause, a.label, given, b.label, other);
  }
  const [owner, row] = left ? [a, left] : [b, right];
  const from = row?.inputs[0]?.shape;
  const change = `${from ? `${withoutBatch(from)} → ` : ""}${shapesText(row?.output ?? null)}`;
  return t("only {0} has it; it makes {1}.", owner.label, change);
}

/** Where one of two has the border of a layer of its own, as Keras writes it, and the other leaves it to the convolution; null elsewhere. */
function borderWords(sides: Sides, rows: readonly [LayerReport, LayerReport]): string | null {
  const pads = sides.map((side, index) => {
    const source = rowOf(side, rows[index]?.inputs[0]?.layer ?? "");
    return source && isPadding(source) ? source : null;
  });
  const place = pads[0] ? 0 : 1;
  const [pad, owner, other] = [pads[place], sides[place], sides[1 - place]];
  if (!pad || pads[1 - place] || !owner || !other) return null;
  const change = `${withoutBatch(pad.inputs[0]?.shape ?? [])} → ${shapesText(pad.output)}`;
  return t("{0} has its border from {1} ({2}), {3} from the convolution itself", owner.label, pad.id, change, other.label);
}

function causeWords(left: LayerReport, right: LayerReport): string {
  const failed = [left, right].find(({ status }) => status === "failed");
  if (failed) return failed.message ? t("it fails: {0}", said(failed.message)) : t("it fails: it cannot run");
  const sameIn = JSON.stringify(left.inputs.map(({ shape }) => shape)) === JSON.stringify(right.inputs.map(({ shape }) => shape));
  if (!sameIn) return t("it is given other shapes");
  return left.className === right.className
    ? t("it is given the same but is configured otherwise")
    : t("{0} stands against {1}", left.className, right.className);
}

function meetingAnswer(sides: Sides, { same_again: again, layers, broadcasts }: Comparison): Answer[] {
  if (again === null) return [];
  const rest = layers.length - layers.findIndex(({ id }) => id === again);
  const meeting = [...broadcasts.only_a, ...broadcasts.only_b].find(({ layer, kind }) => layer === again && !ROUTINE_KINDS.has(kind));
  const operand = meeting && stretchedActivation(meeting);
  const changes = meeting && operand ? operand.stretched.map((axis) => changeAlong(meeting, operand, axis)) : [];
  const stretched = changes.map(({ from, to }) => `${from} → ${to}`).join(", ");
  const text = [
    t("From {0} on: {1} with the same shapes.", titled(sides[0], rowOf(sides[0], again)), counted(rest, "layer")),
    ...(meeting && stretched ? [t("Broadcasting makes them alike there: {0} stretches {1}.", meeting.operation, stretched)] : []),
  ];
  return [{ title: t("Do they meet again?"), text: [paragraph(text)] }];
}

function failureAnswers(sides: Sides): Answer[] {
  return sides.flatMap(({ report, label }) => {
    const { failure } = report;
    if (!failure) return [];
    const title = failure.layer === INPUT_GATE ? t("Why is {0} refused?", label) : t("Why does {0} fail at {1}?", label, failure.layer);
    const message = said(failure.message);
    return [{ title, text: [failure.cause ? t("{0}. Look at {1}.", message, failure.cause) : t("{0}.", message)] }];
  });
}

/** What meets the eye only: routine ones are in the document. */
function broadcastAnswer([a, b]: Sides, { broadcasts }: Comparison): Answer[] {
  const found = [
    { side: a, list: broadcasts.only_a },
    { side: b, list: broadcasts.only_b },
  ].flatMap(({ side, list }) => {
    const places = list.filter(({ kind }) => !ROUTINE_KINDS.has(kind)).map(({ layer, operation }) => `${layer} (${operation})`);
    return places.length > 0 ? [t("Only {0} is stretched by broadcasting, at {1}.", side.label, listed(places))] : [];
  });
  return found.length > 0 ? [{ title: t("Is something stretched in one of them?"), text: found }] : [];
}

function endAnswer(sides: Sides): Answer[] {
  const [left = "", right = ""] = sides.map(
    ({ report }) => report.outputs.map(({ shape }) => withoutBatch(shape)).join(", ") || t("nothing"),
  );
  const [a, b] = sides;
  const isOneModel = a.report.model.name === b.report.model.name;
  const pooled = sides.flatMap(({ report, label }) => {
    const places = findPoolings(report).map(({ layer }) => layerTitles(report)(layer));
    return places.length > 0 ? [t("{0} pools inside, at {1}.", label, listed(places, 2))] : [];
  });
  const text = [
    left === right ? t("Both give {0}.", left) : t("{0} gives {1}, {2} {3}.", a.label, left, b.label, right),
    ...(isOneModel ? [] : [t("{0} has {1} parameters, {2} {3}.", a.label, parametersOf(a), b.label, parametersOf(b)), ...pooled]),
  ];
  return [{ title: t("What comes out?"), text }];
}

const parametersOf = ({ report }: Side): string => report.model.parameters.toLocaleString("en-US");

const rowOf = ({ report }: Side, id: string): LayerReport | undefined => report.layers.find((row) => row.id === id);

function titled({ report }: Side, row: LayerReport | undefined): string {
  return row ? `${layerTitles(report)(row.id)} (${row.className})` : t("there");
}
