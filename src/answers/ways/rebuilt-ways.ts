import { t } from "@vscode/l10n";
import type { AsBase, DeclareRun, Report, Way } from "../../model";
import type { CodeBase } from "../code/base";
import { pythonLiteral } from "../code/python";
import { readsInputAlone } from "../report/repeats";
import { counted, paragraph } from "../words";
import { cloneCode } from "./clone";

/** A model whose input was declared anew (mode rebuild), and how Python gets hold of the one that it was made from. */
export interface Rebuilt {
  rebuilt: Report;
  base: CodeBase;
}

/** What the model with another declared input is made by: with all its weights, or with a first kernel made to fit. Empty where neither can be. */
export function rebuiltWays({ rebuilt, base }: Rebuilt): Way[] {
  if (rebuilt.failure || rebuilt.outputs.length === 0) return [];
  if (rebuilt.misfits.length > 0) return rescued({ rebuilt, base });
  const code = cloneCode({ base, rebuilt });
  return code === null
    ? []
    : [{ title: t("Declare the input anew and keep every weight"), code, gives: givenBy(rebuilt), probe: rebuilt.probe }];
}

const givenBy = ({ outputs, model }: Report): { output: number[]; parameters: number } => ({
  output: outputs[0]?.shape ?? [],
  parameters: model.parameters,
});

/** Axis of the channels that come in, in the kernel of a convolution, from its end. */
const CHANNELS_IN = -2;

/** A convolution's kernel that is for other channels than the new input has. */
interface OtherKernel {
  layer: string;
  pretrained: number[];
  needed: number[];
}

/** The one weight that does not fit, where it is the kernel of a convolution that reads the channels of the input; null where it is another. */
export function otherKernel({ misfits, layers, model }: Report): OtherKernel | null {
  const [misfit, ...others] = misfits;
  const row = layers.find(({ id }) => id === misfit?.layer);
  if (!misfit || !row || others.length > 0 || misfit.layer.includes("/") || !/^Conv[123]D$/.test(row.className)) return null;
  const { pretrained, needed } = misfit;
  const isOfInput = needed.at(CHANNELS_IN) === model.inputs[0]?.declared.at(-1);
  const isAlike = pretrained.every((size, axis) => axis === pretrained.length + CHANNELS_IN || size === needed[axis]);
  return isOfInput && isAlike && row.weights[0]?.name === misfit.weight ? { layer: misfit.layer, pretrained, needed } : null;
}

/** How the kernel gets its numbers; the first row that fits counts. */
interface Rescue {
  fits(before: number, now: number): boolean;
  title(before: number, now: number): string;
  text(before: number, now: number): string;
  /** What is the same as before, where the kernel reads the input and nothing else does. */
  claim(before: number): string;
  /** Lines that make the new kernel of the one at `weights[0]`. */
  lines(kernel: OtherKernel): string[];
  needsNumpy?: true;
  asBase: AsBase;
}

const RESCUES: readonly Rescue[] = [
  {
    fits: (_, now) => now === 1,
    title: () => t("Declare 1 channel and sum the first kernel"),
    text: (before) => t("The usual rescue: the kernel is summed over its {0} channels.", before),
    claim: (before) =>
      t("For a gray image the model then gives, number for number, what the original gives for it repeated {0} times.", before),
    lines: () => ["weights[0] = weights[0].sum(axis=-2, keepdims=True)"],
    asBase: "repeated",
  },
  {
    fits: (before, now) => now > before,
    title: (before, now) =>
      before === 1
        ? t("Declare {0} channels and keep the first kernel for one of them", now)
        : t("Declare {1} channels and keep the first kernel for {0} of them", before, now),
    text: () =>
      t(
        "The kernel gets zeros for the channels that are new, and learns to use them. The mean of the others, weights[0].mean(axis=-2, keepdims=True), is the other habit.",
      ),
    claim: () => t("At first the model gives, number for number, what the original gives without the new channels."),
    lines: ({ pretrained, needed }) => {
      const more = needed.map((size, axis) => (axis === needed.length + CHANNELS_IN ? size - (pretrained[axis] as number) : size));
      return [`more = np.zeros(${pythonLiteral(more)}, "float32")`, "weights[0] = np.concatenate([weights[0], more], axis=-2)"];
    },
    needsNumpy: true,
    asBase: "first",
  },
  {
    fits: () => true,
    title: (_, now) => t("Declare {0} channels and share the first kernel among them", now),
    text: (before, now) => t("Each of the {1} channels gets the sum of the kernel over its {0} channels, divided by {1}.", before, now),
    claim: () => t("For channels that are all the same the model gives what the original gives for them."),
    lines: ({ needed }) => {
      const now = needed.at(CHANNELS_IN) as number;
      return [`shared = weights[0].sum(axis=-2, keepdims=True) / ${now}`, `weights[0] = np.repeat(shared, ${now}, axis=-2)`];
    },
    needsNumpy: true,
    asBase: "repeated",
  },
];

function rescued({ rebuilt, base }: Rebuilt): Way[] {
  const kernel = otherKernel(rebuilt);
  if (!kernel) return [];
  const [before, now] = [kernel.pretrained.at(CHANNELS_IN) as number, kernel.needed.at(CHANNELS_IN) as number];
  const rescue = RESCUES.find(({ fits }) => fits(before, now)) as Rescue;
  const lines = rescue.lines(kernel);
  const imports = rescue.needsNumpy ? ["import numpy as np"] : [];
  const code = cloneCode({ base, rebuilt, change: { layer: kernel.layer, lines, imports } });
  if (code === null) return [];
  const isSame = readsInputAlone(rebuilt, kernel.layer);
  const text = paragraph([rescue.text(before, now), ...(isSame ? [rescue.claim(before)] : [])]);
  const gives = { ...givenBy(rebuilt), ...(isSame ? { asBase: rescue.asBase } : {}) };
  return [{ title: rescue.title(before, now), text, code, gives, probe: rebuilt.probe }];
}

/** Pooling in the place of the Flatten that ties a model to its size. */
export function pooledWays({ pooled }: DeclareRun, base: CodeBase): Way[] {
  if (!pooled || pooled.report.failure || pooled.report.outputs.length === 0) return [];
  const lost = [...new Set(pooled.report.misfits.map(({ layer }) => layer))];
  const instead = { layer: pooled.flatten, className: pooled.className, config: {} };
  const code = lost.some((layer) => layer.includes("/")) ? null : cloneCode({ base, rebuilt: pooled.report, instead, without: lost });
  if (code === null) return [];
  return [
    {
      title: t("Pool in the place of {0}, for every size", pooled.flatten),
      text: t(
        "Of {0}, {1} does not fit and has to be trained anew: {2}.",
        counted(
          pooled.report.layers.reduce((sum, { weights }) => sum + weights.length, 0),
          "weight",
        ),
        counted(pooled.report.misfits.length, "weight"),
        lost.join(", "),
      ),
      code,
      gives: givenBy(pooled.report),
    },
  ];
}
