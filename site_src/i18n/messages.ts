import { en } from "./en.js";
import { type Messages, zh } from "./zh.js";

export type { Messages };

/** The interface in the language of a page, given its `lang`: English pages say `en`, all others get Chinese. */
export function messagesFor(lang: string): Messages {
  return lang.toLowerCase().startsWith("en") ? en : zh;
}
