export type ThemeName = "light" | "dark" | "hc" | "hc-light";

/** One row a colour of the view: the VS Code variable that wins where it is set (null: ours alone), then our own per theme. */
interface Colour {
  vscode: string | null;
  dark: string;
  light: string;
  hc: string;
  "hc-light": string;
}

/** Amber means broadcasting and red means failure; nothing else has these hues, so they do not follow the editor's theme. */
const COLOURS = {
  background: { vscode: "editor-background", dark: "#1f1f1f", light: "#ffffff", hc: "#000000", "hc-light": "#ffffff" },
  frame: { vscode: null, dark: "#00000028", light: "#00000008", hc: "#000000", "hc-light": "#ffffff" },
  card: { vscode: "editorWidget-background", dark: "#262627", light: "#ffffff", hc: "#000000", "hc-light": "#ffffff" },
  ghost: { vscode: null, dark: "#4daafc14", light: "#005fb80d", hc: "#000000", "hc-light": "#ffffff" },
  border: { vscode: "contrastBorder", dark: "#434345", light: "#cfcfd3", hc: "#6fc3df", "hc-light": "#0f4a85" },
  text: { vscode: "editor-foreground", dark: "#d8d8d8", light: "#2b2b2b", hc: "#ffffff", "hc-light": "#292929" },
  dim: { vscode: "descriptionForeground", dark: "#9d9d9d", light: "#616161", hc: "#ffffff", "hc-light": "#292929" },
  focus: { vscode: "focusBorder", dark: "#3794ff", light: "#005fb8", hc: "#f38518", "hc-light": "#006bbd" },
  link: { vscode: "textLink-foreground", dark: "#4daafc", light: "#005fb8", hc: "#21a6ff", "hc-light": "#0f4a85" },
  edge: { vscode: null, dark: "#77777a", light: "#8c8c91", hc: "#ffffff", "hc-light": "#292929" },
  skip: { vscode: null, dark: "#b877a6", light: "#b0578f", hc: "#ffffff", "hc-light": "#292929" },
  amber: { vscode: null, dark: "#f0b429", light: "#8f5f00", hc: "#ffc83d", "hc-light": "#7a4f00" },
  amberFill: { vscode: null, dark: "#352b14", light: "#fff5d9", hc: "#000000", "hc-light": "#ffffff" },
  onAmber: { vscode: null, dark: "#1f1f1f", light: "#ffffff", hc: "#000000", "hc-light": "#ffffff" },
  red: { vscode: null, dark: "#f4716b", light: "#c4271b", hc: "#ff7b72", "hc-light": "#a1160c" },
  redFill: { vscode: null, dark: "#3a1e1d", light: "#fdecea", hc: "#000000", "hc-light": "#ffffff" },
  onRed: { vscode: null, dark: "#1f1f1f", light: "#ffffff", hc: "#000000", "hc-light": "#ffffff" },
  size: { vscode: null, dark: "#4fa3e3", light: "#1c72b8", hc: "#21a6ff", "hc-light": "#0f4a85" },
  channels: { vscode: null, dark: "#b48add", light: "#7b4fb3", hc: "#d0a6ff", "hc-light": "#5a2d91" },
  time: { vscode: null, dark: "#45b8a5", light: "#0b7d6b", hc: "#5fe0cb", "hc-light": "#075c4f" },
  convolution: { vscode: null, dark: "#4fa3e3", light: "#1c72b8", hc: "#6cb6ff", "hc-light": "#0b5394" },
  depthwise: { vscode: null, dark: "#4cc1d6", light: "#0f7f93", hc: "#5fe0f5", "hc-light": "#075f6e" },
  dense: { vscode: null, dark: "#8f9bff", light: "#4b55c9", hc: "#aab3ff", "hc-light": "#333a9e" },
  normalization: { vscode: null, dark: "#45b8a5", light: "#0b7d6b", hc: "#5fe0cb", "hc-light": "#075c4f" },
  activation: { vscode: null, dark: "#9aa4b0", light: "#65707d", hc: "#c5ced8", "hc-light": "#434b55" },
  pooling: { vscode: null, dark: "#b48add", light: "#7b4fb3", hc: "#d0a6ff", "hc-light": "#5a2d91" },
  merge: { vscode: null, dark: "#dd7fbd", light: "#ad3c86", hc: "#ff9fdc", "hc-light": "#8a1f66" },
  reshape: { vscode: null, dark: "#7f97b8", light: "#4b6a94", hc: "#a9c3e6", "hc-light": "#2f4c74" },
  preprocessing: { vscode: null, dark: "#9fae63", light: "#68791f", hc: "#c3d676", "hc-light": "#4b5a0f" },
  recurrent: { vscode: null, dark: "#6cbf6c", light: "#2f8433", hc: "#8ae68a", "hc-light": "#1c5e20" },
  attention: { vscode: null, dark: "#c98bff", light: "#8a3fd1", hc: "#e0b8ff", "hc-light": "#64239e" },
  regularization: { vscode: null, dark: "#858585", light: "#767676", hc: "#cccccc", "hc-light": "#505050" },
  input: { vscode: null, dark: "#d8d8d8", light: "#2b2b2b", hc: "#ffffff", "hc-light": "#292929" },
  operation: { vscode: null, dark: "#a0a88a", light: "#5f6a45", hc: "#d2dbb8", "hc-light": "#434c2b" },
  nested: { vscode: null, dark: "#a8b4c8", light: "#55647d", hc: "#d5dfef", "hc-light": "#3a475c" },
  unknown: { vscode: null, dark: "#858585", light: "#767676", hc: "#cccccc", "hc-light": "#505050" },
} as const satisfies Record<string, Colour>;

export type ColourName = keyof typeof COLOURS;
const NAMES = Object.keys(COLOURS) as ColourName[];
export const THEMES: readonly ThemeName[] = ["light", "dark", "hc", "hc-light"];

/** The colour itself, as a standalone picture needs it. */
export const colour = (name: ColourName, theme: ThemeName): string => COLOURS[name][theme];

/** Style sheet that sets `--ls-NAME` for every colour; VS Code's own variables win where the row names one. */
export function colourVariables(): string {
  const block = (theme: ThemeName) => NAMES.map((name) => `--ls-${name}:${variable(name, theme)}`).join(";");
  return THEMES.map((theme) => `:root[data-theme="${theme}"]{${block(theme)}}`).join("\n");
}

function variable(name: ColourName, theme: ThemeName): string {
  const { vscode } = COLOURS[name];
  return vscode === null ? COLOURS[name][theme] : `var(--vscode-${vscode}, ${COLOURS[name][theme]})`;
}

/** A style sheet without variables: ours become the colours of a theme, VS Code's their fallbacks. Other programs than browsers read no variables. */
export function withColours(css: string, theme: ThemeName): string {
  return css
    .replace(/var\(--vscode-[\w-]+, ([^()]*)\)/g, "$1")
    .replace(/var\(--ls-(\w+)\)/g, (whole, name: string) => (name in COLOURS ? colour(name as ColourName, theme) : whole));
}
