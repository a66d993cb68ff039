import { provideVSCodeDesignSystem, type TextField, vsCodeButton, vsCodeTextField } from "@vscode/webview-ui-toolkit";

/**
 * The controls of the view, under our own names. The toolkit behind them is archived, so nothing else imports it:
 * whatever replaces it one day has to offer these functions only.
 */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeTextField());
}

/** A field for one line of text. */
export interface TextControl {
  element: HTMLElement;
  value: string;
  focus(): void;
}

export interface TextOptions {
  /** What a screen reader says. The visible label, where there is one, stands outside. */
  label: string;
  placeholder?: string;
  onInput(value: string): void;
}

export function textField({ label, placeholder, onInput }: TextOptions): TextControl {
  const field = document.createElement("vscode-text-field") as TextField;
  field.textContent = label;
  field.className = "ls-field";
  if (placeholder !== undefined) field.placeholder = placeholder;
  field.addEventListener("input", () => onInput(field.value));
  return {
    element: field,
    get value() {
      return field.value;
    },
    set value(text: string) {
      field.value = text;
    },
    focus: () => field.focus(),
  };
}

export interface SelectOptions {
  /** What a screen reader says. */
  label: string;
  hint: string;
  options: readonly { value: string; label: string }[];
  /** What a value is called that is none of the options; itself where this is left out. */
  labelOf?(value: string): string;
  onChange(value: string): void;
}

/** A list of which one is chosen. The platform's own, as the toolkit's needs styles that the page's policy refuses. A value that is none of the options becomes one. */
export function selectField({ label, hint, options, labelOf = (value) => value, onChange }: SelectOptions): {
  element: HTMLElement;
  value: string;
} {
  const field = document.createElement("select");
  field.className = "ls-select";
  field.title = hint;
  field.setAttribute("aria-label", label);
  field.append(...options.map((option) => new Option(option.label, option.value)));
  field.addEventListener("change", () => onChange(field.value));
  return {
    element: field,
    get value() {
      return field.value;
    },
    set value(value: string) {
      if (![...field.options].some((option) => option.value === value)) field.prepend(new Option(labelOf(value), value));
      field.value = value;
    },
  };
}

/** A button that shows a drawing of 16 × 16 pixels (an SVG path) and says its label. */
export function iconButton(options: { label: string; path: string; onPress(): void }): HTMLElement {
  const button = document.createElement("vscode-button");
  button.setAttribute("appearance", "icon");
  button.setAttribute("aria-label", options.label);
  button.title = options.label;
  button.append(icon(options.path));
  button.addEventListener("click", options.onPress);
  return button;
}

/** A button with words. */
export function textButton(options: { label: string; onPress(): void }): HTMLElement {
  const button = document.createElement("vscode-button");
  button.setAttribute("appearance", "secondary");
  button.textContent = options.label;
  button.addEventListener("click", options.onPress);
  return button;
}

/** Whether a button of a choice is pressed. The toolkit hands no `aria-pressed` on to the button that a screen reader meets. */
export function setPressed(button: HTMLElement, isPressed: boolean): void {
  for (const each of [button, button.shadowRoot?.querySelector("button")]) each?.setAttribute("aria-pressed", String(isPressed));
}

function icon(path: string): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({
    viewBox: "0 0 16 16",
    width: "16",
    height: "16",
    "aria-hidden": "true",
    class: "ls-icon",
  })) {
    svg.setAttribute(name, value);
  }
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}
