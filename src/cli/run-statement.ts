/** One statement at the server: run, printed, cancelled. */

import { randomUUID } from "node:crypto";
import { SnowflakeError } from "../../translator/base/errors.ts";
import type { OutputFormat } from "../config/options.ts";
import { printResult } from "./print-result.ts";
import { type WireClient, WireError } from "./wire-client.ts";

export type StatementAtServer = {
  /** Ends when the rows are printed. Rejects with a WireError. */
  readonly done: Promise<void>;
  readonly cancel: () => void;
};

export function runStatement(
  client: WireClient,
  text: string,
  format: OutputFormat,
): StatementAtServer {
  const requestId = randomUUID();
  const run = async () => {
    const started = performance.now();
    const result = await client.query(text, requestId);
    const took = performance.now() - started;
    await printResult(result, format, (printed) => process.stdout.write(printed), took);
  };
  return {
    done: run(),
    // What cannot be cancelled any more has ended, and says so itself.
    cancel: () => void client.abort(requestId).catch(() => undefined),
  };
}

/** `001003 (42000): message`. */
export function errorText(error: unknown): string {
  const known = error instanceof WireError || error instanceof SnowflakeError;
  if (known && error.code !== "") {
    const state = error.sqlState === "" ? "" : ` (${error.sqlState})`;
    return `${error.code}${state}: ${error.message}`;
  }
  if (known) return `mockhaus: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
