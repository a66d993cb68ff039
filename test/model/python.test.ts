import { describe, expect, it } from "vitest";
import { readCalls } from "../../src/model/python";

const call = (name: string, args: unknown[] = [], named: [string, unknown][] = []) => ({ kind: "call", name, args, named });
const name = (text: string) => ({ kind: "name", name: text });

describe("calls in a chain", () => {
  it.each<[string, unknown[]]>([
    ["", []],
    [" \n | ", []],
    ["Flatten", [name("Flatten")]],
    ["Flatten()", [call("Flatten")]],
    ["Conv2D(64, 3, strides=2)|Dense(9,)", [call("Conv2D", [64, 3], [["strides", 2]]), call("Dense", [9])]],
    ["Dense(9)\nDense(3)  # the last\n", [call("Dense", [9]), call("Dense", [3])]],
    ["Conv2D(\n  8,\n  (3, 3)\n)\n|Dense(2)", [call("Conv2D", [8, [3, 3]]), call("Dense", [2])]],
    ["x = layers.Dense(9)(x)\nx = keras.layers.ReLU()(x)", [call("layers.Dense", [9]), call("keras.layers.ReLU")]],
    ["A('x|y', \"(\")", [call("A", ["x|y", "("])]],
    ["A(tf.nn.relu, b=tf.nn.relu6)", [call("A", [name("tf.nn.relu")], [["b", name("tf.nn.relu6")]])]],
    ["A(B(C(1)))", [call("A", [call("B", [call("C", [1])])])]],
    ["A(1/4, 2*3+1, 3-1, -(2), 1., .5, 1e-3, 1_000)", [call("A", [0.25, 7, 2, -2, 1, 0.5, 0.001, 1000])]],
    ["A((1,), (1), [1], (), [(1, 2), None])", [call("A", [[1], 1, [1], [], [[1, 2], null]])]],
    ["A(True, False, None)", [call("A", [true, false, null])]],
  ])("%j", (text, calls) => expect(readCalls(text)).toEqual(calls));
});

describe("what cannot be read is refused in a sentence", () => {
  it.each<[string, string]>([
    ["Conv2D(64", '"Conv2D(64" cannot be read as a layer: a bracket is not closed.'],
    ["Conv2D(64, (3", "a bracket is not closed"],
    ["Conv2D(64))", ") is too much; write | between layers"],
    ["Conv2D(64) Dense(9)", "Dense is too much; write | between layers"],
    ["Conv2D(64 3)", "3 is not expected there"],
    ["Dense(9, activation='relu)", "a quote is not closed"],
    ['Dense(f"{n}")', "write texts plainly, in quotes"],
    ["Dense(units=9, 'relu')", "in Dense(…), arguments without a name come first"],
    ["9", "write layers, like Dense(9)"],
    ["'Dense'", "write layers, like Dense(9)"],
    ["Add()([x, y])", "an appended layer is called on one tensor"],
    ["Dense('a' * 3)", "* is read between numbers only"],
    ["Dense(1/0)", "is no number"],
    ["Dense(lambda x: x)", "x is not expected there"],
    ["Dense({1: 2})", "{ is not expected there"],
    ["Dense(", "a bracket is not closed"],
    ["Dense(,)", ", is not expected there"],
    [`${"A(".repeat(30)}1${")".repeat(30)}`, "nested more than 24 deep"],
    ["A".repeat(20_001), "at most 20000 are read"],
  ])("%j: %s", (text, words) => {
    expect(() => readCalls(text)).toThrow(expect.objectContaining({ name: "UserError", message: expect.stringContaining(words) }));
  });
});
