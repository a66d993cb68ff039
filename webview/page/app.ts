import type { ProbeReply, ViewState } from "../../src/helper/protocol";
import type { Answer, Headline, Probe } from "../../src/model";
import { iconButton } from "../controls";
import { ICONS } from "../controls/icons";
import type { Host } from "../host";
import type { LayoutClient } from "../layout/client";
import { makeDetail } from "./detail";
import { element } from "./dom";
import { makeHeader } from "./header";
import { makeHelp } from "./help";
import { recall } from "./memory";
import { probeBar } from "./probe-bar";
import { prober } from "./prober";
import { makeRibbon } from "./ribbon";
import { makeSearch } from "./search";
import { makeStage } from "./stage";
import { noteWhenShown } from "./timings";

type ModelState = Extract<ViewState, { kind: "model" }>;

/** Builds the view in `root` and keeps it in step with the host. */
export function startView(root: HTMLElement, host: Host, layout: LayoutClient): void {
  let shown: ModelState | null = null;
  const header = makeHeader();
  const message = element("div", { class: "ls-message", role: "status" });
  const help = makeHelp();
  const stage = makeStage(layout, {
    onSelect: (id) => {
      const scene = stage.scene();
      if (scene && shown) detail.show(scene.subject, id, answersFor(shown.reply));
    },
    onDraw: () => ribbon.refresh(),
    onLook: () => {
      ribbon.follow();
      remember();
    },
  });
  const ribbon = makeRibbon(stage);
  const detail = makeDetail((id) => void stage.reveal(id));
  const search = makeSearch({
    subject: () => stage.scene()?.subject ?? null,
    onMatches: (ids) => stage.highlight(ids),
    onVisit: (id) => void stage.reveal(id, { center: true }),
    onLeave: () => stage.element.querySelector<SVGGElement>('g.box[tabindex="0"]')?.focus(),
  });
  const say = (headline: Headline) => header.showHeadline(headline);
  const sendProbe = prober(host, {
    onReply: (reply, probe) => shown && void showReply({ ...shown, reply, probe }),
    onError: (error) => say({ tone: "failed", text: error.message }),
  });
  const bar = probeBar((probe: Probe) => sendProbe(probe));

  const remember = () => {
    if (shown) host.memory.set({ model: shown.model.name, ...stage.look() });
  };
  const openAll = async () => {
    const since = performance.now();
    await stage.openAll();
    noteWhenShown("openAll", since);
  };
  const fit = () => {
    const scene = stage.scene();
    if (scene) stage.camera.fit(scene.layout);
  };
  const home = () => {
    const scene = stage.scene();
    if (scene) stage.camera.home(scene.layout);
  };
  const commands: Record<string, () => void> = {
    "/": () => search.focus(),
    o: () => void openAll(),
    c: () => void stage.closeAll(),
    "+": () => stage.camera.zoomBy(1.25),
    "=": () => stage.camera.zoomBy(1.25),
    "-": () => stage.camera.zoomBy(0.8),
    "0": fit,
    "1": home,
    "?": () => help.showModal(),
  };
  window.addEventListener("keydown", (event) => {
    const target = event.composedPath()[0] as Element;
    if (event.ctrlKey || event.metaKey || event.altKey || target.matches?.("input, textarea") || help.open) return;
    const command = commands[event.key];
    if (command === undefined || root.dataset["state"] !== "model") return;
    event.preventDefault();
    command();
  });

  const tools = element(
    "div",
    { class: "ls-tools", role: "toolbar", "aria-label": "Graph" },
    iconButton({ label: "Open all groups (o)", path: ICONS.openAll, onPress: () => void openAll() }),
    iconButton({ label: "Close all groups (c)", path: ICONS.closeAll, onPress: () => void stage.closeAll() }),
    iconButton({ label: "Zoom out (−)", path: ICONS.zoomOut, onPress: () => stage.camera.zoomBy(0.8) }),
    iconButton({ label: "Zoom in (+)", path: ICONS.zoomIn, onPress: () => stage.camera.zoomBy(1.25) }),
    iconButton({ label: "Fit the whole graph (0)", path: ICONS.fit, onPress: fit }),
    iconButton({ label: "Keys (?)", path: ICONS.help, onPress: () => help.showModal() }),
  );
  root.append(
    element("header", { class: "ls-top" }, header.title, search.element, tools, bar.element, header.headline),
    element("main", { class: "ls-main" }, stage.element, ribbon.element, detail.element),
    message,
    help,
  );

  const showReply = async (state: ModelState) => {
    const since = performance.now();
    shown = state;
    say(state.reply.headline);
    bar.setElapsed(state.reply.elapsedMs);
    await stage.update(state.reply.report);
    search.refresh();
    noteWhenShown("probe", since);
  };

  const showState = async (state: ViewState) => {
    root.dataset["state"] = state.kind;
    if (state.kind !== "model") {
      message.replaceChildren(...messageOf(state));
      message.setAttribute("role", state.kind === "failed" ? "alert" : "status");
      return;
    }
    const isSame = shown?.model.modelId === state.model.modelId && shown.model.name === state.model.name;
    shown = state;
    header.showModel(state.model);
    bar.show(state.model, state.probe);
    if (isSame) return showReply(state);
    say(state.reply.headline);
    bar.setElapsed(state.reply.elapsedMs);
    await stage.show(state.reply.report, recall(host.memory, state.model.name));
    noteWhenShown("firstGraph", 0);
  };

  const failed = (error: Error) => void showState({ kind: "failed", title: "Layerscope", message: error.message });
  host.on("state", (state) => void showState(state).catch(failed));
  host.on("revealLayer", (id) => void stage.reveal(id, { focus: true, center: true }));
  host.onLost(() => say({ tone: "failed", text: "The connection to layerscope serve is gone: start it again and reload this page." }));
  root.dataset["state"] = "loading";
  host.ready().then(showState).catch(failed);
}

const answersFor = (reply: ProbeReply): readonly Answer[] => reply.answers;

function messageOf(state: Exclude<ViewState, ModelState>): HTMLElement[] {
  if (state.kind === "empty") {
    return [element("h1", {}, "No model yet"), element("p", {}, "Run “Layerscope: Inspect Model…” or choose a model in the side panel.")];
  }
  if (state.kind === "loading")
    return [element("div", { class: "ls-progress", role: "progressbar", "aria-label": state.title }), element("p", {}, state.title)];
  return [element("h1", {}, state.title), element("p", { class: "ls-error" }, state.message)];
}
