import { config } from "@vscode/l10n";
import { registerControls } from "./controls";
import { followTheme } from "./theme/theme";
import "./view.css";

// Before the page has loaded: the controls take on its colours then, and no later.
followTheme();
registerControls();

const root = document.getElementById("layerscope");
if (root === null) throw new Error("the page has no element #layerscope");
const texts = root.dataset["texts"];

// The language is known before any module that holds texts is loaded; without its file the view speaks English.
const isReady = texts === undefined ? Promise.resolve() : config({ uri: new URL(texts, location.href) }).catch(() => {});
void isReady.then(() => import("./start")).then(({ start }) => start(root));
