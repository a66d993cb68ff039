// The language of the person, before any module that holds texts is loaded: imported first.
import { languageOf, speak } from "../language";

speak(languageOf(process.env));
