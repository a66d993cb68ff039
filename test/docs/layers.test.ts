import { expect, test } from "vitest";
import { knownClasses } from "../../src/layers";
import { UNKNOWABLE } from "../../src/layers/unknown";
import { layersPage, publicNames } from "./layers";

test("docs/layers.md is what the tables and the tests say (npm run docs)", async () => {
  await expect(layersPage()).toMatchFileSnapshot("../../docs/layers.md");
});

test("nothing is called exact that no probe was compared of", () => expect(layersPage()).not.toContain("not compared"));

test("every public layer has a row or a reason, and not both", () => {
  const { layers } = publicNames();
  const named = [...new Set([...Object.keys(layers[2]), ...Object.keys(layers[3])])].filter((name) => name !== "InputLayer");
  const known = new Set(knownClasses());
  expect(named.filter((name) => known.has(name) === Object.hasOwn(UNKNOWABLE, name))).toEqual([]);
});
