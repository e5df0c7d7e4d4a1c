// The part of the bundle that one panel needs.
import { Verify } from "../verify/element.js";
import styles from "../verify/verify.css";
import { adopt, define } from "./page.js";

adopt(styles);
define("adamwd-verify", Verify);
