// The entry of the bundle: the one place that wires model, element, worker and styles together.
import { messagesFor } from "../i18n/messages.js";
import playgroundStyles from "../playground/playground.css";
import { root, runtime } from "../worker/visit.js";
import styles from "./amplification.css";
import { Amplification } from "./element.js";
import { sourceOf } from "./load.js";
import { AmplificationModel } from "./model.js";

for (const text of [playgroundStyles, styles]) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets.push(sheet);
}

Amplification.createModel = () =>
  new AmplificationModel(messagesFor(document.documentElement.lang), sourceOf(root), runtime);
customElements.define("adamwd-amplification", Amplification);
