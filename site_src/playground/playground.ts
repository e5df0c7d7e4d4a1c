// The entry of the bundle: the one place that wires model, element, worker and styles together.
import { messagesFor } from "../i18n/messages.js";
import { root, runtime } from "../worker/visit.js";
import { Playground } from "./element.js";
import { libraryOf } from "./load.js";
import { memoryIn } from "./memory.js";
import { PlaygroundModel } from "./model.js";
import styles from "./playground.css";

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);

const memory = memoryIn(() => sessionStorage, "adamwd-playground");

Playground.createModel = () =>
  new PlaygroundModel(messagesFor(document.documentElement.lang), libraryOf(root), runtime, memory);
customElements.define("adamwd-playground", Playground);
