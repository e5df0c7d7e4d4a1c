// The interface in Chinese: controls. Its keys are the type that English has to fill.

export const controls = {};
