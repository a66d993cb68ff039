import { once } from "node:events";
import { join } from "node:path";
import { t } from "@vscode/l10n";
import { HelperClient } from "../../helper/client";
import type { ProbeReply } from "../../helper/protocol";
import { type AskedProbe, UserError } from "../../model";
import { answersUnasked } from "../ask";
import type { Call } from "../commands";
import { EXIT, type ExitStatus } from "../exit";
import { toldLines } from "../inspect/told";
import { modelSource } from "../model-source";
import { numberOf, probesOf } from "../probes";
import type { Terminal } from "../terminal";
import { openBrowser } from "./browser";
import { startServer } from "./http";
import { Session } from "./session";

/** Shows the view in a browser until it is interrupted. The work is done in the helper process, so that a crash there ends nothing here. */
export async function serve(call: Call, terminal: Terminal): Promise<ExitStatus> {
  const port = portOf(call);
  const helper = new HelperClient({ script: join(__dirname, "helper.js") });
  let session: Session | null = null;
  let isStopped = false;
  // Also while the model is being opened, which then ends as a failure.
  const stopped = interruption().then(() => {
    isStopped = true;
    helper.dispose();
  });
  try {
    session = await begin(helper, call);
    // Before anything is printed: a port that is taken is told of in one line.
    const server = await startServer(session, { port, assets: join(__dirname, "webview") });
    terminal.print([...toldLines(await told(helper, session), session.model, call, terminal.paper), ""]);
    terminal.print([t("Layerscope is at {0}", terminal.paper.palette.code(server.url)), t("Ctrl-C ends it.")]);
    if (!call.values["no-open"]) await openBrowser(server.url, terminal);
    await stopped;
    await server.close();
    return EXIT.passed;
  } catch (error) {
    if (isStopped) return EXIT.passed;
    throw error;
  } finally {
    session?.dispose();
    helper.dispose();
  }
}

/** Opens the model and runs the first probe, so that what cannot be opened ends here with its one line. */
async function begin(helper: HelperClient, call: Call): Promise<Session> {
  const source = modelSource(call.model, call.values["weights"] as string | undefined);
  const model = await helper.openModel(source);
  const probe = probesOf(call, model.inputs)[0] as AskedProbe;
  const reply = await helper.runProbe(model.modelId, probe);
  return new Session(helper, source, model, reply);
}

/** The first reply with the answers that a person gets unasked, as `inspect` has them. */
async function told(helper: HelperClient, { model, reply }: Session): Promise<ProbeReply> {
  const ask: Parameters<typeof answersUnasked>[0]["ask"] = (...question) => helper.ask(model.modelId, ...question);
  return { ...reply, answers: await answersUnasked({ ask }, reply.report.probe, reply) };
}

function portOf(call: Call): number {
  const port = numberOf(call, "port") ?? 0;
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UserError(`--port ${call.values["port"]} is no port; give a whole number up to 65535, or leave it out.`);
}

/** Resolves when somebody wants the program to end. */
function interruption(): Promise<unknown> {
  return Promise.race([once(process, "SIGINT"), once(process, "SIGTERM"), once(process, "SIGHUP")]);
}
