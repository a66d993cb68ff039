import { describe, expect, it } from "vitest";
import { runningOrder } from "../../src/probe/order";
import { functional, input } from "./models";

const relu = { activation: "relu" };

describe("running order", () => {
  it("goes by depth, not by the order of the config", () => {
    const model = functional(
      [
        input("x", [null, 4]),
        ["Activation", "late", relu, "x"],
        ["Activation", "a", relu, "x"],
        ["Activation", "b", relu, "a"],
        ["Add", "sum", {}, ["b", "late"]],
      ],
      ["x"],
      ["sum"],
    );
    expect(names(model)).toEqual(["x", "a", "b", "late", "sum"]);
  });

  it("leaves out what no output needs, and keeps inputs that nobody reads", () => {
    const model = functional(
      [input("x", [null, 4]), input("y", [null, 4]), ["Activation", "a", relu, "x"], ["Activation", "unused", relu, "x"]],
      ["x", "y"],
      ["a"],
    );
    expect(names(model)).toEqual(["x", "y", "a"]);
  });

  it("runs in tf_keras what only a loss reads, after all else", () => {
    const model = functional(
      [
        input("x", [null, 4]),
        ["AddLoss", "loss", {}, "mean"],
        ["Activation", "mean", relu, "square"],
        ["Activation", "square", relu, "a"],
        ["Activation", "a", relu, "x"],
        ["Activation", "b", relu, "a"],
      ],
      ["x"],
      ["b"],
    );
    expect(names(model, 2)).toEqual(["x", "a", "b", "square", "mean", "loss"]);
    expect(names(model, 3)).toEqual(["x", "a", "b"]);
  });

  it("walks a chain longer than the stack is deep", () => {
    const count = 20_000;
    const chain = Array.from(
      { length: count },
      (_, index) => ["Activation", `a${index}`, relu, index === 0 ? "x" : `a${index - 1}`] as const,
    );
    const order = names(functional([input("x", [null, 4]), ...chain.map(([...layer]) => layer)], ["x"], [`a${count - 1}`]));
    expect(order).toHaveLength(count + 1);
    expect(order.at(-1)).toBe(`a${count - 1}`);
  });
});

function names(model: ReturnType<typeof functional>, kerasMajor: 2 | 3 = 3): string[] {
  return runningOrder(model.network, kerasMajor).map(({ layer }) => layer.name);
}
