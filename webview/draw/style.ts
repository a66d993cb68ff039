/** Style of the drawing itself, shared by the page and by standalone pictures. Colours are the palette's variables. */
export const GRAPH_STYLE = `
.ls-graph { font-family: var(--vscode-font-family, system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif); }
.ls-graph text { fill: var(--ls-text); font-size: 12.5px; }
.ls-graph .shape, .ls-graph .edge-label, .ls-graph .operand-detail { font-family: var(--vscode-editor-font-family, "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace); }
.ls-graph .shape { font-size: 12px; fill: var(--ls-dim); text-anchor: end; }
.ls-graph .body { fill: var(--ls-card); stroke: var(--ls-border); stroke-width: 1; }
.ls-graph .behind { fill: var(--ls-card); stroke: var(--ls-border); stroke-width: 1; }
.ls-graph .glyph { stroke-width: 1.4; stroke-linecap: round; stroke-linejoin: round; }
.ls-graph .prefix { fill: var(--ls-dim); }
.ls-graph .title { font-size: 13px; font-weight: 600; }
.ls-graph .facts { font-size: 11px; font-weight: 400; fill: var(--ls-dim); }
.ls-graph .card .shape { fill: var(--ls-text); font-size: 12.5px; }
.ls-graph .frame > .body { fill: var(--ls-frame); }
.ls-graph .frame .shape { font-size: 11.5px; }
.ls-graph .twist { fill: none; stroke: var(--ls-dim); stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
.ls-graph .edge { fill: none; stroke: var(--ls-edge); stroke-width: 1.5; }
.ls-graph .edge.long { stroke: var(--ls-skip); }
.ls-graph .edge.unreached { stroke-dasharray: 3 4; stroke: var(--ls-border); }
.ls-graph .edge.near { stroke: var(--ls-link); stroke-width: 2.2; }
.ls-graph .edge-label { font-size: 11px; fill: var(--ls-dim); paint-order: stroke; stroke: var(--ls-background); stroke-width: 4px; stroke-linejoin: round; }
.ls-graph .unknown > .body { stroke-dasharray: 2 3; stroke: var(--ls-dim); }
.ls-graph .unreached > .body { stroke-dasharray: 4 4; fill: none; }
.ls-graph .unreached .behind { stroke-dasharray: 4 4; fill: var(--ls-background); }
.ls-graph .unreached text, .ls-graph .unknown .shape { fill: var(--ls-dim); }
.ls-graph .unreached .glyph, .ls-graph .unreached .stripe { opacity: 0.45; }
.ls-graph .broadcast > .body { fill: var(--ls-amberFill); stroke: var(--ls-amber); stroke-width: 1.5; }
.ls-graph .failed > .body { fill: var(--ls-redFill); stroke: var(--ls-red); stroke-width: 1.5; }
.ls-graph .frame.broadcast > .body { fill: var(--ls-frame); stroke-opacity: 0.6; stroke-width: 1; }
.ls-graph .frame.failed > .body { fill: var(--ls-frame); stroke-opacity: 0.6; stroke-width: 1; }
.ls-graph .ghost > .body { stroke-dasharray: 5 3; }
.ls-graph .ghost:not(.broadcast, .failed) > .body { fill: var(--ls-ghost); stroke: var(--ls-link); }
.ls-graph .ghost .stripe { opacity: 0.45; }
.ls-graph .plus circle { fill: var(--ls-link); stroke: var(--ls-background); stroke-width: 2; }
.ls-graph .plus path { fill: none; stroke: var(--ls-background); stroke-width: 1.8; stroke-linecap: round; }
.ls-graph .badge rect { stroke: none; }
.ls-graph .badge text { font-size: 11.5px; font-weight: 700; text-anchor: middle; }
.ls-graph .badge.broadcast rect { fill: var(--ls-amber); }
.ls-graph .badge.broadcast text { fill: var(--ls-onAmber); }
.ls-graph .badge.failed rect { fill: var(--ls-red); }
.ls-graph .badge.failed text { fill: var(--ls-onRed); }
.ls-graph .operand rect, .ls-graph .operand path { fill: none; stroke: var(--ls-amber); stroke-dasharray: 3 3; }
.ls-graph .operand-name { font-size: 11.5px; font-weight: 600; fill: var(--ls-amber); }
.ls-graph .ribbon-ground { fill: var(--ls-frame); stroke: var(--ls-border); }
.ls-graph .ribbon-size { fill: var(--ls-size); opacity: 0.62; }
.ls-graph .ribbon-channels { fill: var(--ls-channels); opacity: 0.62; }
.ls-graph .ribbon-mark { fill: none; stroke-width: 2; }
.ls-graph .ribbon-mark.broadcast { stroke: var(--ls-amber); }
.ls-graph .ribbon-mark.failed { stroke: var(--ls-red); }
.ls-graph .ribbon-label { font-size: 11px; font-weight: 700; }
.ls-graph .ribbon-label.broadcast { fill: var(--ls-amber); }
.ls-graph .ribbon-label.failed { fill: var(--ls-red); }
.ls-graph .ribbon-head { font-size: 11px; }
.ls-graph .ribbon-head.size { fill: var(--ls-size); }
.ls-graph .ribbon-head.channels { fill: var(--ls-channels); }
.ls-graph .ribbon-frame { fill: none; stroke: var(--ls-link); stroke-width: 1.5; }
.ls-graph .plane { opacity: 0.85; }
.ls-graph .chip rect { fill: none; stroke-width: 1.2; }
.ls-graph .chip-value, .ls-graph .stretch-caption { font-family: var(--vscode-editor-font-family, "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace); font-size: 11.5px; text-anchor: middle; }
.ls-graph .stretch-caption { font-size: 11px; fill: var(--ls-dim); }
.ls-graph .stretch-caption.broadcast { fill: var(--ls-amber); font-weight: 700; }
.ls-graph .sign { font-size: 18px; text-anchor: middle; }
.ls-graph .operand-detail { font-size: 10.5px; fill: var(--ls-dim); }
`;
