import { t } from "@vscode/l10n";
import type { ProbeReply, ViewState } from "../../src/helper/protocol";
import { type AskedProbe, type GraphOptions, type Headline, type Report, sameEdit } from "../../src/model";
import type { Host } from "../host";
import type { LayoutClient } from "../layout/client";
import { makeDetail } from "./detail";
import { element } from "./dom";
import { makeEditBar } from "./edit-bar";
import { makeHeader } from "./header";
import { makeHelp } from "./help";
import { makeLost } from "./lost";
import { recall } from "./memory";
import { messageOf, type Quiet } from "./message";
import { makeNotes } from "./notes-line";
import { pictureBook } from "./pictures";
import { probeBar } from "./probe-bar";
import { prober } from "./prober";
import { makeRibbon } from "./ribbon";
import { makeRunning } from "./running";
import { makeSearch } from "./search";
import { Stage } from "./stage";
import { haveSameTerms } from "./terms";
import { noteWhenShown } from "./timings";
import { graphCommands, listenForKeys, toolbar } from "./tools";

type ModelState = Extract<ViewState, { kind: "model" }>;

/** The view in `root`, kept in step with the host. */
export class View {
  private shown: ModelState | null = null;
  private readonly header = makeHeader((how) => void this.openGraph(how));
  private readonly message = element("div", { class: "ls-message", role: "status" });
  private readonly help = makeHelp();
  private readonly lost = makeLost();
  private readonly notes = makeNotes({
    onFollow: (id) => void this.stage.reveal(id, { center: true }),
    onWeights: () => void this.chooseWeights(),
  });
  private readonly running = makeRunning(() => this.cancel());
  private readonly book;
  private readonly prober;
  private readonly stage: Stage;
  private readonly ribbon;
  private readonly detail;
  private readonly search;
  private readonly bar;
  private readonly edits;

  constructor(
    private readonly root: HTMLElement,
    private readonly host: Host,
    layout: LayoutClient,
  ) {
    this.book = pictureBook((layerId) => this.host.picture(layerId));
    this.stage = new Stage(
      layout,
      {
        onSelect: (id) => this.showDetail(id),
        onDraw: () => this.ribbon.refresh(),
        onLook: () => this.looked(),
      },
      this.book,
    );
    this.ribbon = makeRibbon(this.stage);
    this.detail = makeDetail(
      {
        ask: (id, wish, token) => this.host.ask(id, wish, token),
        onFollow: (id) => void this.stage.reveal(id),
        onShow: (probe) => this.showProbe(probe),
        onCut: (id) => this.bar.changeEdit((edit) => ({ ...edit, cut: id })),
        onPoint: (ids) => this.stage.pointOut(ids),
      },
      this.book,
    );
    this.search = makeSearch({
      subject: () => this.stage.scene()?.subject ?? null,
      onMatches: (ids) => this.stage.highlight(ids),
      onVisit: (id) => void this.stage.reveal(id, { center: true }),
      onLeave: () => this.stage.focus(),
    });
    this.prober = this.makeProber();
    this.edits = makeEditBar((change) => this.bar.changeEdit(change));
    this.bar = probeBar(
      {
        onProbe: (probe) => this.prober.send(probe),
        chooseImage: () => this.host.chooseImage(),
        onTrouble: ({ message }) => this.say({ tone: "failed", text: message }),
      },
      this.edits.opener,
    );
    this.build();
  }

  /** Says `ready` and shows what the host answers, and whatever it tells later. */
  start(): void {
    const failed = (error: Error) => void this.show({ kind: "failed", title: "Layerscope", message: error.message });
    this.host.on("state", (state) => void this.show(state).catch(failed));
    this.host.on("progress", (progress) => this.running.tell(progress));
    this.host.on("revealLayer", (id) => void this.stage.reveal(id, { focus: true, center: true }));
    this.host.on("showQuestion", (id, wish) => this.detail.openQuestion(id, wish));
    this.host.onLost(() => this.leave());
    this.root.dataset["state"] = "loading";
    this.host
      .ready()
      .then((state) => this.show(state))
      .catch(failed);
  }

  /** Nothing can be probed any more; what is drawn stays. */
  private leave(): void {
    this.running.end();
    this.lost.show();
    this.bar.disable();
    this.root.dataset["connection"] = "lost";
    if (this.shown === null) void this.show({ kind: "failed", title: t("Not connected"), message: t("The server does not answer.") });
  }

  private build(): void {
    const commands = graphCommands(this.stage, this.search, this.help);
    listenForKeys(commands, () => this.root.dataset["state"] === "model" && !this.help.open);
    const { title, headline } = this.header;
    this.root.append(
      element(
        "header",
        { class: "ls-top" },
        title,
        this.search.element,
        toolbar(commands),
        element("div", { class: "ls-asked" }, this.bar.element, headline, this.edits.element),
        this.notes.element,
      ),
      element("main", { class: "ls-main" }, this.stage.element, this.ribbon.element, this.detail.element),
      this.message,
      this.running.element,
      this.lost.element,
      this.help,
    );
  }

