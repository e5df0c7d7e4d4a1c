import type { verify as Verify } from "../zh/verify.js";

export const verify: typeof Verify = {};
