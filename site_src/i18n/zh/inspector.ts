// The interface in Chinese: inspector. Its keys are the type that English has to fill.

export const inspector = {};
