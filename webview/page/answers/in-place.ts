/**
 * Replaces what an element holds as if it stayed: what a person had unfolded is unfolded again, and what had the focus gets it back, where
 * something of the same name comes; else its question does, or the pane.
 */
export function replaceInPlace(parent: HTMLElement, nodes: readonly HTMLElement[]): void {
  const folds = () => [...parent.querySelectorAll<HTMLDetailsElement>("details[data-key]")];
  const open = new Set(folds().flatMap((fold) => (fold.open ? [fold.dataset["key"]] : [])));
  const focused = parent.contains(document.activeElement) ? document.activeElement : null;
  const names = focused && nameOf(focused);
  parent.replaceChildren(...nodes);
  for (const fold of folds()) if (open.has(fold.dataset["key"])) fold.open = true;
  // In an editor a page that does not have the focus would take it from whoever types elsewhere.
  if (focused === null || !document.hasFocus()) return;
  const same = [...parent.querySelectorAll<HTMLElement>(focused.localName)].find((one) => nameOf(one) === names);
  const around = parent.closest(".ls-question")?.querySelector("button") ?? parent.closest<HTMLElement>("[tabindex]");
  (same ?? around)?.focus({ preventScroll: true });
}

const nameOf = (one: Element) => one.getAttribute("aria-label") ?? one.textContent;
