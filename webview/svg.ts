import { config } from "@vscode/l10n";
import { select } from "d3";
import { DOMParser } from "linkedom";
import type { ProbeReply } from "../src/helper/protocol";
import { drawGraph } from "./draw/graph";
import { compose, prepare, type Subject, subjectOf } from "./draw/scene";
import { GRAPH_STYLE } from "./draw/style";
import { layersOf } from "./graph/summary";
import type { Item } from "./groups";
import { layOut } from "./layout/layout";
import { colour, type ThemeName, withColours } from "./theme/palette";

export interface SvgOptions {
  theme: ThemeName;
  /** Which groups are open: none, all, or (the default) those that hold a mark. */
  open?: "none" | "all" | "marks";
  /** File of the texts in another language than English. */
  textsFile?: string | null;
}

/** The graph of a reply as a standalone SVG: styles inside, concrete colours, no script. */
export async function drawSvg(reply: ProbeReply, { theme, open = "marks", textsFile = null }: SvgOptions): Promise<string> {
  if (textsFile !== null) config({ fsPath: textsFile });
  const subject = subjectOf(reply.report);
  const { boxes, request } = prepare(subject, openGroups(subject, open));
  const scene = compose(subject, boxes, layOut(request));
  const svg = select<SVGSVGElement, unknown>(emptySvg());
  const [width, height] = [Math.ceil(scene.layout.width), Math.ceil(scene.layout.height)];
  svg.attr("class", "ls-graph").attr("viewBox", `0 0 ${width} ${height}`).attr("width", width).attr("height", height);
  svg.attr("role", "tree").attr("aria-label", reply.headline.text);
  svg.append("style").text(withColours(GRAPH_STYLE, theme));
  svg.append("rect").attr("width", "100%").attr("height", "100%").attr("fill", colour("background", theme));
  drawGraph(svg.append<SVGGElement>("g"), scene);
  return withColours(svg.node()?.outerHTML ?? "", theme);
}

/** An XML document, not an HTML one: only there does linkedom escape attributes as a standalone file needs it. */
function emptySvg(): SVGSVGElement {
  const document = new DOMParser().parseFromString('<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml");
  return document.documentElement as unknown as SVGSVGElement;
}

/** Ids of the groups to open at first. */
function openGroups(subject: Subject, open: "none" | "all" | "marks"): Set<string> {
  if (open === "none") return new Set();
  const wanted = (item: Item) => open === "all" || layersOf(item).some((id) => subject.marks.has(id));
  const found = new Set<string>();
  const visit = (item: Item) => {
    if (item.kind === "layer" || !wanted(item)) return;
    found.add(item.id);
    for (const child of item.children) visit(child);
  };
  for (const item of subject.items) visit(item);
  return found;
}
