/** Who is told of every statement: logs and metrics. They are not in the statement's path. */

import type { SnowflakeError } from "../../translator/base/errors.ts";
import type { QueryRecord } from "./history.ts";

export interface Observer {
  /** A statement ended, well or badly. */
  finished(record: QueryRecord): void;
  /** An error on its way to a client; `cause` has what went wrong inside. */
  failed(error: SnowflakeError, queryId: string): void;
}

export const silentObserver: Observer = {
  finished: () => undefined,
  failed: () => undefined,
};
