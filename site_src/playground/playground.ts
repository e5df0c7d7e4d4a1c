// The entry of the bundle: the one place that wires model, element, worker and styles together.
import { messagesFor } from "../i18n/messages.js";
import { Runtime } from "../worker/runtime.js";
import { Playground } from "./element.js";
import { libraryOf } from "./load.js";
import { PlaygroundModel } from "./model.js";
import styles from "./playground.css";

// This module lies in assets/app/ below the root that both languages share, under any path.
const root = new URL("../../", import.meta.url);

// One for the visit: instant navigation replaces the page but keeps the bytes that were downloaded.
const runtime = new Runtime(
  () => new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "adamwd" }),
  root.href,
);

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);

Playground.createModel = () =>
  new PlaygroundModel(messagesFor(document.documentElement.lang), libraryOf(root), runtime);
customElements.define("adamwd-playground", Playground);
