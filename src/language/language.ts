/** Other names of languages that have a file. Traditional Chinese is none of them: its readers are better served in English. */
const ALIASES: { readonly [tag: string]: string } = { zh: "zh-cn", "zh-sg": "zh-cn", "zh-hans": "zh-cn" };

/** Where a person says which language they read, the strongest first. @see POSIX, Environment Variables, 8.2 */
const VARIABLES = ["LAYERSCOPE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"];

/** The language that an environment asks for, as VS Code names it: `zh-cn` for `zh_CN.UTF-8`; `en` where it asks for none. */
export function languageOf(environment: { readonly [name: string]: string | undefined }): string {
  const wanted = VARIABLES.map((name) => environment[name]).find(Boolean) ?? "";
  const tag = wanted
    .replace(/[.@].*$/, "")
    .replaceAll("_", "-")
    .toLowerCase();
  return /^(c|posix|)$/.test(tag) ? "en" : (ALIASES[tag] ?? tag);
}
