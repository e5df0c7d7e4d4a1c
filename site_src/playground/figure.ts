// The entry of the bundle for the small figures of other pages.
import { Views } from "../views/element.js";
import viewsStyles from "../views/views.css";
import { Figure } from "./figure_element.js";
import figureStyles from "./figure.css";
import { adopt, define, pageGround, pageMessages, pageRoot } from "./page.js";
import styles from "./playground.css";

adopt(styles, viewsStyles, figureStyles);
Figure.parts = () => ({ messages: pageMessages(), ground: pageGround, pages: pageRoot() });
define("adamwd-views", Views);
define("adamwd-figure", Figure);
