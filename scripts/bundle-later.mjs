/**
 * An esbuild plugin: a package that is loaded by `import("package")` gets a bundle of its own, `lib/package.js`, which is read when it is
 * first needed. Otherwise esbuild would put it into the bundle that may need it, and every start would pay for reading it.
 * `found` collects the entry points of those bundles.
 */
export function bundleLater(found) {
  return {
    name: "bundle-later",
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
        if (kind !== "dynamic-import" || path.startsWith("node:")) return undefined;
        const name = `lib/${path.replace(/[^\w-]+/g, "-")}`;
        found[name] = path;
        return { path: `./${name}.js`, external: true };
      });
    },
  };
}
