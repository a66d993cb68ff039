import { t } from "@vscode/l10n";
import type { OpenedModel } from "../../src/helper/protocol";
import type { Edit, Probe } from "../../src/model";
import { type TextControl, textField } from "../controls";
import { element } from "./dom";
import { type TermsEvents, termsChoice } from "./engine-choice";
import { fieldsOf, type ProbeField, readSize, refuseShape } from "./probe-fields";
import type { Terms } from "./terms";

/** Pixels that the pointer travels per step while scrubbing. */
const SCRUB_STEP = 4;

export interface ProbeBar {
  element: HTMLElement;
  /** Fills the fields; does not report a change. A field that has the focus keeps what is typed in it. */
  show(model: OpenedModel, probe: Probe): void;
  /** Back to what could be run; the shapes stay as they were typed. */
  showTerms(terms: Terms): void;
  /** What is done to the model from now on, without a change reported. */
  showEdit(edit: Edit | undefined): void;
  /** Reports the probe as it stands with another edit. */
  changeEdit(change: (edit: Edit) => Edit): void;
  setElapsed(milliseconds: number): void;
  /** Nobody is there to answer. */
  disable(): void;
}

export interface ProbeBarEvents extends Omit<TermsEvents, "onChange"> {
  /** Called with every valid change. */
  onProbe(probe: Probe): void;
}

/** The probe as fields; `underMode` stands below the mode. */
export function probeBar({ onProbe, ...events }: ProbeBarEvents, underMode: HTMLElement): ProbeBar {
  const rows = element("div", { class: "ls-probe-rows" });
  const reason = element("p", { class: "ls-reason", role: "alert" });
  const elapsed = element("span", { class: "ls-elapsed", title: t("Time the probe took") });
  const onChange = (chosen: Terms) => {
    if (current !== null) current = { ...current, ...chosen };
    read();
  };
  const terms = termsChoice({ ...events, onChange }, { underMode, underEngine: elapsed });
  const bar = element("div", { class: "ls-probe", role: "group", "aria-label": t("Probe") }, rows, ...terms.elements, reason);
  let controls: { field: ProbeField; control: TextControl }[] = [];
  let current: Probe | null = null;
  let shownModel = "";

  const read = () => {
    if (current === null) return;
    const inputs = structuredClone(current.inputs);
    const reasons: string[] = [];
    for (const { field, control } of controls) {
      const result = readSize(control.value, field.label);
      const isBad = "reason" in result;
      control.element.classList.toggle("is-invalid", isBad);
      if (isBad) reasons.push(result.reason);
      else inputs[field.input] = (inputs[field.input] ?? []).with(field.axis, result.size);
    }
    for (const shape of Object.values(inputs)) {
      const refused = reasons.length === 0 ? refuseShape(shape) : null;
      if (refused) reasons.push(refused);
    }
    reason.textContent = reasons[0] ?? "";
    if (reasons.length > 0) return;
    current = { ...current, inputs };
    onProbe(current);
  };

  const build = (model: OpenedModel) => {
    controls = [];
    const longest = Math.max(0, ...model.inputs.map(({ name }) => name.length));
    rows.style.setProperty("--ls-name-width", `${Math.max(4, longest) + 1}ch`);
    rows.replaceChildren(
      ...model.inputs.map((input) => {
        const fields = fieldsOf(input).map((field) => {
          const control = textField({
            label: model.inputs.length > 1 ? t("{0} of {1}", field.label, field.input) : field.label,
            onInput: read,
          });
          controls.push({ field, control });
          return labelled(field.label, control, read);
        });
        const name = model.inputs.length > 1 ? element("span", { class: "ls-input-name", title: input.name }, input.name) : null;
        return element("div", { class: "ls-probe-row" }, name, ...fields);
      }),
    );
  };

  return {
    element: bar,
    show(model, probe) {
      const key = JSON.stringify([model.modelId, model.inputs]);
      if (key !== shownModel) build(model);
      shownModel = key;
      current = probe;
      terms.show(probe);
      reason.textContent = "";
      for (const { field, control } of controls) {
        control.element.classList.remove("is-invalid");
        const size = probe.inputs[field.input]?.[field.axis];
        if (size !== undefined && control.element !== document.activeElement) control.value = String(size);
      }
    },
    showTerms({ mode, engine, fill, preprocess = "auto" }) {
      if (current !== null) current = { ...current, mode, engine, fill, preprocess };
      terms.show({ mode, engine, fill, preprocess });
    },
    showEdit(edit) {
      if (current !== null) current = withEdit(current, edit);
    },
    changeEdit(change) {
      if (current === null) return;
      current = withEdit(current, change(current.edit ?? {}));
      read();
    },
    disable: () => bar.toggleAttribute("inert", true),
    setElapsed: (milliseconds) => {
      elapsed.textContent = `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
    },
  };
}

/** An edit of nothing is none. */
function withEdit({ edit: _, ...probe }: Probe, edit: Edit | undefined): Probe {
  return edit === undefined || Object.keys(edit).length === 0 ? probe : { ...probe, edit };
}

/** A field under its label; the label is a slider without end, arrow keys step by one (with Shift by 16). */
function labelled(text: string, control: TextControl, onChange: () => void): HTMLElement {
  const step = (by: number, from = Number(control.value)) => {
    if (!Number.isFinite(from)) return;
    control.value = String(Math.max(1, Math.round(from + by)));
    onChange();
  };
  control.element.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    step((event.key === "ArrowUp" ? 1 : -1) * (event.shiftKey ? 16 : 1));
  });
  const label = element("span", { class: "ls-scrub", "aria-hidden": "true", title: t("Drag left or right to change") }, text);
  label.addEventListener("pointerdown", (start) => {
    const from = Number(control.value);
    label.setPointerCapture(start.pointerId);
    let last = 0;
    const move = (event: PointerEvent) => {
      const steps = Math.round((event.clientX - start.clientX) / SCRUB_STEP);
      if (steps !== last) step(steps, from);
      last = steps;
    };
    label.addEventListener("pointermove", move);
    label.addEventListener("lostpointercapture", () => label.removeEventListener("pointermove", move), { once: true });
  });
  return element("div", { class: "ls-probe-field" }, control.element, label);
}
