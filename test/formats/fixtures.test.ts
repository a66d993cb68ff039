import { basename, dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { fileSource, memorySource, openModel, readSmallWeight } from "../../src/formats";
import { elementCount, type Layer, type Model, type Network } from "../../src/model";
import { type Fixture, fixtures } from "../fixtures/load";

const QUANTIZED_STEP = 1 / 255;

function leaves(network: Network): Layer[] {
  return network.layers.flatMap((layer) => (layer.network ? leaves(layer.network) : [layer]));
}

async function open(fixture: Fixture): Promise<{ model: Model; small: { [path: string]: number[] | null } }> {
  const source = fileSource(fixture.path);
  const model = await openModel(source);
  const small = model.weights.filter(({ shape }) => elementCount(shape) <= 8);
  const read = Object.fromEntries(small.map((entry) => [`${entry.layer}:${entry.name}`, readSmallWeight(source, entry)]));
  source.close();
  return { model, small: read };
}

const rows = fixtures().map((fixture) => [fixture.name, fixture] as const);
/** A config has no weights. */
const rowsWithWeights = rows.filter(([, { format }]) => format !== "keras-json");

describe.each(rows)("%s", (_name, fixture) => {
  const { golden, format, kerasMajor } = fixture;

  test("is recognized by content", async () => {
    const { model } = await open(fixture);
    expect(model).toMatchObject({ name: basename(fixture.path), format, kerasMajor });
    if (format !== "keras-json" || kerasMajor === 2) expect(model.producer).toBe(`keras ${golden.version}`);
  });

  test("has the layers that Keras lists, with their paths and classes", async () => {
    const { model } = await open(fixture);
    const paths = new Map(leaves(model.network).map(({ id, className }) => [id, className]));
    for (const [path, className] of golden.layers) expect(paths.get(path), path).toBe(className);
    const listed = new Set(golden.layers.map(([path]) => path));
    const rest = leaves(model.network).filter(({ id }) => !listed.has(id));
    // Keras lists neither a Sequential's input nor operations among the layers.
    for (const layer of rest) expect(layer.className === "InputLayer" || layer.module?.startsWith("keras.src.ops"), layer.id).toBe(true);
  });

  test("declares its inputs as Keras does", async () => {
    const { model } = await open(fixture);
    const declared = model.network.inputs.map(({ layer }) => {
      const { config } = model.network.layers.find(({ name }) => name === layer) as Layer;
      return [layer, config["batch_shape"] ?? config["batch_input_shape"]];
    });
    expect(declared).toEqual(golden.inputs);
  });

  test("opens from memory as from the disk", async () => {
    const onDisk = fileSource(fixture.path);
    const files = format === "tfjs-layers" ? fileSource(dirname(fixture.path)).list() : [basename(fixture.path)];
    const bytes = new Map(files.map((file) => [file, onDisk.read(file, 0, onDisk.size(file))]));
    const fromMemory = await openModel(memorySource(basename(fixture.path), bytes));
    expect(fromMemory).toEqual(await openModel(onDisk));
    onDisk.close();
  });
});

describe.each(rowsWithWeights)("%s", (_name, fixture) => {
  const { golden, format } = fixture;

  test("catalogues every weight", async () => {
    const { model } = await open(fixture);
    const catalogued = model.weights.map(({ layer, name, shape }) => `${layer}:${name} ${shape}`);
    const expected = golden.layers.flatMap(([path, , weights]) => weights.map(([name, shape]) => `${path}:${name} ${shape}`));
    expect(catalogued.sort()).toEqual(expected.sort());
    expect(model.weights.reduce((sum, { shape }) => sum + elementCount(shape), 0)).toBe(golden.params);
  });

  test("reads the numbers of small weights", async () => {
    const { small } = await open(fixture);
    expect(Object.keys(small).sort()).toEqual(Object.keys(golden.smallWeights).sort());
    for (const [path, numbers] of Object.entries(golden.smallWeights)) {
      const read = small[path] as number[];
      expect(read.length, path).toBe(numbers.length);
      read.forEach((number, index) => {
        expect(Math.abs(number - (numbers[index] as number)), path).toBeLessThan(format === "tfjs-layers" ? QUANTIZED_STEP : 1e-6);
      });
    }
  });
});
