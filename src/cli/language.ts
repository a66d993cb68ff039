// The language of the person, before any module that holds texts is loaded: imported first.
import { languageOf, speak } from "../language";

// JSON is for programs, which read English; the helper process inherits it.
if (process.argv.includes("--json")) process.env["LAYERSCOPE_LANGUAGE"] = "en";
speak(languageOf(process.env));
