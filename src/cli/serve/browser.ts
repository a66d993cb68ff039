import { t } from "@vscode/l10n";
import type { Terminal } from "../terminal";

/** Opens the address where there is a desktop to open it on; elsewhere the printed address is all there is. */
export async function openBrowser(url: string, terminal: Terminal): Promise<void> {
  if (!hasDesktop(process.platform, process.env, process.stdout.isTTY)) return;
  try {
    const { default: open } = await import("open");
    const browser = await open(url);
    browser.once("error", () => terminal.remark(t("No browser could be opened; open the address above in one.")));
  } catch {
    terminal.remark(t("No browser could be opened; open the address above in one."));
  }
}

/** Whether somebody sits in front of this very machine: not in CI, not behind SSH, not in a container without a display. */
export function hasDesktop(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, isTerminal: boolean | undefined): boolean {
  if (!isTerminal || env["CI"] || env["SSH_CONNECTION"] || env["SSH_TTY"]) return false;
  if (platform === "win32" || platform === "darwin") return true;
  return Boolean(env["DISPLAY"] || env["WAYLAND_DISPLAY"] || env["WSL_DISTRO_NAME"]);
}
