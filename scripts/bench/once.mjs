// A process of its own for one measurement: `node once.mjs BUNDLE WHAT ARGUMENT`; prints what it measured as JSON.
import { createRequire } from "node:module";

const [bundle, what, argument] = process.argv.slice(2);
const { holdModel, listZoo } = createRequire(import.meta.url)(bundle);
const probe = (held) => ({
  inputs: Object.fromEntries(held.opened.inputs.map(({ name, suggested }) => [name, suggested])),
  mode: "feed",
  engine: "shapes",
  fill: "zeros",
});
const since = (begun) => performance.now() - begun;
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Milliseconds of a further probe, when Node has had time to compile what it runs; the fastest tells what a quiet machine would say. */
async function furtherProbe(from, warm, timed) {
  const held = await holdModel(from);
  for (let run = 0; run < warm; run++) await held.probe(probe(held));
  const times = [];
  for (let run = 0; run < timed; run++) times.push((await held.probe(probe(held))).elapsedMs);
  const { layers } = held.opened;
  held.dispose();
  return { ms: median(times), fastestMs: Math.min(...times), layers };
}

const MEASURES = {
  /** Config to first report. */
  async first(spec) {
    const begun = performance.now();
    const held = await holdModel({ kind: "zoo", spec });
    await held.probe(probe(held));
    return { ms: since(begun) };
  },
  further: (spec) => furtherProbe({ kind: "zoo", spec }, 20, 21),
  furtherFile: (path) => furtherProbe({ kind: "path", path }, 3, 9),
  /** Every model of the zoo with at most `argument` layers; the slowest. */
  async zoo(mostLayers) {
    // Else the first of the alphabet would be measured while Node still compiles.
    await furtherProbe({ kind: "zoo", spec: "EfficientNetB0" }, 30, 1);
    let worst = { ms: 0, name: "", layers: 0 };
    let models = 0;
    for (const { name } of listZoo()) {
      const each = await furtherProbe({ kind: "zoo", spec: name }, 5, 9);
      if (each.layers > Number(mostLayers)) continue;
      models++;
      if (each.ms > worst.ms) worst = { ...each, name };
    }
    return { ...worst, models };
  },
  /** The search for sizes, right after the model was opened. */
  async sizes(spec) {
    const held = await holdModel({ kind: "zoo", spec });
    const begun = performance.now();
    await held.sizes({});
    return { ms: since(begun) };
  },
  /** The same of every model of the zoo, one after the other in one process; the slowest. */
  async allSizes() {
    let worst = { ms: 0, name: "" };
    for (const { name } of listZoo()) {
      const held = await holdModel({ kind: "zoo", spec: name });
      const begun = performance.now();
      await held.sizes({});
      if (since(begun) > worst.ms) worst = { ms: since(begun), name };
      held.dispose();
    }
    return worst;
  },
  /** Opening a file and one probe. */
  async file(path) {
    const begun = performance.now();
    const held = await holdModel({ kind: "path", path });
    await held.probe(probe(held));
    return { ms: since(begun), peakMb: process.resourceUsage().maxRSS / 1024 };
  },
};
console.log(JSON.stringify(await MEASURES[what](argument)));
