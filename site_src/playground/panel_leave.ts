// The part of the bundle that one panel needs.
import { Leave } from "../leave/element.js";
import styles from "../leave/leave.css";
import { adopt, define } from "./page.js";

adopt(styles);
define("adamwd-leave", Leave);
