import { type Answer, INPUT_GATE, type LayerReport, layerTitles, type Report, ROUTINE_KINDS } from "../model";
import type { Comparison } from "./compare";
import { findPoolings } from "./pooled";
import { changeAlong, counted, listed, stretchedActivation, withoutBatch } from "./words";

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
  const [left, right] = names.find(([one, other]) => one !== other) ?? ["the first", "the second"];
  return [
    { report: a, label: left },
    { report: b, label: right },
  ];
}

const probeText = ({ probe }: Report): string => Object.values(probe.inputs).map(withoutBatch).join(", ");
const shapesText = (shapes: number[][] | null): string => shapes?.map(withoutBatch).join(", ") ?? "nothing";

function partingAnswer(sides: Sides, { first_difference: first, layers }: Comparison): Answer {
  const title = "Where do they part?";
  const pair = layers.find(({ id }) => id === first);
  if (first === null || !pair) return { title, text: [`Nowhere: all ${counted(layers.length, "layer")} give the same shapes.`] };
  const rows = [rowOf(sides[0], pair.id), rowOf(sides[1], pair.b_id ?? pair.id)];
  const place = layers.indexOf(pair);
  const before = place > 0 ? ` The ${counted(place, "layer")} before it ${place === 1 ? "is" : "are"} the same.` : "";
  const [row] = rows.filter((each) => each !== undefined);
  const name = titled(row === rows[0] ? sides[0] : sides[1], row);
  return { title, text: [`${name}: ${partingWords(sides, rows)}${before}`] };
}

function partingWords([a, b]: Sides, [left, right]: (LayerReport | undefined)[]): string {
  if (left && right) {
    if (left.className === "InputLayer")
      return `the tensors themselves differ, ${shapesText(left.output)} against ${shapesText(right.output)}.`;
    const cause = causeWords(left, right);
    return `${cause}; ${a.label} gives ${shapesText(left.output)}, ${b.label} ${shapesText(right.output)}.`;
  }
  const [owner, row] = left ? [a, left] : [b, right];
  const from = row?.inputs[0]?.shape;
  const change = `${from ? `${withoutBatch(from)} → ` : ""}${shapesText(row?.output ?? null)}`;
  return `only ${owner.label} has it; it makes ${change}.`;
}

function causeWords(left: LayerReport, right: LayerReport): string {
  const failed = [left, right].find(({ status }) => status === "failed");
  if (failed) return `it fails: ${failed.message ?? "it cannot run"}`;
  const sameIn = JSON.stringify(left.inputs.map(({ shape }) => shape)) === JSON.stringify(right.inputs.map(({ shape }) => shape));
  if (!sameIn) return "it is given other shapes";
  return left.className === right.className
    ? "it is given the same but is configured otherwise"
    : `${left.className} stands against ${right.className}`;
}

function meetingAnswer(sides: Sides, { same_again: again, layers, broadcasts }: Comparison): Answer[] {
  if (again === null) return [];
  const rest = layers.length - layers.findIndex(({ id }) => id === again);
  const meeting = [...broadcasts.only_a, ...broadcasts.only_b].find(({ layer, kind }) => layer === again && !ROUTINE_KINDS.has(kind));
  const operand = meeting && stretchedActivation(meeting);
  const changes = meeting && operand ? operand.stretched.map((axis) => changeAlong(meeting, operand, axis)) : [];
  const why =
    changes.length > 0
      ? ` Broadcasting makes them alike there: ${meeting?.operation} stretches ${changes.map(({ from, to }) => `${from} → ${to}`).join(" and ")}.`
      : "";
  return [
    {
      title: "Do they meet again?",
      text: [`From ${titled(sides[0], rowOf(sides[0], again))} on: ${counted(rest, "layer")} with the same shapes.${why}`],
    },
  ];
}

function failureAnswers(sides: Sides): Answer[] {
  return sides.flatMap(({ report, label }) => {
    const { failure } = report;
    if (!failure) return [];
    const title = failure.layer === INPUT_GATE ? `Why is ${label} refused?` : `Why does ${label} fail at ${failure.layer}?`;
    const cause = failure.cause ? ` Look at ${failure.cause}.` : "";
    return [{ title, text: [`${failure.message}.${cause}`] }];
  });
}

/** What meets the eye only: routine ones are in the document. */
function broadcastAnswer([a, b]: Sides, { broadcasts }: Comparison): Answer[] {
  const found = [
    { side: a, list: broadcasts.only_a },
    { side: b, list: broadcasts.only_b },
  ].flatMap(({ side, list }) => {
    const places = list.filter(({ kind }) => !ROUTINE_KINDS.has(kind)).map(({ layer, operation }) => `${layer} (${operation})`);
    return places.length > 0 ? [`Only ${side.label} is stretched by broadcasting, at ${listed(places)}.`] : [];
  });
  return found.length > 0 ? [{ title: "Is something stretched in one of them?", text: found }] : [];
}

function endAnswer(sides: Sides): Answer[] {
  const ends = sides.map(({ report }) => report.outputs.map(({ shape }) => withoutBatch(shape)).join(", ") || "nothing");
  const [a, b] = sides;
  const isOneModel = a.report.model.name === b.report.model.name;
  const parameters = sides.map(({ report }) => report.model.parameters.toLocaleString("en-US"));
  const pooled = sides.flatMap(({ report, label }) => {
    const places = findPoolings(report).map(({ layer }) => layerTitles(report)(layer));
    return places.length > 0 ? [`${label} pools inside, at ${listed(places, 2)}.`] : [];
  });
  const text = [
    ends[0] === ends[1] ? `Both give ${ends[0]}.` : `${a.label} gives ${ends[0]}, ${b.label} ${ends[1]}.`,
    ...(isOneModel ? [] : [`${a.label} has ${parameters[0]} parameters, ${b.label} ${parameters[1]}.`, ...pooled]),
  ];
  return [{ title: "What comes out?", text }];
}

const rowOf = ({ report }: Side, id: string): LayerReport | undefined => report.layers.find((row) => row.id === id);

function titled({ report }: Side, row: LayerReport | undefined): string {
  return row ? `${layerTitles(report)(row.id)} (${row.className})` : "there";
}
