import type { controls as Controls } from "../zh/controls.js";

export const controls: typeof Controls = {};
