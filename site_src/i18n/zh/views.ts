// The interface in Chinese: views. Its keys are the type that English has to fill.

export const views = {};
