import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { hasDesktop } from "../../src/cli/serve/browser";
import { Guard, newToken } from "../../src/cli/serve/guard";

const TOKEN = "a-token-of-some-length";
const guard = new Guard(8080, TOKEN);
const asked = (host: string | undefined, url: string, origin?: string) => ({ url, headers: { host, origin } }) as IncomingMessage;

test.each([
  ["127.0.0.1:8080", `/?token=${TOKEN}`, true],
  ["localhost:8080", `/view.js?token=${TOKEN}&theme=dark`, true],
  ["127.0.0.1:8080", "/", false],
  ["127.0.0.1:8080", "/?token=", false],
  ["127.0.0.1:8080", `http://[bad/?token=${TOKEN}`, false],
  ["127.0.0.1:8080", `/?token=${TOKEN}x`, false],
  ["127.0.0.1:8080", `/?token=${TOKEN.replace("a", "b")}`, false],
  ["127.0.0.1:8081", `/?token=${TOKEN}`, false],
  ["127.0.0.1", `/?token=${TOKEN}`, false],
  ["evil.example:8080", `/?token=${TOKEN}`, false],
  ["127.0.0.1.evil.example:8080", `/?token=${TOKEN}`, false],
  [undefined, `/?token=${TOKEN}`, false],
])("Host %s asking for %s: %s", (host, url, admitted) => expect(guard.admits(asked(host, url))).toBe(admitted));

test.each([
  ["http://127.0.0.1:8080", true],
  ["http://localhost:8080", true],
  ["https://127.0.0.1:8080", false],
  ["http://127.0.0.1:8081", false],
  ["http://evil.example", false],
  ["null", false],
  [undefined, false],
])("a WebSocket from Origin %s: %s", (origin, admitted) =>
  expect(guard.admitsSocket(asked("127.0.0.1:8080", `/rpc?token=${TOKEN}`, origin))).toBe(admitted),
);

test("a WebSocket needs the token as well", () => {
  expect(guard.admitsSocket(asked("127.0.0.1:8080", "/rpc", "http://127.0.0.1:8080"))).toBe(false);
});

test("tokens are long and never the same", () => {
  const tokens = Array.from({ length: 100 }, newToken);
  expect(new Set(tokens).size).toBe(100);
  for (const token of tokens) expect(token).toMatch(/^[\w-]{32}$/);
});

test.each<[NodeJS.Platform, NodeJS.ProcessEnv, boolean, boolean]>([
  ["darwin", {}, true, true],
  ["win32", {}, true, true],
  ["linux", { DISPLAY: ":0" }, true, true],
  ["linux", { WAYLAND_DISPLAY: "wayland-0" }, true, true],
  ["linux", { WSL_DISTRO_NAME: "Debian" }, true, true],
  ["linux", {}, true, false],
  ["linux", { DISPLAY: "" }, true, false],
  ["linux", { DISPLAY: ":0", CI: "true" }, true, false],
  ["linux", { DISPLAY: ":10", SSH_CONNECTION: "1.2.3.4" }, true, false],
  ["darwin", {}, false, false],
])("a browser on %s with %j, at a terminal: %s → %s", (platform, env, isTerminal, opens) =>
  expect(hasDesktop(platform, env, isTerminal)).toBe(opens),
);
