// What CONTRACT.md promises of a report, field by field, and what has to hold between the fields.
import { INPUT_GATE, type Report } from "../../src/model";

/** What is wrong with `value`, found at `at`; empty where nothing is. */
type Check = (value: unknown, at: string) => string[];

const fits =
  (what: string, holds: (value: unknown) => boolean): Check =>
  (value, at) =>
    holds(value) ? [] : [`${at} is ${JSON.stringify(value)}, not ${what}`];
const text = fits("a text", (value) => typeof value === "string");
const flag = fits("true or false", (value) => typeof value === "boolean");
const number = fits("a number", Number.isFinite);
const count = fits("a count", (value) => Number.isInteger(value) && (value as number) >= 0);
const oneOf = (...words: unknown[]) => fits(`one of ${words.join(", ")}`, (value) => words.includes(value));
const orNull =
  (check: Check): Check =>
  (value, at) =>
    value === null ? [] : check(value, at);
const listOf =
  (check: Check): Check =>
  (value, at) =>
    Array.isArray(value) ? value.flatMap((item, index) => check(item, `${at}[${index}]`)) : [`${at} is no list`];
const recordOf =
  (check: Check): Check =>
  (value, at) =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, item]) => check(item, `${at}.${key}`))
      : [`${at} is no object`];

/** An object with these fields and no others; a `?` after a field's name: it may be absent. */
function object(fields: { [name: string]: Check }): Check {
  return (value, at) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${at} is no object`];
    const known = Object.entries(fields).map(([field, check]) => ({
      name: field.replace("?", ""),
      check,
      isOptional: field.endsWith("?"),
    }));
    const strange = Object.keys(value).filter((key) => !known.some(({ name }) => name === key));
    const wrong = known.flatMap(({ name, check, isOptional }) => {
      if (!Object.hasOwn(value, name)) return isOptional ? [] : [`${at}.${name} is missing`];
      return check((value as Record<string, unknown>)[name], `${at}.${name}`);
    });
    return [...strange.map((key) => `${at}.${key} is not in the contract`), ...wrong];
  };
}

const concrete = listOf(count);
const declared = listOf(orNull(count));
const status = oneOf("ok", "failed", "unreached", "unknown");
const input = object({ layer: text, call: count, output: count, shape: orNull(concrete) });
const image = object({
  name: text,
  width: count,
  height: count,
  inputs: listOf(
    object({
      name: text,
      mode: oneOf("grayscale", "rgb", "rgba"),
      width: count,
      height: count,
      bits: oneOf(8, 16),
      preprocessing: oneOf("none", "unit", "tf", "torch", "caffe"),
      because: oneOf("model", "asked", "unknown", "unfit"),
    }),
  ),
  others: listOf(text),
  "note?": text,
});
const numbers = object({
  weightsFromFile: count,
  drawn: listOf(text),
  surplus: listOf(text),
  "weightsNote?": text,
  "image?": image,
  differing: listOf(text),
  "reference?": object({ "outputs?": listOf(concrete), "refused?": text }),
  ended: orNull(object({ layer: text, why: text })),
});
const operand = object({
  shape: concrete,
  stretched: concrete,
  role: oneOf("activation", "weight", "constant"),
  name: orNull(text),
  "values?": listOf(number),
});
const plain: Check = (value, at) =>
  Array.isArray(value)
    ? listOf(plain)(value, at)
    : orNull(fits("a plain value", (one) => ["number", "string", "boolean"].includes(typeof one)))(value, at);
const operation = object({
  "attributes?": recordOf(plain),
  "fused?": listOf(text),
  "constants?": listOf(
    object({
      name: text,
      shape: concrete,
      "values?": listOf(fits("a number or a text", (one) => typeof one === "string" || Number.isFinite(one))),
    }),
  ),
  "folded?": listOf(text),
});

const report = object({
  schema: oneOf(1),
  model: object({
    name: text,
    format: oneOf("zoo", "keras-h5", "keras-zip", "keras-json", "tfjs-layers", "tfjs-graph", "saved-model", "frozen-graph"),
    producer: orNull(text),
    layers: count,
    parameters: count,
    inputs: listOf(object({ name: text, declared, dtype: text })),
  }),
  probe: object({
    inputs: recordOf(concrete),
    mode: oneOf("feed", "rebuild"),
    engine: oneOf("shapes", "wasm", "native"),
    fill: text,
    "edit?": object({ "cut?": text, "removeTop?": oneOf(true), "append?": text }),
  }),
  gates: listOf(object({ gate: oneOf("constructor", "input", "layers"), open: flag, message: orNull(text) })),
  layers: listOf(
    object({
      id: text,
      className: text,
      status,
      declared: orNull(listOf(declared)),
      "departs?": flag,
      output: orNull(listOf(concrete)),
      parameters: count,
      "message?": text,
      "milliseconds?": number,
      "stats?": object({ min: number, max: number, mean: number, std: number, zeros: count, nans: count }),
      // Beyond the contract's first fields, so that a graph can be drawn from a report alone.
      "needsNumbers?": flag,
      inputs: listOf(input),
      weights: listOf(object({ name: text, shape: concrete })),
      "furtherCalls?": listOf(object({ inputs: listOf(input), status, output: orNull(listOf(concrete)) })),
      "nested?": object({ outputs: listOf(text) }),
      "operation?": operation,
    }),
  ),
  broadcasts: listOf(
    object({
      layer: text,
      operation: text,
      operands: listOf(operand),
      output: concrete,
      kind: oneOf("expands-batch", "expands-activation", "internal", "mutual", "between-activations", "parameter", "scalar"),
    }),
  ),
  misfits: listOf(object({ layer: text, weight: text, pretrained: concrete, needed: concrete })),
  failure: orNull(object({ layer: text, message: text, cause: orNull(text) })),
  outputs: listOf(object({ layer: text, shape: concrete, "values?": listOf(number) })),
  "appended?": listOf(text),
  "scopes?": recordOf(text),
  "numbers?": numbers,
  "memory?": object({ weightsBytes: count, activationBytes: count }),
});

/** Everything that is wrong with a report as a program gets it: read from its JSON. */
export function problemsOf(json: string): string[] {
  const read = JSON.parse(json) as Report;
  const problems = report(read, "report");
  return problems.length > 0 ? problems : [...orderProblems(read), ...linkProblems(read), ...stretchProblems(read), ...endProblems(read)];
}

function orderProblems({ layers, model }: Report): string[] {
  const ids = layers.map(({ id }) => id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id} has two rows`);
  const outer = layers.filter(({ id }, index) => !layers.slice(0, index).some((row) => row.nested && id.startsWith(`${row.id}/`)));
  // Keras counts neither the input that a Sequential does not list nor the operations of Keras 3.
  const tooMany =
    model.layers > outer.length || model.layers < 1 ? [`model.layers is ${model.layers}, and there are ${outer.length} rows`] : [];
  const parameters = outer.reduce((sum, row) => sum + row.parameters, 0);
  return [
    ...twice,
    ...tooMany,
    ...(parameters === model.parameters ? [] : [`rows have ${parameters} parameters, the model ${model.parameters}`]),
  ];
}

