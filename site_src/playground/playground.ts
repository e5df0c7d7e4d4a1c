// The entry of the bundle: the one place that wires models, elements, worker and styles together.
import { Views } from "../views/element.js";
import viewsStyles from "../views/views.css";
import { root } from "../worker/visit.js";
import { Address } from "./address.js";
import { Playground } from "./element.js";
import { Formulas } from "./formula.js";
import { loadKatex } from "./katex.js";
import { PlaygroundModel } from "./model.js";
import { adopt, define, pageGround, pageMessages, pageRoot } from "./page.js";
import styles from "./playground.css";

adopt(styles, viewsStyles);

Playground.parts = () => ({
  messages: pageMessages(),
  createModel: async () => new PlaygroundModel(await pageGround(), new Address(window)),
  panels: {
    inspector: () => import("./panel_inspector.js"),
    sweep: () => import("./panel_sweep.js"),
    code: () => import("./panel_code.js"),
    leave: () => import("./panel_leave.js"),
    verify: () => import("./panel_verify.js"),
  },
  formulas: new Formulas(() => loadKatex(new URL("assets/katex/", root))),
  pages: pageRoot(),
});
define("adamwd-views", Views);
define("adamwd-playground", Playground);
