import type { ParseArgsConfig } from "node:util";
import { t } from "@vscode/l10n";
import type { ExitStatus } from "./exit";
import type { Terminal } from "./terminal";

type Option = NonNullable<ParseArgsConfig["options"]>[string] & {
  /** What stands for its value in the help: `FILE`. */
  value?: string;
  help: string;
};

/** What was typed after the command's name, sorted out. */
export interface Call {
  model: string;
  /** What stands behind the model, where the command takes that and it is given. */
  second?: string;
  values: { readonly [option: string]: string | boolean | readonly (string | boolean)[] | undefined };
}

export interface Command {
  summary: string;
  takesModel: boolean;
  /** What it takes behind the model, if anything: another model, a question. */
  second?: "OTHER" | "QUESTION";
  options: { [name: string]: Option };
  examples: string[];
  /** Loaded when it is called, so that no command waits for another's libraries. */
  run: (call: Call, terminal: Terminal) => Promise<ExitStatus>;
}

const json: Option = { type: "boolean", help: t("one JSON document a line on standard output and nothing else") };
const batch: Option = { type: "string", value: "N", help: t("size of the batch axis (default 1)") };
const input: Option = {
  type: "string",
  multiple: true,
  value: "SHAPE",
  help: t(
    "tensor without batch: 128x128x1, of several inputs by name left=40x40x3,right=40x60x3 or in their order 40x40x3,40x60x3; default: what the model suggests",
  ),
};
const weights: Option = {
  type: "string",
  value: "FILE",
  help: t("the numbers of its weights: *.weights.h5, .h5 or .keras (default: the model's own file)"),
};
const probeOptions = {
  batch,
  mode: { type: "string", value: "MODE", help: t("feed: the built model gets this tensor (default); rebuild: its input is declared anew") },
  engine: {
    type: "string",
    value: "ENGINE",
    help: t("shapes (default) needs no weights; auto runs real numbers: on native where that is set up (layerscope native), else on wasm"),
  },
  fill: {
    type: "string",
    value: "FILL",
    help: t(
      "zeros (default), ones, ramp, random:SEED or image:PATH, read as tf.keras.utils.load_img does, for which the engine is auto unless it is named",
    ),
  },
  preprocess: {
    type: "string",
    value: "HOW",
    help: t(
      "of the image's pixels: auto (default: as the application's own preprocess_input does; of other models none), none (0 to 255), unit (0 to 1), tf (-1 to 1), torch or caffe",
    ),
  },
} satisfies { [name: string]: Option };

const editOptions = {
  cut: { type: "string", value: "LAYER", help: t("end the model at what this layer gives: mixed7") },
  "remove-top": { type: "boolean", help: t("end it at what its own classifier reads") },
  append: {
    type: "string",
    value: "LAYERS",
    help: t("then put layers behind it, as Keras calls them: 'Conv2D(64, 3, strides=2)|GlobalAveragePooling2D|Dense(9)'"),
  },
} satisfies { [name: string]: Option };

