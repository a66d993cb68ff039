/**
 * An esbuild plugin: a package that is loaded by `import("package")` gets a bundle of its own, `lib/package.mjs`, which is read when it is
 * first needed. Otherwise esbuild would put it into the bundle that may need it, and every start would pay for reading it.
 * `found` collects the entry points of those bundles.
 */
export function bundleLater(found) {
  // Shares tfjs-core with the bundle around it; a second copy of that would be larger than all the rest.
  const kept = new Set(["@tensorflow/tfjs-backend-wasm"]);
  return {
    name: "bundle-later",
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
        if (kind !== "dynamic-import" || path.startsWith("node:") || kept.has(path)) return undefined;
        const name = `lib/${path.replace(/[^\w-]+/g, "-")}`;
        found[name] = path;
        return { path: `./${name}.mjs`, external: true };
      });
    },
  };
}

/** How those bundles are made: modules, as `import()` of a CommonJS file would lose the names of what it exports. */
export const LATER = {
  format: "esm",
  outExtension: { ".js": ".mjs" },
  // CommonJS parts inside them ask for Node's own modules by `require`.
  banner: { js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);' },
};
