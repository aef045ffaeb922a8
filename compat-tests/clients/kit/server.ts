/** A mockhaus to test against: the built server on a free port, or one that runs already. */

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const ROOT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

const MAIN = join(ROOT, "dist", "src", "cli", "main.js");
const READY = /^mockhaus ready on (\S+)/;
const START_MS = 100_000;
const STOP_MS = 10_000;

export type TestServer = {
  /** `http://127.0.0.1:40123` */
  readonly url: string;
  readonly stop: () => Promise<void>;
};

/**
 * Starts `dist/`'s server. With MOCKHAUS_URL set, takes the server there instead and leaves it running: for trying a
 * client against one that runs from the sources or in a container.
 * @throws when nothing is built, or the server does not get ready
 */
export async function startServer(): Promise<TestServer> {
  const running = process.env.MOCKHAUS_URL;
  if (running !== undefined && running !== "") return { url: running, stop: async () => undefined };
  if (!existsSync(MAIN)) throw new Error("dist is not built: run `npm run build` first");
  const child = spawn(process.execPath, [MAIN, "start", "--port", "0", "--log-level", "warn"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  return { url: await readyUrl(child), stop: () => stop(child) };
}

function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`the server was not ready within ${START_MS / 1_000} s`));
    }, START_MS);
    child.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`the server ended with ${code} before it was ready`));
    });
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on("line", (line) => {
      const url = READY.exec(line)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  await ended;
  clearTimeout(timer);
}
