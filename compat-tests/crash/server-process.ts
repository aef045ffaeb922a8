/** The real server as a process of its own, to be killed. */

import { type ChildProcess, spawn } from "node:child_process";

const READY = /mockhaus ready on (\S+)/;
const READY_MS = 60_000;
/** DuckDB's calls hold a thread of the pool each; the installed program sets the same. */
const POOL_THREADS = "16";

export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<string>;
  #output = "";

  /** @param entry the command line's main file, as TypeScript or built */
  constructor(entry: string, directory: string) {
    const loader = entry.endsWith(".ts") ? ["--import", "tsx"] : [];
    const options = ["--port", "0", "--data", directory, "--log-level", "error"];
    this.#child = spawn(process.execPath, [...loader, entry, "start", ...options], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, UV_THREADPOOL_SIZE: POOL_THREADS },
    });
    const take = (data: Buffer) => {
      this.#output += data.toString();
    };
    this.#child.stdout?.on("data", take);
    this.#child.stderr?.on("data", take);
    this.#ended = new Promise((resolve) => {
      this.#child.on("close", (code, signal) => resolve(signal ?? `code ${code}`));
      this.#child.on("error", (error) => resolve(error.message));
    });
  }

  /** What it has printed: the ready line, and errors. */
  get output(): string {
    return this.#output;
  }

  /** The address that it listens on. Throws when it ends before. */
  async ready(): Promise<string> {
    const child = this.#child;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("not ready in time")), READY_MS);
      const look = () => {
        const url = READY.exec(this.#output)?.[1];
        if (url === undefined) return;
        clearTimeout(timer);
        child.stdout?.off("data", look);
        resolve(url);
      };
      child.stdout?.on("data", look);
      look();
      this.#ended.then((how) => {
        clearTimeout(timer);
        reject(new Error(`the server ended with ${how}:\n${this.#output}`));
      });
    });
  }

  /** kill -9, at once. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended;
  }
}
