/** `mockhaus ready`: whether a mockhaus answers, for scripts and health checks. */

import { Command } from "commander";
import { DURATION_VALUE } from "../config/values.ts";
import { UserError } from "./failure.ts";
import { addOptions, settingsOf, urlOf } from "./options.ts";

const DEFAULT_TIMEOUT = "30s";
/** Milliseconds for one question; a server that takes longer is not ready. */
const ASK_MS = 3_000;
const PAUSE_MS = 100;

export function readyCommand(): Command {
  const command = new Command("ready")
    .description("Exit with 0 when a mockhaus is ready for statements, with 1 when it is not.")
    .option("--wait", "Ask again until it is ready or the time is over.")
    .option("--timeout <duration>", "How long to wait: 30s, 500ms, 2m.", DEFAULT_TIMEOUT);
  return addOptions(command, "ready").action(async (flags: Flags) => {
    await ready(urlOf(settingsOf(command)), flags);
  });
}

type Flags = { readonly wait?: boolean | undefined; readonly timeout: string };

async function ready(url: string, flags: Flags): Promise<void> {
  const timeout = DURATION_VALUE.read(flags.timeout);
  if (timeout === undefined) {
    const shown = JSON.stringify(flags.timeout);
    throw new UserError(`--timeout: ${shown} is wrong, it must be ${DURATION_VALUE.expects}`);
  }
  const deadline = Date.now() + timeout;
  let problem = await problemOf(url);
  while (problem !== undefined && flags.wait === true && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    problem = await problemOf(url);
  }
  if (problem !== undefined) throw new UserError(`${url} is not ready: ${problem}`);
  console.log(`${url} is ready`);
}

/** Why the server is not ready; undefined when it is. */
async function problemOf(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ASK_MS) });
    await response.arrayBuffer();
    return response.ok ? undefined : `it answers ${response.status}`;
  } catch (error) {
    return networkReason(error);
  }
}

/** The cause behind fetch's "fetch failed". */
export function networkReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return "no answer in time";
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  const code = "code" in cause ? String(cause.code) : "";
  if (code === "ECONNREFUSED") return "nothing listens there";
  return cause.message === "" ? code : cause.message;
}
