import type { ownCode as OwnCode } from "../zh/own_code.js";

export const ownCode: typeof OwnCode = {};
