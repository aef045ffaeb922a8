/** A session: who is connected, the current names, parameters, variables, and its DuckDB connection. */

import type { TypedValue } from "../../translator/bind/context.ts";
import { SESSION_QUERY_IDS_LIMIT } from "../limits.ts";
import type { DuckConnection } from "../storage/connection.ts";
import type { Transactions } from "../storage/transactions.ts";
import { newSessionId, newToken } from "./ids.ts";
import { SessionParameters } from "./parameters.ts";

/** What the driver said of itself at login. */
export type ClientInfo = {
  readonly application: string;
  readonly version: string;
  readonly environment: Readonly<Record<string, unknown>>;
};

export class Session {
  readonly id = newSessionId();
  readonly user: string;
  readonly account: string;
  readonly client: ClientInfo;
  readonly connection: DuckConnection;
  readonly transactions: Transactions;
  readonly parameters: SessionParameters;
  readonly variables = new Map<string, TypedValue>();
  token = newToken();
  masterToken = newToken();
  tokenExpiresAt = 0;
  masterExpiresAt = 0;
  database: string | undefined;
  schema: string | undefined;
  role: string;
  warehouse: string | undefined;
  closed = false;
  /** Newest last. */
  readonly #queryIds: string[] = [];

  constructor(options: {
    readonly user: string;
    readonly account: string;
    readonly role: string;
    readonly client: ClientInfo;
    readonly connection: DuckConnection;
    readonly transactions: Transactions;
    readonly parameters?: SessionParameters | undefined;
  }) {
    this.user = options.user;
    this.account = options.account;
    this.role = options.role;
    this.client = options.client;
    this.connection = options.connection;
    this.transactions = options.transactions;
    this.parameters = options.parameters ?? new SessionParameters();
  }

  rememberQuery(queryId: string): void {
    this.#queryIds.push(queryId);
    if (this.#queryIds.length > SESSION_QUERY_IDS_LIMIT) this.#queryIds.shift();
  }

  /** LAST_QUERY_ID(n): -1 is the newest, 1 the first of the session. */
  queryId(n: number): string | undefined {
    return n > 0 ? this.#queryIds[n - 1] : this.#queryIds.at(n === 0 ? -1 : n);
  }
}
