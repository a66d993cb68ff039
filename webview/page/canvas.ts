import type { Picture } from "../../src/model";
import { asImage, bytesOf, colourAt, coloured, numberAt, type Range } from "../draw/colours";
import { element } from "./dom";

/** Height of a bar strip and width of its bars, in pixels of the canvas. */
const STRIP = { height: 64, bar: 4 } as const;

/** A picture in colours; the page's style stretches it. */
export function pictureCanvas(picture: Picture, label: string, range: Range = picture): HTMLCanvasElement {
  return canvasOf(picture.width, picture.height, coloured(picture, range), label);
}

/** Planes as the image that a person would see. */
export function imageCanvas(planes: readonly Picture[], label: string): HTMLCanvasElement {
  const [first] = planes;
  return canvasOf(first?.width ?? 1, first?.height ?? 1, asImage(planes), label);
}

/** One row of numbers as bars from the line of 0. */
export function stripCanvas(picture: Picture, label: string): HTMLCanvasElement {
  const canvas = emptyCanvas(picture.width * STRIP.bar, STRIP.height, label);
  const paper = canvas.getContext("2d");
  const [low, high] = [Math.min(0, picture.min), Math.max(0, picture.max)];
  const spread = high - low || 1;
  const y = (value: number) => ((high - value) / spread) * (STRIP.height - 2) + 1;
  for (const [at, byte] of bytesOf(picture).entries()) {
    const value = numberAt(picture, byte);
    if (paper === null) break;
    const part = value === null ? 0 : (value - picture.min) / (picture.max - picture.min || 1);
    paper.fillStyle = value === null ? "rgb(214 40 28)" : `rgb(${colourAt(part).slice(0, 3).join(" ")})`;
    const [top, bottom] = value === null ? [0, STRIP.height] : [Math.min(y(0), y(value)), Math.max(y(0), y(value))];
    paper.fillRect(at * STRIP.bar, top, STRIP.bar - (picture.width > 48 ? 0 : 1), Math.max(1, bottom - top));
  }
  canvas.classList.add("is-strip");
  return canvas;
}

/** The colours from the least to the greatest number. */
export function legendCanvas(): HTMLCanvasElement {
  const steps = 64;
  const pixels = Uint8ClampedArray.from({ length: steps * 4 }, (_, at) => colourAt(Math.floor(at / 4) / (steps - 1))[at % 4] as number);
  const canvas = canvasOf(steps, 1, pixels, "");
  canvas.setAttribute("aria-hidden", "true");
  canvas.removeAttribute("role");
  canvas.removeAttribute("aria-label");
  return canvas;
}

function canvasOf(width: number, height: number, pixels: Uint8ClampedArray<ArrayBuffer>, label: string): HTMLCanvasElement {
  const canvas = emptyCanvas(width, height, label);
  canvas.getContext("2d")?.putImageData(new ImageData(pixels, width, height), 0, 0);
  return canvas;
}

function emptyCanvas(width: number, height: number, label: string): HTMLCanvasElement {
  return element("canvas", { class: "ls-picture", width, height, role: "img", "aria-label": label, title: label || null });
}
