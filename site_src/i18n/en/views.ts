import type { views as Views } from "../zh/views.js";

export const views: typeof Views = {};
