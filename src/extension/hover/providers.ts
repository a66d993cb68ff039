import { t } from "@vscode/l10n";
import { Hover, type HoverProvider, languages, MarkdownString, Range, workspace } from "vscode";
import type { LayerscopeContext } from "../context";
import { Disposables } from "../disposables";
import { callAnswer } from "./call-answer";
import { questionOf } from "./call-question";
import { CallReporter } from "./call-reports";
import { kerasCallAt } from "./keras-call";
import { layerAnswer, layerNamed } from "./layer-answer";
import { quotedAt } from "./quoted";

/** Text around the mouse that is read for a call, in characters each way: files may be long, calls are not. */
const AROUND = 200_000;

export function registerHovers(context: LayerscopeContext): Disposables {
  const registered = new Disposables();
  const python = [{ language: "python" }, { language: "python", notebookType: "*" }];
  const json = [{ language: "json" }, { language: "jsonc" }];
  registered.register(languages.registerHoverProvider(python, callHovers(context)));
  registered.register(languages.registerHoverProvider([...python, ...json], layerHovers(context)));
  return registered;
}

/** Over a Keras Applications call: what comes out. */
function callHovers(context: LayerscopeContext): HoverProvider {
  const reporter = new CallReporter(context.helper);
  return {
    async provideHover(document, position, token) {
      if (!isEnabled()) return null;
      const offset = document.offsetAt(position);
      const from = Math.max(0, offset - AROUND);
      const text = document.getText(new Range(document.positionAt(from), document.positionAt(offset + AROUND)));
      const call = kerasCallAt(text, offset - from);
      if (!call) return null;
      const question = questionOf(call);
      try {
        const reports = await reporter.ask(question);
        if (token.isCancellationRequested) return null;
        const answer = callAnswer(question, reports);
        const probe = question.inputShape && { shape: question.inputShape };
        const link = commandLink(t("Show the graph"), "layerscope.inspectSpec", { spec: question.spec, ...probe });
        const range = new Range(document.positionAt(from + call.start), document.positionAt(from + call.end));
        return new Hover(trusted(`${answer}\n\n${link}`), range);
      } catch {
        return null; // a name that the zoo does not have, or no helper: nothing to say in a hover
      }
    },
  };
}

/** Over a layer's name in quotes: its shapes in the model last inspected. */
function layerHovers(context: LayerscopeContext): HoverProvider {
  return {
    provideHover(document, position) {
      const state = context.current?.state;
      if (!isEnabled() || state?.kind !== "model") return null;
      const quoted = quotedAt(document.lineAt(position).text, position.character);
      const layer = quoted && layerNamed(state.reply.report, quoted.text);
      if (!quoted || !layer) return null;
      const link = commandLink(t("Show in the graph"), "layerscope.revealLayer", { layer: layer.id });
      const range = new Range(position.line, quoted.start, position.line, quoted.end);
      return new Hover(trusted(`${layerAnswer(state.reply.report, layer)}\n\n${link}`), range);
    },
  };
}

function isEnabled(): boolean {
  return workspace.getConfiguration("layerscope").get("hover.enabled", true);
}

/** Only our two links may run commands; HTML stays text. */
function trusted(markdown: string): MarkdownString {
  const text = new MarkdownString(markdown);
  text.isTrusted = { enabledCommands: ["layerscope.inspectSpec", "layerscope.revealLayer"] };
  return text;
}

function commandLink(title: string, command: string, argument: unknown): string {
  return `[${title}](command:${command}?${encodeURIComponent(JSON.stringify([argument]))})`;
}
