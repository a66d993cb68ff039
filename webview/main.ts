import { config } from "@vscode/l10n";
import "./view.css";

const root = document.getElementById("layerscope");
if (root === null) throw new Error("the page has no element #layerscope");
const texts = root.dataset["texts"];

// The language is known before any module that holds texts is loaded; without its file the view speaks English.
const isReady = texts === undefined ? Promise.resolve() : config({ uri: new URL(texts, location.href) }).catch(() => {});
void isReady.then(() => import("./start")).then(({ start }) => start(root));
