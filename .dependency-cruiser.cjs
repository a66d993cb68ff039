// The arrows of docs/architecture.md. What is not allowed here is refused; type-only imports count except where said.
const rooms = {
  "src/language": [],
  "src/model": [],
  "src/formats": ["src/model"],
  "src/images": ["src/model"],
  "src/engines": ["src/model"],
  "src/layers": ["src/model", "src/engines"],
  "src/probe": ["src/model", "src/images", "src/layers", "src/engines"],
  "src/answers": ["src/model"],
  "src/helper": ["src/language", "src/model", "src/images", "src/formats", "src/engines", "src/layers", "src/probe", "src/answers"],
  "src/extension": ["src/model", "src/helper", "src/answers", "src/native-setup"],
  "src/native-setup": ["src/model", "src/engines"],
  "src/cli": [
    "src/language",
    "src/native-setup",
    "src/model",
    "src/formats",
    "src/engines",
    "src/layers",
    "src/probe",
    "src/answers",
    "src/helper",
  ],
};

const arrows = Object.entries(rooms).map(([room, allowed]) => ({
  name: `${room}-imports-only-inward`,
  severity: "error",
  from: { path: `^${room}/` },
  to: { path: "^(src|webview|scripts|test)/", pathNot: [room, ...allowed].map((path) => `^${path}/`).join("|") },
}));

module.exports = {
  forbidden: [
    ...arrows,
    {
      name: "no-cycles",
      severity: "error",
      from: { path: "^(src|webview)/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "vscode-in-extension-only",
      severity: "error",
      from: { path: "^(src|webview)/", pathNot: "^src/extension/" },
      to: { path: "(^|/)vscode$|@types/vscode" },
    },
    {
      name: "view-imports-types-only",
      comment: "src/model has only types and pure functions; of the rest of src the view may know the protocol's types.",
      severity: "error",
      from: { path: "^webview/" },
      to: { path: "^src/", pathNot: "^src/model/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "view-knows-protocol-only",
      severity: "error",
      from: { path: "^webview/" },
      to: { path: "^src/", pathNot: "^src/(model/|helper/protocol\\.ts$)" },
    },
    { name: "view-needs-no-node", severity: "error", from: { path: "^webview/" }, to: { dependencyTypes: ["core"] } },
    {
      name: "toolkit-behind-one-module",
      severity: "error",
      from: { path: "^(src|webview)/", pathNot: "^webview/controls/" },
      to: { path: "@vscode/webview-ui-toolkit" },
    },
    { name: "product-imports-no-tests", severity: "error", from: { path: "^(src|webview)/" }, to: { path: "^(test|scripts)/" } },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true, pathNot: "^vscode$" } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      mainFields: ["module", "main", "types"],
    },
  },
};
