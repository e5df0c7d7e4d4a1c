// The part of the bundle that one panel needs.
import { Sweep } from "../sweep/element.js";
import styles from "../sweep/sweep.css";
import { adopt, define } from "./page.js";

adopt(styles);
define("adamwd-sweep", Sweep);
