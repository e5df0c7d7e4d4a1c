import { en } from "./en.js";
import { type Messages, zh } from "./zh.js";

export type { Messages };
export type Language = "zh" | "en";

/** The language of a page, given its `lang`: English pages say `en`, all others are Chinese. */
export function languageOf(lang: string): Language {
  return lang.toLowerCase().startsWith("en") ? "en" : "zh";
}

export function messagesFor(language: Language): Messages {
  return language === "en" ? en : zh;
}
