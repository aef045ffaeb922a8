/** Programs of clients: run with their output passed on. */

import { spawn } from "node:child_process";
import { ROOT } from "./server.ts";

/** The drivers would ask the metadata services of three clouds where they run. */
export const CLIENT_ENVIRONMENT = { SNOWFLAKE_DISABLE_PLATFORM_DETECTION: "true" } as const;

/** Runs a program in the root of the repository. @returns its exit code */
export function passOn(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<number> {
  const child = spawn(program, args, {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...CLIENT_ENVIRONMENT, ...environment },
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
}