function linkProblems({ layers, broadcasts, failure, outputs }: Report): string[] {
  const ids = new Set(layers.map(({ id }) => id));
  const named = [
    ...layers.flatMap((row) => row.inputs.map(({ layer }) => layer)),
    ...layers.flatMap((row) => row.nested?.outputs ?? []),
    ...broadcasts.map(({ layer }) => layer),
    ...outputs.map(({ layer }) => layer),
    ...(failure && failure.layer !== INPUT_GATE ? [failure.layer] : []),
    ...(failure?.cause ? [failure.cause] : []),
  ];
  return named.filter((id) => !ids.has(id)).map((id) => `${id} is named and has no row`);
}

/** Aligned at the last axis, an operand is stretched where it has 1, or no axis, and the output another number. */
function stretchProblems({ broadcasts }: Report): string[] {
  return broadcasts.flatMap(({ layer, operands, output }) =>
    operands.flatMap(({ shape, stretched, values }) => {
      const missing = output.length - shape.length;
      const expected = output.flatMap((size, axis) =>
        (axis < missing ? 1 : shape[axis - missing]) !== size || axis < missing ? [axis] : [],
      );
      const isRight = JSON.stringify(expected.filter((axis) => axis >= missing || output[axis] !== 1)) === JSON.stringify(stretched);
      const tooMany = values && values.length > 8 ? [`${layer}: ${values.length} values`] : [];
      return [...(isRight ? [] : [`${layer}: ${shape} to ${output} is stretched along ${stretched}`]), ...tooMany];
    }),
  );
}

function endProblems({ gates, failure, layers, outputs, probe, model }: Report): string[] {
  const open = (gate: string) => gates.find((each) => each.gate === gate)?.open;
  const failed = layers.filter((row) => [row, ...(row.furtherCalls ?? [])].some((call) => call.status === "failed"));
  const names = (texts: string[]) => JSON.stringify([...texts].sort());
  return [
    ...(open("input") === (failure?.layer !== INPUT_GATE) ? [] : ["the input gate and the failure disagree"]),
    ...(open("layers") === (failed.length === 0) ? [] : ["the layers' gate and their statuses disagree"]),
    ...(failure === null && outputs.length === 0 && layers.every(({ status }) => status === "ok")
      ? ["nothing failed, and nothing comes out"]
      : []),
    ...layers
      .filter(({ status, output }) => (status === "ok") !== (output !== null) && status !== "unknown")
      .map(({ id }) => `${id}: status and output`),
    ...(names(Object.keys(probe.inputs)) === names(model.inputs.map(({ name }) => name))
      ? []
      : ["the probe has other inputs than the model"]),
  ];
}
