import { registerControls } from "./controls";
import { connectHost } from "./host";
import { startLayoutWorker } from "./layout/client";
import { View } from "./page/app";
import { followTheme } from "./theme/theme";
import "./view.css";

const root = document.getElementById("layerscope");
if (root === null) throw new Error("the page has no element #layerscope");
followTheme();
registerControls();
new View(root, connectHost(), startLayoutWorker(root.dataset["worker"] ?? "layout-worker.js")).start();
