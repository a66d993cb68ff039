import { describe, expect, test } from "vitest";
import { asModelRef, type ModelRef, namedRef, refKey, refName, refTitle } from "../../src/extension/model-ref";

const file = (uri: string): ModelRef => ({ kind: "file", uri });
const zoo = (spec: string): ModelRef => ({ kind: "zoo", spec });

test.each([
  [zoo("EfficientNetB5"), "EfficientNetB5"],
  [zoo("EfficientNetB5?keras=2.9"), "EfficientNetB5"],
  [file("file:///home/a/b.h5"), "b.h5"],
  [file("file:///home/my%20models/c%C3%A9.keras"), "cé.keras"],
  [file("vscode-vfs://github/o/r/web/model.json?ref=x"), "web/model.json"],
])("the title of %j is %s", (ref, title) => expect(refTitle(ref)).toBe(title));

test("keys tell models apart", () => {
  const refs = [zoo("A"), zoo("A?keras=2"), file("file:///A"), file("memfs:///A")];
  expect(new Set(refs.map(refKey)).size).toBe(refs.length);
});

test.each([zoo("A"), zoo("A?keras=2&pooling=avg"), file("file:///home/a/b.h5"), file("vscode-vfs://github/o/r/model.json")])(
  "%j is called so that it is found again",
  (ref) => expect(namedRef(refName(ref))).toEqual(ref),
);

describe("asModelRef", () => {
  test.each([zoo("A"), file("file:///a.h5")])("%j is understood", (ref) =>
    expect(asModelRef(JSON.parse(JSON.stringify(ref)))).toEqual(ref),
  );
  test.each([null, undefined, 1, "zoo", [], {}, { kind: "zoo" }, { kind: "file", uri: 1 }, { kind: "other", spec: "A" }])(
    "%j is not",
    (kept) => expect(asModelRef(kept)).toBeNull(),
  );
});
