/**
 * mockhaus as a package: an account started in process, and the translator.
 *
 * ```ts
 * import { start } from "mockhaus";
 *
 * const account = await start();
 * // connect a Snowflake driver to account.url with any user and password
 * await account.close();
 * ```
 */

import type { LogLevel } from "../server/observe/logging.ts";
import { serve } from "./serve.ts";

export {
  type BindContext,
  type CatalogSnapshot,
  type NeedsPrequery,
  type OutputColumn,
  SnowflakeError,
  type SnowType,
  type Translation,
  translate,
} from "../translator/index.ts";
export { DeclaredCatalog, type DeclaredSession } from "./declared-catalog.ts";

export type StartOptions = {
  /** Address to listen on; 127.0.0.1 unless given. */
  readonly host?: string | undefined;
  /** Port to listen on; a free one unless given. */
  readonly port?: number | undefined;
  /** Directory that keeps the account through restarts; in memory unless given. */
  readonly data?: string | undefined;
  /** Threads that DuckDB uses; all processors unless given. */
  readonly threads?: number | undefined;
  /** Memory that DuckDB may take, such as `2GB`; 80 % of the machine's unless given. */
  readonly memoryLimit?: string | undefined;
  /** Directory whose files stages with a `file://` URL may read and write; none unless given. */
  readonly localFiles?: string | undefined;
  /** Folder of `.sql` files that fill a new account, in alphabetical order. */
  readonly init?: string | undefined;
  /** Log lines on standard error; `silent` unless given. */
  readonly logLevel?: LogLevel | undefined;
};

export type RunningAccount = {
  /** Where drivers connect to: `http://127.0.0.1:49152`. */
  readonly url: string;
  readonly port: number;
  /** Stops listening, ends what runs, closes the account. */
  close(): Promise<void>;
};

/**
 * Starts an account in this process. Several can run beside each other, each with its own data.
 *
 * Statements run in threads of libuv's pool, of which Node has four unless the variable UV_THREADPOOL_SIZE says
 * otherwise; set it before Node starts when more than four statements should run at the same time.
 *
 * @throws DataDirectoryError when the data directory is in use, ListenError when the port is,
 *   InitError when an init script fails
 */
export async function start(options: StartOptions = {}): Promise<RunningAccount> {
  return serve({
    host: options.host ?? "127.0.0.1",
    port: options.port ?? 0,
    data: options.data,
    threads: options.threads,
    memoryLimit: options.memoryLimit,
    localFiles: options.localFiles,
    init: options.init,
    logLevel: options.logLevel ?? "silent",
  });
}
