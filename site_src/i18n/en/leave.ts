import type { leave as Leave } from "../zh/leave.js";

export const leave: typeof Leave = {};
