import { t } from "@vscode/l10n";
import { iconButton } from "../controls";
import { ICONS } from "../controls/icons";
import { element } from "./dom";
import type { Stage } from "./stage";
import { noteWhenShown } from "./timings";

/** What can be done to the graph, by key and by button. */
export interface Command {
  keys: string[];
  run(): void;
  /** A button where there is one. */
  button?: { label: string; icon: keyof typeof ICONS; class?: string };
}

/** All commands of the graph, in the order of their buttons. */
export function graphCommands(stage: Stage, search: { focus(): void }, help: HTMLDialogElement): Command[] {
  const layout = () => stage.scene()?.layout;
  const fit = () => {
    const whole = layout();
    if (whole) stage.camera.fit(whole);
  };
  const home = () => {
    const whole = layout();
    if (whole) stage.camera.home(whole);
  };
  const openAll = async () => {
    const since = performance.now();
    await stage.openAll();
    noteWhenShown("openAll", since);
  };
  return [
    { keys: ["/"], run: () => search.focus(), button: { label: t("Search layers (/)"), icon: "search", class: "ls-find" } },
    { keys: ["o"], run: () => void openAll(), button: { label: t("Open all groups (o)"), icon: "openAll" } },
    { keys: ["c"], run: () => void stage.closeAll(), button: { label: t("Close all groups (c)"), icon: "closeAll" } },
    { keys: ["-"], run: () => stage.camera.zoomBy(0.8), button: { label: t("Zoom out (−)"), icon: "zoomOut", class: "ls-zoom" } },
    { keys: ["+", "="], run: () => stage.camera.zoomBy(1.25), button: { label: t("Zoom in (+)"), icon: "zoomIn", class: "ls-zoom" } },
    { keys: ["0"], run: fit, button: { label: t("Fit the graph to the window (0)"), icon: "fit" } },
    { keys: ["1"], run: home },
    { keys: ["?"], run: () => help.showModal(), button: { label: t("Help (?)"), icon: "help" } },
  ];
}

export function toolbar(commands: readonly Command[]): HTMLElement {
  const buttons = commands.flatMap(({ button, run }) => (button ? [toolButton(button, run)] : []));
  return element("div", { class: "ls-tools", role: "toolbar", "aria-label": t("Graph") }, ...buttons);
}

function toolButton({ label, icon, class: name }: NonNullable<Command["button"]>, onPress: () => void): HTMLElement {
  const button = iconButton({ label, path: ICONS[icon], onPress });
  if (name !== undefined) button.classList.add(name);
  return button;
}

/** Runs commands by their keys, wherever the focus is, except while someone types. */
export function listenForKeys(commands: readonly Command[], isActive: () => boolean): void {
  window.addEventListener("keydown", (event) => {
    const target = event.composedPath()[0] as Element;
    if (event.ctrlKey || event.metaKey || event.altKey || target.matches?.("input, textarea") || !isActive()) return;
    const command = commands.find(({ keys }) => keys.includes(event.key));
    if (command === undefined) return;
    event.preventDefault();
    command.run();
  });
}
