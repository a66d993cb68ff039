import { connectHost } from "./host";
import { startLayoutWorker } from "./layout/client";
import { View } from "./page/app";

/** Draws the view into `root` and asks its host for what to show. */
export function start(root: HTMLElement): void {
  new View(root, connectHost(), startLayoutWorker(root.dataset["worker"] ?? "layout-worker.js")).start();
}
