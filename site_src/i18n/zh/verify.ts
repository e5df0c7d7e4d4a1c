// The interface in Chinese: verify. Its keys are the type that English has to fill.

export const verify = {};
