import { expect, test } from "vitest";
import { Disposables } from "../../src/extension/disposables";

test("what is owned is disposed once, newest first; what comes too late is disposed at once", () => {
  const gone: string[] = [];
  const thing = (name: string) => ({ dispose: () => void gone.push(name) });
  const owner = new Disposables();
  owner.register(thing("a"));
  owner.register(thing("b"));
  expect(owner.isDisposed).toBe(false);
  owner.dispose();
  owner.dispose();
  expect(owner.isDisposed).toBe(true);
  owner.register(thing("late"));
  expect(gone).toEqual(["b", "a", "late"]);
});
