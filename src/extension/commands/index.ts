import { commands } from "vscode";
import { Disposables } from "../disposables";
import type { Parts } from "../parts";
import { askQuestion } from "./ask-question";
import { askWeights } from "./choose-weights";
import { exportAnswers } from "./export-answers";
import { exportSvg } from "./export-svg";
import { copyReport, openInEditor, openInSidePanel, revealLayer, showDocked } from "./graph";
import { inspect, inspectFile, inspectSpec } from "./inspect";
import { removeNative, setUpNative } from "./native";
import { probeWith } from "./probe-with";

/** What a command does. The arguments are what menus, links and other extensions pass: anything. */
type Command = (parts: Parts, ...args: unknown[]) => unknown;

/** Commands that people choose; a test compares the names with package.json, both ways. */
export const COMMANDS: Record<string, Command> = {
  "layerscope.inspect": inspect,
  "layerscope.inspectFile": inspectFile,
  "layerscope.probeWith": probeWith,
  "layerscope.chooseWeights": askWeights,
  "layerscope.revealLayer": revealLayer,
  "layerscope.ask": askQuestion,
  "layerscope.exportAnswers": exportAnswers,
  "layerscope.copyReport": copyReport,
  "layerscope.exportSvg": exportSvg,
  "layerscope.openInSidePanel": openInSidePanel,
  "layerscope.openInEditor": openInEditor,
  "layerscope.refreshModels": (parts) => parts.models.refresh(),
  "layerscope.setUpNative": setUpNative,
  "layerscope.removeNative": removeNative,
};

/** Commands that only our own links and rows run: in no palette, and in no manifest. */
const INNER_COMMANDS: Record<string, Command> = {
  "layerscope.inspectSpec": inspectSpec,
  "layerscope.showDocked": showDocked,
};

export function registerCommands(parts: Parts): Disposables {
  const registered = new Disposables();
  for (const [name, run] of Object.entries({ ...COMMANDS, ...INNER_COMMANDS })) {
    registered.register(commands.registerCommand(name, (...args: unknown[]) => run(parts, ...args)));
  }
  return registered;
}
