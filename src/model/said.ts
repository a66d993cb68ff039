import { t } from "@vscode/l10n";
import { SAYINGS } from "./sayings";

interface Form {
  matches: RegExp;
  translated: string;
}

let forms: Form[] | null = null;

/**
 * What a report says (a failure's message, a gate's reason), in the person's language. In a report it is English, as programs rely on that;
 * what fits none of the forms in `SAYINGS` stays so.
 */
export function said(message: string): string {
  forms ??= SAYINGS.flatMap(formOf);
  for (const { matches, translated } of forms) {
    const found = matches.exec(message);
    if (found) return translated.replace(/\{(\d+)\}/g, (_, place: string) => said(found[Number(place) + 1] ?? ""));
  }
  return message;
}

/** None where the language is English, or has no words for it. */
function formOf(template: string): Form[] {
  const translated = t(template);
  if (translated === template) return [];
  const pattern = template.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\d+\}/g, "(.+?)");
  return [{ matches: new RegExp(`^${pattern}$`, "su"), translated }];
}