  private makeProber() {
    return prober(this.host, {
      onSend: ({ engine }) => this.running.begin(engine),
      onReply: (reply, probe) => {
        this.running.end();
        if (this.shown) void this.showReply({ ...this.shown, reply, probe });
      },
      // The graph of the last probe that worked stays, and an engine or an image that is not to be had is not chosen.
      onError: (error, probe) => {
        this.running.end();
        if (this.shown && !sameEdit(this.shown.probe.edit, probe.edit)) {
          this.edits.refuse(error.message);
          this.bar.showEdit(this.shown.probe.edit);
          return;
        }
        this.say({ tone: "failed", text: error.message });
        if (this.shown && !haveSameTerms(this.shown.probe, probe)) this.bar.showTerms(this.shown.probe);
      },
    });
  }

  /** The state that follows shows what came of it. */
  private async chooseWeights(): Promise<void> {
    try {
      await this.host.chooseWeights();
    } catch (error) {
      this.say({ tone: "failed", text: (error as Error).message });
    }
  }

  private async openGraph(how: GraphOptions): Promise<void> {
    try {
      await this.host.openGraph(how);
    } catch (error) {
      this.say({ tone: "failed", text: (error as Error).message });
    }
  }

  /** A person does not want to wait: all is as before the probe. */
  private cancel(): void {
    this.prober.cancel();
    this.running.end();
    if (this.shown === null) return;
    this.bar.show(this.shown.model, this.shown.probe);
    this.showEdit(this.shown);
    this.sayReply(this.shown.reply);
  }

  private showEdit({ probe, reply }: ModelState): void {
    this.edits.show(probe.edit, reply.report.appended?.length ?? 0);
  }

  /** Sends a probe that an answer spoke of, on the engine and with the content that are chosen. */
  private showProbe({ inputs, mode, edit }: AskedProbe): void {
    if (this.shown === null) return;
    const { edit: _, ...chosen } = this.shown.probe;
    const probe = { ...chosen, inputs, mode, ...(edit ? { edit } : {}) };
    this.bar.show(this.shown.model, probe);
    this.prober.send(probe);
  }

  private say(headline: Headline): void {
    this.header.showHeadline(headline);
  }

  private sayReply({ headline, elapsedMs, report }: ProbeReply): void {
    this.say(headline);
    this.notes.show(report);
    this.root.toggleAttribute("data-numbers", report.numbers !== undefined);
    this.bar.setElapsed(elapsedMs);
  }

  private showDetail(id: string | null): void {
    const scene = this.stage.scene();
    if (scene && this.shown) this.detail.show(scene.subject, id, this.shown.reply);
  }

  private looked(): void {
    this.ribbon.follow();
    if (this.shown) this.host.memory.set({ model: this.shown.model.name, ...this.stage.look() });
  }

  private async show(state: ViewState): Promise<void> {
    this.root.dataset["state"] = state.kind;
    if (state.kind === "model") await this.showModel(state);
    else this.showMessage(state);
  }

  private showMessage(state: Quiet): void {
    this.message.replaceChildren(...messageOf(state));
    this.message.setAttribute("role", state.kind === "failed" ? "alert" : "status");
  }

  private async showModel(state: ModelState): Promise<void> {
    const isSame = this.shown?.model.modelId === state.model.modelId && this.shown.model.name === state.model.name;
    this.header.showModel(state.model, state.reply.report);
    this.bar.show(state.model, state.probe);
    if (isSame) return this.showReply(state);
    this.book.forget();
    this.detail.forget();
    this.showEdit(state);
    this.shown = null; // nothing is remembered while the stage still shows the model before
    const look = recall(this.host.memory, state.model.name);
    this.sayReply(state.reply);
    const shown = this.stage.show(state.reply.report, look);
    this.shown = state;
    await shown;
    noteWhenShown("firstGraph", 0);
  }

  private async showReply(state: ModelState): Promise<void> {
    const since = performance.now();
    const before = this.shown?.probe.edit;
    this.shown = state;
    this.book.forget();
    this.sayReply(state.reply);
    this.showEdit(state);
    await this.stage.update(state.reply.report);
    const { appended = [] } = state.reply.report;
    if (!sameEdit(before, state.probe.edit)) await this.stage.bringIntoSight(appended.length > 0 ? appended : endsOf(state.reply.report));
    this.search.refresh();
    noteWhenShown("probe", since);
  }
}

/** The layers that give a model's outputs. */
const endsOf = ({ outputs }: Report): string[] => outputs.map(({ layer }) => layer);
