import { GRAPH_STYLE } from "../draw/style";
import { EDITOR_VARIABLES } from "./editor-variables";
import { colourVariables, THEMES, type ThemeName } from "./palette";

const EDITOR_CLASSES: [string, ThemeName][] = [
  ["vscode-high-contrast-light", "hc-light"],
  ["vscode-high-contrast", "hc"],
  ["vscode-light", "light"],
  ["vscode-dark", "dark"],
];

/** Sets the theme of the page and keeps it: from the editor's class on the body, else from `?theme`, else from the system's wishes. */
export function followTheme(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`${colourVariables()}\n${GRAPH_STYLE}`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const apply = () => {
    const inEditor = editorTheme();
    const theme = inEditor ?? wishedTheme();
    if (document.documentElement.dataset["theme"] === theme) return;
    document.documentElement.dataset["theme"] = theme;
    if (inEditor === null) lendEditorVariables(theme);
  };
  apply();
  new MutationObserver(apply).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)", "(forced-colors: active)"]) {
    matchMedia(query).addEventListener("change", apply);
  }
}

function editorTheme(): ThemeName | null {
  return EDITOR_CLASSES.find(([name]) => document.body.classList.contains(name))?.[1] ?? null;
}

function wishedTheme(): ThemeName {
  const asked = new URLSearchParams(location.search).get("theme");
  const known = THEMES.find((theme) => theme === asked);
  if (known) return known;
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const wantsContrast = matchMedia("(prefers-contrast: more)").matches || matchMedia("(forced-colors: active)").matches;
  if (wantsContrast) return isDark ? "hc" : "hc-light";
  return isDark ? "dark" : "light";
}

/** The controls read the editor's variables; in a browser we set them, and touch the body's class so that they are read again. */
function lendEditorVariables(theme: ThemeName): void {
  for (const [name, values] of Object.entries(EDITOR_VARIABLES))
    document.documentElement.style.setProperty(`--vscode-${name}`, values[theme]);
  document.body.className = `ls-in-browser ls-theme-${theme}`;
}

/** Whether things may move on the screen. */
export function mayAnimate(): boolean {
  return !document.body.classList.contains("vscode-reduce-motion") && !matchMedia("(prefers-reduced-motion: reduce)").matches;
}
