type Content = Node | string | null;
type Attributes = Record<string, string | number | boolean | null>;

/** Makes an element; attributes that are null or false are left out. Text never becomes markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...content: Content[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...content.filter((one) => one !== null));
  return made;
}
