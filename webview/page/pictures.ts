import { t } from "@vscode/l10n";
import type { LayerPictures, LayerReport, Picture } from "../../src/model";
import { type Range, rangeOf } from "../draw/colours";
import { imageCanvas, legendCanvas, pictureCanvas, stripCanvas } from "./canvas";
import { element } from "./dom";
import { formatNumber } from "./number-facts";

/** Fetches pictures of the report that is shown, each once. */
export interface PictureBook {
  /** Null where there are none. Never rejects. */
  of(layer: LayerReport): Promise<LayerPictures | null>;
  /** Another report is shown. */
  forget(): void;
}

export function pictureBook(fetch: (layerId: string) => Promise<LayerPictures | null>): PictureBook {
  let held = new Map<string, Promise<LayerPictures | null>>();
  return {
    of({ id, stats }) {
      if (!stats) return Promise.resolve(null);
      // A picture that cannot be had is no reason to disturb: the facts stand beside it.
      const asked = held.get(id) ?? fetch(id).catch(() => null);
      held.set(id, asked);
      return asked;
    },
    forget: () => {
      held = new Map();
    },
  };
}

/** Longest side of the large picture, in pixels of the page. */
const LARGE = 192;
/** And of the one in a tooltip. */
const SMALL = 96;

/** The picture of a tooltip: the input as an image, else the mean of all channels. */
export function smallPicture(pictures: LayerPictures): HTMLElement {
  const { kind, planes, whole } = pictures;
  const canvas = planes ? imageCanvas(planes, wholeWords(pictures)) : wholeCanvas(pictures);
  if (kind !== "strip") scale(canvas, SMALL);
  return element("div", { class: "ls-tip-picture" }, canvas, planes ? null : legend(whole));
}

/** All pictures of a layer, for the detail pane. */
export function pictureSection(pictures: LayerPictures): HTMLElement {
  const { kind, planes, whole, channels } = pictures;
  const section = element(
    "section",
    { class: "ls-answer ls-pictures" },
    element("h3", {}, planes ? t("What goes in") : t("What comes out")),
  );
  const row = element("div", { class: "ls-picture-row" });
  if (planes) row.append(figure(scale(imageCanvas(planes, t("the input as an image")), LARGE), t("as an image")));
  else
    row.append(figure(kind === "strip" ? wholeCanvas(pictures) : scale(wholeCanvas(pictures), LARGE), wholeWords(pictures), legend(whole)));
  if (channels.length > 1) row.append(channelGrid(pictures));
  section.append(row);
  return section;
}

function wholeCanvas(pictures: LayerPictures): HTMLCanvasElement {
  return pictures.kind === "strip"
    ? stripCanvas(pictures.whole, wholeWords(pictures))
    : pictureCanvas(pictures.whole, wholeWords(pictures));
}

/** Pictures by kind in words: what is a pixel of the large one. */
function wholeWords({ kind, channelCount, slice, shape, whole }: LayerPictures): string {
  const words = {
    image: () => (channelCount === 1 ? t("the only channel") : t("mean of {0} channels", channelCount)),
    table: () => t("steps downwards, features to the right"),
    strip: () =>
      whole.width < channelCount
        ? t("{0} numbers, of those that share a bar the farthest from 0", channelCount)
        : t("{0} numbers", channelCount),
  };
  const depth = slice === undefined ? [] : [t("slice {0}", slice + 1)];
  const sample = (shape[0] ?? 1) > 1 && shape.length > 1 ? [t("first sample")] : [];
  return [words[kind](), ...depth, ...sample].join(", ");
}

/** The first channels: in the colours of one range, so that they can be compared, or each in its own, so that each can be seen. */
function channelGrid(pictures: LayerPictures): HTMLElement {
  const { channels, channelCount } = pictures;
  const range = rangeOf(channels);
  const grid = element("div", { class: "ls-channels" });
  const scaleRow = legend(range);
  const turn = element("button", { type: "button", class: "ls-link" });
  const draw = (isShared: boolean) => {
    grid.replaceChildren(...channels.map((channel, at) => channelCanvas(channel, at, isShared ? range : channel)));
    scaleRow.style.visibility = isShared ? "" : "hidden";
    turn.textContent = isShared ? t("each in its own colours") : t("all in the same colours");
    turn.onclick = () => draw(!isShared);
  };
  draw(true);
  const words =
    channels.length < channelCount ? t("first {0} of {1} channels", channels.length, channelCount) : t("all {0} channels", channelCount);
  const made = figure(grid, words, scaleRow);
  made.append(turn);
  return made;
}

function channelCanvas(channel: Picture, at: number, range: Range): HTMLCanvasElement {
  return pictureCanvas(channel, t("channel {0}: {1} … {2}", at, formatNumber(channel.min), formatNumber(channel.max)), range);
}

function figure(content: HTMLElement, words: string, below: HTMLElement | null = null): HTMLElement {
  return element(
    "figure",
    { class: content.matches(".is-strip") ? "ls-figure is-wide" : "ls-figure" },
    content,
    below,
    element("figcaption", {}, words),
  );
}

/** The colours with the numbers at their ends. */
function legend({ min, max }: Range): HTMLElement {
  return element(
    "div",
    { class: "ls-scale" },
    element("span", {}, formatNumber(min)),
    legendCanvas(),
    element("span", {}, formatNumber(max)),
  );
}

/** Gives a canvas its size on the page: the longer side `most` pixels, however few it has itself. */
function scale(canvas: HTMLCanvasElement, most: number): HTMLCanvasElement {
  const factor = most / Math.max(canvas.width, canvas.height);
  canvas.style.width = `${Math.max(8, Math.round(canvas.width * factor))}px`;
  canvas.style.height = `${Math.max(8, Math.round(canvas.height * factor))}px`;
  return canvas;
}
