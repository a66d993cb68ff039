import { imagePath } from "./image";
import type { Report } from "./report";

/** A report to be handed to others, as JSON: without the path of an image that filled the tensor. */
export function publicReport(report: Report): string {
  const { probe } = report;
  const fill = imagePath(probe.fill) === null ? probe.fill : "image";
  return JSON.stringify({ ...report, probe: { ...probe, fill } }, null, 2);
}
