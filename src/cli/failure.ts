/** How a command ends when something is wrong: one clear line, exit code 1. */

import { ConfigError } from "../config/values.ts";

/** Something the user can put right; its message is all there is to say. */
export class UserError extends Error {
  override readonly name = "UserError";
}

const EXPECTED = new Set([
  "UserError",
  "ConfigError",
  "DataDirectoryError",
  "InitError",
  "WireError",
]);

/** Writes the error to standard error and sets the exit code. A stack trace only for what nobody expected. */
export function fail(error: unknown): void {
  process.exitCode = 1;
  if (!(error instanceof Error)) {
    console.error(`mockhaus: ${String(error)}`);
    return;
  }
  const expected = error instanceof ConfigError || EXPECTED.has(error.name);
  console.error(expected ? `mockhaus: ${error.message}` : (error.stack ?? error.message));
}
