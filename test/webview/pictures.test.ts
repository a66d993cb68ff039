import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { BroadcastKind, LayerStatus, Report } from "../../src/model";
import { FAMILIES, type Family } from "../../webview/draw/families";
import { drawSvg } from "../../webview/svg";
import type { ThemeName } from "../../webview/theme/palette";
import { layer, report } from "./reports";

/** Pictures are kept beside this file. `UPDATE_PICTURES=1` writes them anew; the commit says why they changed. */
const FOLDER = join(import.meta.dirname, "pictures");
const THEMES: ThemeName[] = ["light", "dark", "hc"];

const CLASS_OF: Record<Family, string> = {
  input: "InputLayer",
  preprocessing: "Rescaling",
  convolution: "Conv2D",
  depthwise: "DepthwiseConv2D",
  normalization: "BatchNormalization",
  activation: "ReLU",
  pooling: "MaxPooling2D",
  merge: "Add",
  reshape: "ZeroPadding2D",
  regularization: "Dropout",
  recurrent: "LSTM",
  attention: "MultiHeadAttention",
  dense: "Dense",
  operation: "TFOpLambda",
  nested: "Functional",
  unknown: "MyOwnLayer",
};

function glyphs(): Report {
  return report(FAMILIES.map((family, at) => layer(family, at === 0 ? [] : [FAMILIES[at - 1] ?? ""], { className: CLASS_OF[family] })));
}

const KINDS: Record<
  BroadcastKind,
  { shape: number[]; stretched: number[]; other: number[]; role: "activation" | "weight" | "constant"; output: number[] }
> = {
  "expands-batch": { shape: [1, 6], stretched: [0], other: [4, 6], role: "weight", output: [4, 6] },
  "expands-activation": { shape: [1, 8, 8, 1], stretched: [3], other: [1, 1, 1, 3], role: "weight", output: [1, 8, 8, 3] },
  internal: { shape: [1, 8, 8, 1], stretched: [3], other: [1, 8, 8, 4], role: "activation", output: [1, 8, 8, 4] },
  mutual: { shape: [4, 1], stretched: [1], other: [1, 4], role: "activation", output: [4, 4] },
  "between-activations": { shape: [1, 1, 1, 4], stretched: [1, 2], other: [1, 8, 8, 4], role: "activation", output: [1, 8, 8, 4] },
  parameter: { shape: [1, 8, 8, 4], stretched: [], other: [4], role: "weight", output: [1, 8, 8, 4] },
  scalar: { shape: [1, 8, 8, 4], stretched: [], other: [], role: "constant", output: [1, 8, 8, 4] },
};

function kind(name: BroadcastKind): Report {
  const { shape, stretched, other, role, output } = KINDS[name];
  const operands = [
    { shape, stretched, role: "activation" as const, name: null },
    { shape: other, stretched: [], role, name: "other" },
  ];
  const rows = [
    layer("in", [], { output: [shape] }),
    layer("meets", ["in"], { className: "Multiply", output: [output] }),
    layer("after", ["meets"], { output: [output] }),
  ];
  return report(rows, { broadcasts: [{ layer: "meets", operation: "Mul", operands, output, kind: name }] });
}

function status(name: LayerStatus): Report {
  const output = name === "ok" ? [[1, 8, 8, 4]] : null;
  const rows = [
    layer("in"),
    layer("layer", ["in"], { status: name, output, message: name === "failed" ? "too small" : undefined } as object),
    layer("after", ["layer"], { status: name === "failed" ? "unreached" : name, output }),
  ];
  return report(rows, name === "failed" ? { failure: { layer: "layer", message: "too small", cause: null } } : {});
}

/** What is appended, one layer that runs and one that does not. */
function ghosts(): Report {
  const rows = [
    layer("in"),
    layer("own", ["in"]),
    layer("conv2d", ["own"]),
    layer("dense", ["conv2d"], { className: "Dense", status: "failed", output: null, message: "too small" }),
  ];
  return report(rows, { appended: ["conv2d", "dense"], failure: { layer: "dense", message: "too small", cause: null } });
}

const PICTURES: [string, Report][] = [
  ["glyphs", glyphs()],
  ...(Object.keys(KINDS) as BroadcastKind[]).map((name): [string, Report] => [`kind-${name}`, kind(name)]),
  ...(["ok", "failed", "unreached", "unknown"] as const).map((name): [string, Report] => [`status-${name}`, status(name)]),
  ["appended", ghosts()],
];

/** Decimals are cut to one place: the pictures shall not depend on the last bit of a sum. */
const settled = (svg: string) =>
  svg.replace(/\d+\.\d{2,}/g, (number) => String(Math.round(Number(number) * 10) / 10)).replace(/></g, ">\n<");

describe.each(PICTURES)("%s", (name, made) => {
  test.each(THEMES)("in theme %s", async (theme) => {
    const reply = { report: made, headline: { tone: "passed" as const, text: name }, answers: [], questions: [], elapsedMs: 0 };
    const drawn = settled(await drawSvg(reply, { theme, open: "none" }));
    const file = join(FOLDER, `${name}.${theme}.svg`);
    if (process.env["UPDATE_PICTURES"] === "1") {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(file, drawn);
    }
    expect(existsSync(file), `${file} is missing: run with UPDATE_PICTURES=1 and look at it`).toBe(true);
    expect(drawn).toBe(readFileSync(file, "utf8"));
  });
});

test("names never become markup", async () => {
  const hostile = report([layer("<script>alert(1)</script>"), layer("a&b", ["<script>alert(1)</script>"])]);
  const reply = { report: hostile, headline: { tone: "passed" as const, text: '"><script>' }, answers: [], questions: [], elapsedMs: 0 };
  expect(await drawSvg(reply, { theme: "light" })).not.toContain("<script");
});
