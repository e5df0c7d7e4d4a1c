// The interface in Chinese: own_code. Its keys are the type that English has to fill.

export const ownCode = {};
