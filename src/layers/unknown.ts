const PYTHON = "it runs Python code that the file does not hold";
const ABSTRACT = "it is a base class, whose subclasses say what it does";
const OTHER_LIBRARY = "it runs a model of another library, which the file does not hold as layers";

/** Why nobody can know what a layer of Keras's own does: a clause a class, for those that have no row. */
export const UNKNOWABLE: { readonly [className: string]: string } = {
  Lambda: PYTHON,
  Layer: ABSTRACT,
  AbstractRNNCell: ABSTRACT,
  PreprocessingLayer: ABSTRACT,
  Wrapper: ABSTRACT,
  JaxLayer: OTHER_LIBRARY,
  FlaxLayer: OTHER_LIBRARY,
  TorchModuleWrapper: OTHER_LIBRARY,
  TFSMLayer: "it runs a SavedModel that lies in another place",
  KerasLayer: "it runs a module of TensorFlow Hub, which the file does not hold as layers",
  CategoryCrossing: "it joins words in a way that Keras has given up",
  TensorFlowOpLayer: "it holds an operation as TensorFlow's graphs write it",
  DenseFeatures: "it computes feature columns of TensorFlow, which are Python objects",
  SequenceFeatures: "it computes feature columns of TensorFlow, which are Python objects",
  FeatureSpace: "it makes its layers out of features that its config describes, and only when it has seen data",
  WideDeepModel: "it adds up two models of its own, which are not followed",
};

/** Why a layer of a class without a row is drawn as unknown: one clause, without the name of the class. */
export function whyUnknown(className: string): string {
  return Object.hasOwn(UNKNOWABLE, className) ? (UNKNOWABLE[className] as string) : "its class is not one of Keras's own";
}
