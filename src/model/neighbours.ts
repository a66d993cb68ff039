/** The file in which Keras keeps the weights of a config, by the config's path: `model.weights.h5` for `model.json`. */
export const weightsBeside = (config: string): string => `${config.replace(/\.json$/, "")}.weights.h5`;
