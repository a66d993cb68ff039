import { t } from "@vscode/l10n";
import type { LayerReport, Report } from "../../src/model";
import type { Fact } from "./fact";

const HINTS = {
  time: t("How long this layer took, and its share of all layers. The first call only."),
  spread: t("Mean and standard deviation of the numbers that leave the layer."),
  range: t("The least and the greatest of them."),
  zeros: t("How many of them are exactly 0."),
  shape: t("Whether the engine gave the shape that was foretold."),
};

/** `0.42 ms`, `12.3 ms`, `1.24 s`. */
export function formatTime(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toPrecision(3)} s`;
  return `${milliseconds < 10 ? milliseconds.toFixed(2) : milliseconds.toPrecision(3)} ms`;
}

/** At most four significant digits; what is very small or large with an exponent: `-2.08e-6`. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e6) ? value.toExponential(2) : String(Number(value.toPrecision(4)));
}

/** `12 %`; small shares with one decimal. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return "<0.1 %";
  return `${percent < 10 && percent > 0 ? percent.toFixed(1) : Math.round(percent)} %`;
}

/** What all layers took together, in milliseconds. */
export const totalTime = ({ layers }: Report) => layers.reduce((sum, { milliseconds = 0 }) => sum + milliseconds, 0);

/** What a run on numbers found at a layer; nothing without one. */
export function numberFacts(row: LayerReport, report: Report): Fact[] {
  return [...timeFacts(row, report), ...spreadFacts(row), ...heldFacts(row, report)];
}

function timeFacts({ milliseconds }: LayerReport, report: Report): Fact[] {
  if (milliseconds === undefined) return [];
  const share = milliseconds / Math.max(totalTime(report), Number.MIN_VALUE);
  return [{ label: t("time"), value: `${formatTime(milliseconds)} · ${formatShare(share)}`, hint: HINTS.time }];
}

function spreadFacts({ stats, output }: LayerReport): Fact[] {
  if (!stats) return [];
  const count = (output?.[0] ?? []).reduce((product, size) => product * size, 1);
  const { min, max, mean, std, zeros, nans } = stats;
  const notNumbers: Fact[] =
    nans === 0
      ? []
      : [{ label: t("NaN, infinite"), value: `${nans.toLocaleString("en-US")} · ${formatShare(nans / count)}`, tone: "failed" }];
  if (nans === count) return notNumbers;
  return [
    ...notNumbers,
    { label: t("mean ± deviation"), value: `${formatNumber(mean)} ± ${formatNumber(std)}`, hint: HINTS.spread },
    { label: t("range"), value: `${formatNumber(min)} … ${formatNumber(max)}`, hint: HINTS.range },
    { label: t("zeros"), value: zeros === 0 ? t("none") : formatShare(zeros / count), hint: HINTS.zeros },
  ];
}

function heldFacts({ id, milliseconds }: LayerReport, { numbers, probe }: Report): Fact[] {
  if (!numbers || milliseconds === undefined) return [];
  return numbers.differing.includes(id)
    ? [{ label: t("shape"), value: t("another on {0}: a fault of Layerscope", probe.engine), tone: "failed", hint: HINTS.shape }]
    : [{ label: t("shape"), value: t("verified on {0} ✓", probe.engine), hint: HINTS.shape }];
}
