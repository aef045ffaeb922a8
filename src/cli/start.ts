/** `mockhaus start`: an account that listens until it is told to stop. */

import { Command } from "commander";
import { flagOf, type Settings, variableOf } from "../config/options.ts";
import type { Served } from "../serve.ts";
import { connectText } from "./connect-text.ts";
import { UserError } from "./failure.ts";
import { addOptions, settingsOf } from "./options.ts";

/** Milliseconds from the signal to the end, whatever still runs. */
const STOP_MS = 10_000;
const SIGNAL_EXIT: Readonly<Record<string, number>> = { SIGINT: 130, SIGTERM: 143 };

export function startCommand(): Command {
  const command = new Command("start").description(
    "Start an account: open the data, listen, and print how to connect.",
  );
  return addOptions(command, "start").action(async () => start(settingsOf(command)));
}

async function start(settings: Settings): Promise<void> {
  const served = await listen(settings);
  stopOnSignals(served);
  const took = Math.round(performance.now());
  process.stdout.write(`mockhaus ready on ${served.url} in ${took} ms\n`);
  process.stdout.write(`\n${connectText(settings.host, served.port, settings.data)}\n`);
}

async function listen(settings: Settings): Promise<Served> {
  const { ListenError, serve } = await import("../serve.ts");
  try {
    return await serve({
      host: settings.host,
      port: settings.port,
      data: settings.data,
      threads: settings.threads,
      memoryLimit: settings.memory_limit,
      localFiles: settings.local_files,
      init: settings.init,
      logLevel: settings.log_level,
    });
  } catch (error) {
    if (error instanceof ListenError)
      throw new UserError(listenAdvice(error.message, error.reason));
    if (error instanceof Error && error.name === "DataDirectoryError") {
      throw new UserError(
        `${error.message}; choose another directory with ${flagOf("data")} (or ${variableOf("data")})`,
      );
    }
    if (settings.data !== undefined && isFileError(error)) {
      throw new UserError(
        `cannot use ${settings.data}: ${error.message}; choose another directory with ${flagOf("data")} (or ${variableOf("data")})`,
      );
    }
    throw error;
  }
}

/** What Node's file functions throw; DuckDB's errors have no such code. */
function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

function listenAdvice(message: string, reason: string): string {
  if (reason === "EADDRINUSE" || reason === "EACCES") {
    return (
      `${message}; choose another with ${flagOf("port")} (or ${variableOf("port")}), ` +
      `${flagOf("port")} 0 takes any free one`
    );
  }
  return `${message}; choose another with ${flagOf("host")} (or ${variableOf("host")})`;
}

/** The first signal drains; a second one ends at once. */
function stopOnSignals(served: Served): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(SIGNAL_EXIT[signal] ?? 1);
    stopping = true;
    const deadline = setTimeout(() => {
      console.error(`mockhaus: not closed within ${STOP_MS / 1_000} s of ${signal}, ending anyway`);
      process.exit(1);
    }, STOP_MS);
    deadline.unref();
    served.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(`mockhaus: closing failed: ${String(error)}`);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}
