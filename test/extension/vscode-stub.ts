/** As much of `vscode` as is needed to load modules that import it: names with nothing behind them. */
class Nothing {
  event = () => ({ dispose: () => {} });
  fire() {}
  dispose() {}
}

const stub: Record<string, unknown> = {
  EventEmitter: Nothing,
  MarkdownString: Nothing,
  ThemeIcon: class extends Nothing {
    static readonly File = new Nothing();
  },
  TreeItem: Nothing,
  Uri: Nothing,
  Range: Nothing,
  RelativePattern: Nothing,
  Hover: Nothing,
  TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
  QuickPickItemKind: { Separator: -1, Default: 0 },
  ProgressLocation: { Notification: 15 },
  FileType: { Directory: 2 },
  ViewColumn: { Active: -1 },
  commands: {},
  env: {},
  l10n: {},
  languages: {},
  window: {},
  workspace: {},
};

export default stub;
