// The part of the bundle that the reader's own code needs; the editor is a part of its own.
import { OwnCodePanel } from "../own_code/element.js";
import styles from "../own_code/own_code.css";
import { adopt, define } from "./page.js";

adopt(styles);
OwnCodePanel.loadEditor = async () => (await import("../own_code/code_mirror.js")).createCodeMirror;
define("adamwd-own-code", OwnCodePanel);