/** Every command by its name, in the order of the help. */
export const COMMANDS: { readonly [name: string]: Command } = {
  inspect: {
    summary: t("send a tensor through a model; show what happens at every layer and why"),
    takesModel: true,
    options: {
      input: { ...input, help: t("{0}; given again: one report each", input.help) },
      ...probeOptions,
      ...editOptions,
      weights,
      all: { type: "boolean", help: t("list every operation of a large graph, not a line a scope") },
      json,
      svg: { type: "string", value: "FILE", help: t("also draw the graph into FILE") },
      markdown: { type: "string", value: "FILE", help: t("also write the report into FILE, to paste into an issue") },
    },
    examples: [
      "inspect EfficientNetB5 --input 128x128x1",
      "inspect model.h5 --json",
      "inspect model.h5 --fill image:cat.jpg",
      "inspect MobileNetV2?include_top=true&pooling=avg",
      "inspect InceptionV3 --cut mixed7 --append 'GlobalAveragePooling2D|Dense(9)'",
    ],
    run: async (call, terminal) => (await import("./inspect/inspect")).inspect(call, terminal),
  },
  sizes: {
    summary: t("smallest valid input, sizes that waste no border, accepted channels"),
    takesModel: true,
    options: {
      input: {
        ...input,
        multiple: false,
        value: "SIZE",
        help: t("a size that you wish for, like 208x104: what runs beside it and near it"),
      },
      json: { type: "boolean", help: t("one JSON document on standard output and nothing else") },
    },
    examples: ["sizes InceptionV3", "sizes MobileNetV2 --input 208x104", "sizes model.h5 --json"],
    run: async (call, terminal) => (await import("./sizes")).sizes(call, terminal),
  },
  head: {
    summary: t("ways to end the model in classes: their output, parameters and Keras code"),
    takesModel: true,
    options: {
      input: { ...input, multiple: false },
      ...editOptions,
      classes: { type: "string", value: "N", help: t("how many classes the head has (default 1000, as ImageNet)") },
      option: { type: "string", value: "NAME", help: t("print only the code of one: average, max, flatten, dense or none") },
      json,
    },
    examples: ["head MobileNetV2 --input 160x160x3 --classes 9", "head model.h5 --json", "head VGG16 --option flatten > model.py"],
    run: async (call, terminal) => (await import("./head")).head(call, terminal),
  },
  compare: {
    summary: t("where two probes of a model part, or two models"),
    takesModel: true,
    second: "OTHER",
    options: {
      input: { ...input, help: t("{0}; one for each side, or one for both of two models", input.help) },
      batch,
      preset: {
        type: "string",
        value: "NAME",
        help: t(
          "grayscale: colour against gray; top: a Keras Application without its top against with it; pooling: without pooling against with it",
        ),
      },
      all: { type: "boolean", help: t("list layers that are the same, too") },
      json,
    },
    examples: [
      "compare EfficientNetB5 --input 128x128x3 --input 128x128x1",
      "compare MobileNetV2 --preset top",
      "compare MobileNetV2 feature_vector --input 160x160x3",
    ],
    run: async (call, terminal) => (await import("./compare")).compare(call, terminal),
  },
  ask: {
    summary: t("questions that people have about a model, and their answers"),
    takesModel: true,
    second: "QUESTION",
    options: {
      input: { ...input, multiple: false },
      batch,
      mode: probeOptions.mode,
      ...editOptions,
      classes: { type: "string", value: "N", help: t("head: how many classes (default 1000, as ImageNet)") },
      size: { type: "string", value: "SIZE", help: t("sizes: a size that you wish for, like 208x104 (default: that of the input)") },
      with: { type: "string", value: "MODEL", help: t("other: the model to compare with") },
      json,
    },
    examples: ["ask MobileNetV2", "ask MobileNetV2 head --input 160x160x3 --classes 9", "ask EfficientNetB0 arguments --input 128x128x1"],
    run: async (call, terminal) => (await import("./ask")).ask(call, terminal),
  },
  serve: {
    summary: t("the view, in a browser, on the loopback address only"),
    takesModel: true,
    options: {
      input: { ...input, multiple: false },
      ...probeOptions,
      ...editOptions,
      weights,
      port: { type: "string", value: "N", help: t("port to listen on (default: any that is free)") },
      "no-open": { type: "boolean", help: t("only print the address") },
    },
    examples: ["serve EfficientNetB5 --input 128x128x1"],
    run: async (call, terminal) => (await import("./serve/serve")).serve(call, terminal),
  },
  models: {
    summary: t("the zoo: Keras Applications that can be named instead of a file"),
    takesModel: false,
    options: { json },
    examples: ["models --json"],
    run: async (call, terminal) => (await import("./models")).models(call, terminal),
  },
  native: {
    summary: t("set up TensorFlow's native library, which the engine native runs real numbers with"),
    takesModel: false,
    options: {
      from: {
        type: "string",
        value: "WAY",
        help: t(
          "python: the TensorFlow that a Python here has; download: as tfjs-node does; wheel: the Python package index (default: the first of these that works)",
        ),
      },
      python: { type: "string", value: "PATH", help: t("the interpreter to use (default: $LAYERSCOPE_PYTHON, python3, python)") },
      check: { type: "boolean", help: t("only say whether it is set up (exit status 1 where it is not)") },
      remove: { type: "boolean", help: t("undo it") },
    },
    examples: ["native", "native --from wheel"],
    run: async (call, terminal) => (await import("./native")).native(call, terminal),
  },
};
