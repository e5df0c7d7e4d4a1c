import type { sweep as Sweep } from "../zh/sweep.js";

export const sweep: typeof Sweep = {};
