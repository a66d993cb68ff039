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
