/** An account behind its HTTP door: opened, listening, and closed again in order. */

import type { AddressInfo } from "node:net";
import { type Account, openAccount } from "../server/execute/account.ts";
import { createApp } from "../server/http/app.ts";
import { createLogger, type LogLevel, loggingObserver } from "../server/observe/logging.ts";
import { Metrics } from "../server/observe/metrics.ts";
import { must } from "../translator/base/assert.ts";
import { type InitPlan, planInitScripts, runInitScripts } from "./init/init-scripts.ts";

export type ServeOptions = {
  /** Address to listen on. */
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Data directory; undefined keeps everything in memory. */
  readonly data?: string | undefined;
  readonly threads?: number | undefined;
  /** As DuckDB writes it: `2GB`. */
  readonly memoryLimit?: string | undefined;
  readonly logLevel: LogLevel;
  /** Directory below which stages may have `file://` URLs. */
  readonly localFiles?: string | undefined;
  /** Folder of `.sql` files that fill a new account. */
  readonly init?: string | undefined;
};

export type Served = {
  /** Where it listens: `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly port: number;
  /**
   * Refuses new requests, gives running statements time to finish, then interrupts them, and closes the account. A second
   * call waits for the first.
   */
  readonly close: () => Promise<void>;
};

/** Milliseconds that running statements have when the server is told to stop. */
const DRAIN_MS = 7_000;
/** Milliseconds for the answers of those that were interrupted then. */
const ANSWER_MS = 1_000;

/** The port is taken, or the address is not one of this machine. */
export class ListenError extends Error {
  override readonly name = "ListenError";
  readonly reason: string;

  constructor(reason: string, message: string, cause: unknown) {
    super(message, { cause });
    this.reason = reason;
  }
}

/**
 * Opens the account, fills it when it is new and has init scripts, and listens.
 * @throws InitError when an init script cannot run or fails
 * @throws DataDirectoryError when the data directory is in use or of another format
 * @throws ListenError when the address cannot be listened on
 */
export async function serve(options: ServeOptions): Promise<Served> {
  const plan = options.init === undefined ? undefined : planInitScripts(options.init, options.data);
  const logger = createLogger(options.logLevel);
  let account: Account | undefined;
  const metrics = new Metrics(() => account?.sessions.size ?? 0);
  account = await openAccount({
    directory: options.data,
    localFiles: options.localFiles,
    threads: options.threads,
    memoryLimit: options.memoryLimit,
    observer: loggingObserver(logger, metrics),
  });
  if (plan !== undefined) await initialize(account, plan);
  const { app, serving } = createApp(account, metrics, logger);
  try {
    await app.listen({ host: options.host, port: options.port });
  } catch (error) {
    await app.close();
    await account.close();
    throw listenError(error, options);
  }
  serving.ready = true;
  const { port } = addressOf(app.server.address());
  const opened = account;
  const shutDown = async () => {
    serving.ready = false;
    const closed = app.close();
    const drained = await within(closed, DRAIN_MS);
    if (!drained) {
      for (const session of [...opened.sessions.all()]) await opened.closeSession(session);
      // What was interrupted still gets its answer: 000604.
      await within(closed, ANSWER_MS);
      app.server.closeAllConnections();
    }
    await closed;
    await opened.close();
  };
  let closing: Promise<void> | undefined;
  return {
    url: `http://${bracketed(options.host)}:${port}`,
    port,
    close: () => {
      closing ??= shutDown();
      return closing;
    },
  };
}

async function initialize(account: Account, plan: InitPlan): Promise<void> {
  try {
    await runInitScripts(account, plan);
  } catch (error) {
    await account.close();
    throw error;
  }
}

/** False when the time is over first. */
async function within(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  try {
    return await Promise.race([work.then(() => true), over]);
  } finally {
    clearTimeout(timer);
  }
}

function addressOf(address: string | AddressInfo | null): AddressInfo {
  const found = must(address, "the server listens");
  return typeof found === "string" ? { address: found, family: "", port: 0 } : found;
}

function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

function listenError(error: unknown, { host, port }: ServeOptions): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  switch (code) {
    case "EADDRINUSE":
      return new ListenError(code, `port ${port} on ${host} is in use`, error);
    case "EACCES":
      return new ListenError(code, `port ${port} on ${host} may not be opened by this user`, error);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new ListenError(code, `${host} is not an address of this machine`, error);
    default:
      return error;
  }
}
