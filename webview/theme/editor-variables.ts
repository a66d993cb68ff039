import type { ThemeName } from "./palette";

const row = (dark: string, light: string, hc: string, hcLight: string): Record<ThemeName, string> => ({
  dark,
  light,
  hc,
  "hc-light": hcLight,
});

/** VS Code's variables that the controls need, for pages outside the editor. */
export const EDITOR_VARIABLES: Record<string, Record<ThemeName, string>> = {
  foreground: row("#d8d8d8", "#2b2b2b", "#ffffff", "#292929"),
  "input-background": row("#2b2b2d", "#ffffff", "#000000", "#ffffff"),
  "input-foreground": row("#d8d8d8", "#2b2b2b", "#ffffff", "#292929"),
  "input-placeholderForeground": row("#9d9d9d", "#6b6b6b", "#ffffff", "#292929"),
  "dropdown-border": row("#48484a", "#c4c4c8", "#6fc3df", "#0f4a85"),
  "dropdown-background": row("#2b2b2d", "#ffffff", "#000000", "#ffffff"),
  focusBorder: row("#3794ff", "#005fb8", "#f38518", "#006bbd"),
  contrastActiveBorder: row("#3794ff", "#005fb8", "#f38518", "#006bbd"),
  "button-secondaryBackground": row("#343436", "#e9e9ec", "#000000", "#ffffff"),
  "button-secondaryForeground": row("#e4e4e4", "#2b2b2b", "#ffffff", "#292929"),
  "button-secondaryHoverBackground": row("#434345", "#dcdce0", "#000000", "#ffffff"),
  "button-border": row("transparent", "transparent", "#6fc3df", "#0f4a85"),
};
