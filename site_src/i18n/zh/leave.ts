// The interface in Chinese: leave. Its keys are the type that English has to fill.

export const leave = {};
