// The part of the bundle that the step inspector needs.
import { Inspector } from "../inspector/element.js";
import styles from "../inspector/inspector.css";
import { root } from "../worker/visit.js";
import { loadKatex } from "./katex.js";
import { adopt, define } from "./page.js";

adopt(styles);
Inspector.loadKatex = () => loadKatex(new URL("assets/katex/", root));
define("adamwd-inspector", Inspector);
