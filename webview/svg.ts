import { select } from "d3";
import { parseHTML } from "linkedom";
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
}

/** The graph of a reply as a standalone SVG: styles inside, concrete colours, no script. */
export async function drawSvg(reply: ProbeReply, { theme, open = "marks" }: SvgOptions): Promise<string> {
  const subject = subjectOf(reply.report);
  const { boxes, request } = prepare(subject, openGroups(subject, open));
  const scene = compose(subject, boxes, layOut(request));
  const { document } = parseHTML("<html><body></body></html>");
  const { width, height } = scene.layout;
  const svg = select(document.body as unknown as HTMLElement).append("svg");
  svg
    .attr("xmlns", "http://www.w3.org/2000/svg")
    .attr("class", "ls-graph")
    .attr("viewBox", `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`);
  svg.attr("width", Math.ceil(width)).attr("height", Math.ceil(height)).attr("role", "tree").attr("aria-label", reply.headline.text);
  svg.append("style").text(withColours(GRAPH_STYLE, theme));
  svg.append("rect").attr("width", "100%").attr("height", "100%").attr("fill", colour("background", theme));
  drawGraph(svg.append<SVGGElement>("g"), scene);
  return withColours(svg.node()?.outerHTML ?? "", theme);
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
