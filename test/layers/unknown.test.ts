import { describe, expect, it } from "vitest";
import { knownClasses, UNKNOWABLE, whyUnknown } from "../../src/layers";

describe("why a layer is unknown", () => {
  it("is told of no class that has a row", () => {
    expect(knownClasses().filter((name) => name in UNKNOWABLE)).toEqual([]);
  });

  it.each(Object.keys(UNKNOWABLE))("is a clause for %s", (className) => {
    expect(whyUnknown(className)).toMatch(/^(it|its) [^.]+$/);
  });

  it.each(["MyLayer", "toString", "__proto__"])("is told of %s, which Keras does not have", (className) => {
    expect(whyUnknown(className)).toBe("its class is not one of Keras's own");
  });
});
