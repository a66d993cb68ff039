/** Drawings of 16 × 16 pixels, lines 1.3 wide. */
export const ICONS = {
  search: "M10.3 10.3l3.7 3.7M11.7 7a4.7 4.7 0 1 1 -9.4 0a4.7 4.7 0 0 1 9.4 0",
  openAll: "M2.5 5.5L8 2l5.5 3.5M2.5 10.5L8 14l5.5 -3.5M8 5.5v5",
  closeAll: "M2.5 2.5L8 6l5.5 -3.5M2.5 13.5L8 10l5.5 3.5M4 8h8",
  zoomIn: "M8 3v10M3 8h10",
  zoomOut: "M3 8h10",
  fit: "M2.5 6v-3.5h3.5M10 2.5h3.5v3.5M13.5 10v3.5h-3.5M6 13.5h-3.5v-3.5",
  previous: "M3.5 10L8 5.5l4.5 4.5",
  next: "M3.5 6L8 10.5l4.5 -4.5",
  close: "M4 4l8 8M12 4l-8 8",
  help: "M5.8 6a2.2 2.2 0 1 1 3.2 2c-.7 .4 -1 .7 -1 1.6M8 12v.1",
  copy: "M5.5 5.5h7v7h-7zM3.5 10.5v-7h7",
} as const;
