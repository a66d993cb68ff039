import { describe, expect, test } from "vitest";
import { type ImageInput, type LayerPictures, type LayerReport, type NumbersReport, publicReport, type Report } from "../../../src/model";
import { findMarks } from "../../../webview/draw/marks";
import { mayLackWeights, notesOf } from "../../../webview/page/notes";
import { formatNumber, formatShare, formatTime, numberFacts, totalTime } from "../../../webview/page/number-facts";
import { pictureBook } from "../../../webview/page/pictures";
import { withEngine, withFill } from "../../../webview/page/terms";
import { slowest } from "../../../webview/page/times";
import { layer, report } from "../reports";

const stats = { min: -1, max: 3, mean: 0.5, std: 0.25, zeros: 64, nans: 0 };
const numbers: NumbersReport = { weightsFromFile: 4, drawn: [], surplus: [], differing: [], ended: null };
const probe = { inputs: {}, mode: "feed", engine: "wasm", fill: "ramp" } as const;
const run = (rows: LayerReport[], found: Partial<NumbersReport> = {}) => report(rows, { probe, numbers: { ...numbers, ...found } });

describe("in words", () => {
  test.each([
    [0.004, "0.00 ms"],
    [0.421, "0.42 ms"],
    [12.34, "12.3 ms"],
    [1240, "1.24 s"],
  ])("%f milliseconds are %s", (milliseconds, text) => expect(formatTime(milliseconds)).toBe(text));
  test.each([
    [0, "0 %"],
    [0.0001, "<0.1 %"],
    [0.0123, "1.2 %"],
    [0.5, "50 %"],
    [1, "100 %"],
  ])("%f of all is %s", (share, text) => expect(formatShare(share)).toBe(text));
  test.each([
    [0, "0"],
    [0.123456, "0.1235"],
    [-0.00000207, "-2.07e-6"],
    [123456.7, "123500"],
    [-2e7, "-2.00e+7"],
  ])("%f is %s", (value, text) => expect(formatNumber(value)).toBe(text));
});

describe("facts of a layer with numbers", () => {
  const facts = (row: Partial<LayerReport>, found: Partial<NumbersReport> = {}) => {
    const made = layer("a", ["x"], row);
    return Object.fromEntries(
      numberFacts(made, run([layer("x", [], { milliseconds: 3 }), made], found)).map(({ label, value }) => [label, value]),
    );
  };
  test("time and its share, spread, range, zeros, and that the shape held", () => {
    expect(facts({ milliseconds: 1, stats })).toEqual({
      time: "1.00 ms · 25 %",
      "mean ± deviation": "0.5 ± 0.25",
      range: "-1 … 3",
      zeros: "25 %",
      shape: "verified on wasm ✓",
    });
  });
  test("NaN stands in front, in red", () => {
    const row = layer("a", ["x"], { milliseconds: 1, stats: { ...stats, nans: 128 } });
    expect(numberFacts(row, run([row]))[1]).toMatchObject({ label: "NaN, infinite", value: "128 · 50 %", tone: "failed" });
  });
  test("nothing but NaN has no range", () => {
    expect(Object.keys(facts({ milliseconds: 1, stats: { ...stats, nans: 256 } }))).toEqual(["time", "NaN, infinite", "shape"]);
  });
  test("another shape than foretold is a fault of ours", () => {
    expect(facts({ milliseconds: 1, stats }, { differing: ["a"] })["shape"]).toBe("another on wasm: a fault of Layerscope");
  });
  test("without a run on numbers there are none", () => {
    expect(numberFacts(layer("a"), report([layer("a")]))).toEqual([]);
  });
});

