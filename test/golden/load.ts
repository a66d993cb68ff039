import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import type { Json, Shape } from "../../src/model";

/** What real Keras says of one of its applications; see README.md beside this file. */
export interface Golden {
  /** The zoo's name of the same model: `EfficientNetB5?keras=2.9&include_top=true`. */
  spec: string;
  architecture: string;
  includeTop: boolean;
  generation: "3" | "2" | "2.9";
  /** Keras's own version: `3.15.1`. */
  version: string;
  /** Keras's name of the model: `efficientnetb5`. */
  model: string;
  input: Shape;
  output: Shape;
  params: number;
  trainable: number;
  /** Of `hashJson(model.to_json())`. */
  configHash: string;
  /** `model.layers`, in Keras's order; operations of Keras 3 (`Add` of two tensors) are not among them. */
  layers: GoldenLayer[];
  probes: GoldenProbe[];
}

export interface GoldenLayer {
  name: string;
  className: string;
  params: number;
  /** In the order of `layer.weights`; Keras 2 names are `conv1/kernel:0`, those of Keras 3 `kernel`. */
  weights: { name: string; shape: number[] }[];
}

export interface GoldenProbe {
  input: number[];
  /** Layer name → output shape, in running order, as far as the model ran. */
  shapes: Map<string, number[]>;
  /** What the input check of the model said when it refused the tensor before any layer ran. */
  door: string | null;
  failed: { layer: string; className: string; message: string } | null;
  output: number[] | null;
}

interface StoredProbe {
  input: number[];
  shapes: { [layer: string]: number[] };
  door: string | null;
  failed: { layer: string; cls: string; message: string } | null;
  output: number[] | null;
}
type StoredLayer = [name: string, className: string, params: number, weights: [string, number[]][]];
type Stored = Omit<Golden, "layers" | "probes"> & { layers: StoredLayer[]; probes: StoredProbe[] };

const FILE = /^(\w+)\.(3|2|2\.9)\.json\.br$/;

/** Which goldens there are, without reading them. */
export function goldenNames(): Pick<Golden, "architecture" | "includeTop" | "generation" | "spec">[] {
  return readdirSync(__dirname)
    .sort()
    .flatMap((file) => {
      const [, architecture, generation] = FILE.exec(file) ?? [];
      if (!architecture) return [];
      return [false, true].map((includeTop) => name(architecture, generation as Golden["generation"], includeTop));
    });
}

/** One golden. @throws where there is none of that name */
export function golden(architecture: string, generation: Golden["generation"], includeTop = false): Golden {
  const text = brotliDecompressSync(readFileSync(join(__dirname, `${architecture}.${generation}.json.br`))).toString();
  const stored = (JSON.parse(text) as { notop: Stored; top: Stored })[includeTop ? "top" : "notop"];
  return {
    ...stored,
    ...name(architecture, generation, includeTop),
    layers: stored.layers.map(([layer, className, params, weights]) => ({
      name: layer,
      className,
      params,
      weights: weights.map(([weight, shape]) => ({ name: weight, shape })),
    })),
    probes: stored.probes.map((probe) => ({
      ...probe,
      shapes: new Map(Object.entries(probe.shapes)),
      failed: probe.failed && { layer: probe.failed.layer, className: probe.failed.cls, message: probe.failed.message },
    })),
  };
}

function name(architecture: string, generation: Golden["generation"], includeTop: boolean) {
  const spec = `${architecture}?keras=${generation}${includeTop ? "&include_top=true" : ""}`;
  return { spec, architecture, includeTop, generation };
}

/** SHA-256 of JSON with its keys sorted; the same in scripts/golden/compact.mjs. */
export function hashJson(json: Json): string {
  return createHash("sha256").update(canonical(json)).digest("hex");
}

function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key] as Json)}`).join(",")}}`;
}
