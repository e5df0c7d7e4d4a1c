// The interface in Chinese: sweep. Its keys are the type that English has to fill.

export const sweep = {};