describe("notes beside the headline", () => {
  const rows = [layer("a"), layer("b", ["a"]), layer("c", ["b"])];
  const said = (found: Partial<NumbersReport>, layers = rows) => notesOf(run(layers, found)).map(({ tone, text }) => `${tone}: ${text}`);
  test.each<[string, Partial<NumbersReport>, string[]]>([
    ["all is well", {}, ["quiet: shapes verified on wasm"]],
    [
      "no weights at all",
      { weightsFromFile: 0, drawn: ["a/kernel", "a/bias"] },
      ["caution: All weights are random: no file has them, so these numbers mean little", "quiet: shapes verified on wasm"],
    ],
    [
      "one weight is missing",
      { drawn: ["a/kernel"] },
      ["caution: 1 of 5 weights is random: no file has them, so these numbers mean little", "quiet: shapes verified on wasm"],
    ],
    [
      "weights of another file",
      { weightsNote: "The weights are those of w.h5." },
      ["quiet: The weights are those of w.h5", "quiet: shapes verified on wasm"],
    ],
    [
      "weights that nobody wants",
      { surplus: ["z/kernel"] },
      ["caution: 1 weight of the file belongs to no layer", "quiet: shapes verified on wasm"],
    ],
    ["numbers end", { ended: { layer: "b", why: "no kernel" } }, ["caution: Numbers end at b: no kernel"]],
    ["shapes differ", { differing: ["b", "c"] }, ["failed: A fault of Layerscope's: 2 layers gave another shape on wasm than foretold"]],
  ])("%s", (_, found, expected) => expect(said(found)).toEqual(expected));

  test("an image is named, and what was done to its pixels", () => {
    const input = { name: "a", mode: "rgb", width: 4, height: 3, bits: 8 } as const;
    const of = (found: Pick<ImageInput, "preprocessing" | "because">) => {
      const image = { name: "cat.png", width: 9, height: 9, inputs: [{ ...input, ...found }], others: [] };
      return notesOf({ ...run(rows, { image }), model: { ...run(rows).model, name: "VGG16?include_top=true" } })[0];
    };
    const texts = [
      of({ preprocessing: "caffe", because: "model" }),
      of({ preprocessing: "none", because: "unknown" }),
      of({ preprocessing: "none", because: "unfit" }),
      of({ preprocessing: "unit", because: "asked" }),
    ].map((note) => note?.text);
    expect(texts).toEqual([
      "cat.png: 3×4 RGB, BGR, less ImageNet’s means as VGG16’s preprocess_input gives it",
      "cat.png: 3×4 RGB, 0 to 255, as nobody says what this model expects",
      "cat.png: 3×4 RGB, 0 to 255, as VGG16’s preprocess_input needs three channels",
      "cat.png: 3×4 RGB, 0 to 1",
    ]);
    expect(of({ preprocessing: "caffe", because: "model" })?.hint).toBe(
      "a holds the image cat.png as 3×4 RGB, BGR, less ImageNet’s means, its 9×9 pixels brought to that size by nearest neighbours as load_img does; pixels as VGG16’s preprocess_input makes them (mode caffe).",
    );
  });

  test("the first NaN is named, and marked in the graph", () => {
    const bad = { ...stats, nans: 1 };
    const layers = [layer("a", [], { stats }), layer("b", ["a"], { stats: bad }), layer("c", ["b"], { stats: bad })];
    expect(said({}, layers)[0]).toBe("failed: NaN or infinity from b on");
    expect([...findMarks(run(layers))]).toEqual([["b", expect.objectContaining({ tone: "failed", text: "NaN" })]]);
  });

  test.each<[string, Report["model"]["format"], Partial<NumbersReport>, boolean]>([
    ["of the zoo", "zoo", {}, true],
    ["that is a config", "keras-json", {}, true],
    ["whose file has all", "keras-h5", {}, false],
    ["whose file lacks some", "keras-h5", { drawn: ["a/kernel"] }, true],
    ["that has those of another file", "keras-h5", { weightsNote: "The weights are those of w.h5." }, true],
  ])("whether weights may be wanted for a model %s", (_, format, found, may) => {
    const ran = run(rows, found);
    expect(mayLackWeights({ ...ran, model: { ...ran.model, format } })).toBe(may);
    expect(mayLackWeights({ ...report(rows), model: { ...ran.model, format } })).toBe(false);
  });

  test("without numbers there are none", () => expect(notesOf(report(rows))).toEqual([]));

  test("a report for others has no path in it", () => {
    const made = publicReport({ ...run(rows), probe: { ...probe, fill: "image:/home/somebody/cat.png" } });
    expect(JSON.parse(made)).toMatchObject({ schema: 1, probe: { fill: "image" }, numbers });
    expect(made).not.toContain("somebody");
    expect(JSON.parse(publicReport(run(rows))).probe.fill).toBe("ramp");
  });
});

test("the slowest layers come first, with their share", () => {
  const made = run(Array.from({ length: 10 }, (_, at) => layer(`l${at}`, [], { milliseconds: at })));
  expect(totalTime(made)).toBe(45);
  expect(slowest(made).map(({ id, share }) => [id, share])).toEqual([9, 8, 7, 6, 5, 4].map((at) => [`l${at}`, at / 45]));
  expect(slowest(report([layer("a")]))).toEqual([]);
});

describe("what is chosen in the probe bar", () => {
  const terms = { mode: "feed", engine: "shapes", fill: "zeros" } as const;
  test.each([
    ["from shapes to numbers, zeros give way to a ramp", terms, "wasm", "ramp"],
    ["but no other fill does", { ...terms, fill: "ones" }, "wasm", "ones"],
    ["and zeros that were chosen stay", { ...terms, engine: "wasm" }, "native", "zeros"],
    ["nor does the way back change it", { ...terms, engine: "wasm", fill: "random:3" }, "shapes", "random:3"],
  ] as const)("%s", (_, before, engine, fill) => {
    expect(withEngine(before, engine)).toEqual({ ...before, engine, fill });
  });
  test.each([
    ["zeros", "random", "random:1"],
    ["random:7", "random", "random:7"],
    ["random:7", "ones", "ones"],
    ["ramp", "image:/a/cat.png", "image:/a/cat.png"],
    ["image:/a/cat.png", "image:/b/dog.png", "image:/b/dog.png"],
    ["image:/a/cat.png", "random", "random:1"],
  ])("%s, then %s, is %s", (fill, kind, expected) => {
    expect(withFill({ ...terms, fill }, kind).fill).toBe(expected);
  });
});

describe("the book of pictures", () => {
  const row = layer("a", [], { stats });
  const taken: LayerPictures = {
    kind: "strip",
    shape: [1, 1],
    whole: { width: 1, height: 1, min: 0, max: 0, bytes: "AA==" },
    channels: [],
    channelCount: 1,
  };
  test("asks once for each layer of a report", async () => {
    const asked: string[] = [];
    const book = pictureBook(async (id) => {
      asked.push(id);
      return taken;
    });
    expect(await Promise.all([book.of(row), book.of(row)])).toEqual([taken, taken]);
    expect(asked).toEqual(["a"]);
    book.forget();
    await book.of(row);
    expect(asked).toEqual(["a", "a"]);
  });
  test("asks for none of a layer without numbers, and a failure is no picture", async () => {
    const book = pictureBook(() => Promise.reject(new Error("gone")));
    expect(await book.of(layer("b"))).toBeNull();
    expect(await book.of(row)).toBeNull();
  });
});
