/** Text that cannot do anything to a terminal: control and direction characters, which a hostile file may put into a name, become `�`. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, "\ufffd");
}
