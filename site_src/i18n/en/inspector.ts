import type { inspector as Inspector } from "../zh/inspector.js";

export const inspector: typeof Inspector = {};
