// The editor's language, before any module that holds texts is loaded: imported first.
import { config } from "@vscode/l10n";
import { l10n } from "vscode";

if (l10n.bundle) config({ contents: l10n.bundle });
