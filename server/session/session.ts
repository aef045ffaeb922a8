/** A session: who is connected, the current names, parameters, variables, and its DuckDB connection. */

import type { Query } from "../../translator/ast/queries.ts";
import type { OutputColumn } from "../../translator/bind/bound.ts";
import type { TypedValue } from "../../translator/bind/context.ts";
import { SESSION_QUERY_IDS_LIMIT } from "../limits.ts";
import type { DuckConnection } from "../storage/connection.ts";
import type { OpenTransaction, Transactions } from "../storage/transactions.ts";
import { newSessionId, newToken } from "./ids.ts";
import { SessionParameters } from "./parameters.ts";

/** What the driver said of itself at login. */
export type ClientInfo = {
  readonly application: string;
  readonly version: string;
  /** What speaks the protocol below that application; the application itself when there is none. */
  readonly driver?: { readonly name: string; readonly version: string } | undefined;
  readonly environment: Readonly<Record<string, unknown>>;
};

/** What a reference stands for: the parts of an object's full name, or a query and where its names resolve. */
export type Reference =
  | { readonly kind: "object"; readonly parts: readonly string[] }
  | {
      readonly kind: "query";
      readonly query: Query;
      readonly text: string;
      readonly columns: readonly OutputColumn[];
      readonly database: string;
      readonly schema: string;
    };

/** A connection with its transactions. A session has one, and another while a procedure has a transaction of its own. */
export type TransactionLine = {
  readonly connection: DuckConnection;
  readonly transactions: Transactions;
};

/** A procedure that runs in the session, and whose transactions are whose. */
export type ProcedureScope = {
  /** The transaction that was open when it was called; it may write in it, but not end it. */
  readonly entry: OpenTransaction | undefined;
  /** The session's line, while the procedure has one of its own. */
  outer: TransactionLine | undefined;
};

/** What a session that runs a task knows of the run. */
export type RunningTask = {
  readonly name: string;
  readonly rootName: string;
  readonly rootId: string;
  readonly groupId: string;
  /** Milliseconds since the epoch. */
  readonly firstScheduledAt: number;
  readonly lastSuccess: { readonly groupId: string; readonly scheduledAt: number } | undefined;
  /** JSON text. */
  readonly config: string | undefined;
  /**
   * What an enabled predecessor returned, null when it returned nothing; of the only one without a name.
   * @throws 091082 when there is none of that name, or several and no name
   */
  readonly predecessorValue: (name: string | undefined) => string | null;
  returnValue: string | undefined;
};

/** What a session that runs an alert knows of the run. Times are milliseconds since the epoch. */
export type RunningAlert = {
  readonly id: number;
  readonly scheduledAt: number;
  readonly lastSuccessAt: number | undefined;
  /** JSON text. */
  readonly config: string | undefined;
  /** Set once the condition has been evaluated. */
  conditionQueryId: string | undefined;
  /** While the condition of an alert on new data is evaluated: what its source shows. */
  newRows: NewRows | undefined;
};

/** The rows that the commits after one and up to another inserted into a table or view. */
export type NewRows = {
  readonly source: { readonly database: string; readonly schema: string; readonly name: string };
  readonly after: number;
  readonly until: number;
};

export class Session {
  readonly id: number;
  readonly user: string;
  readonly account: string;
  readonly client: ClientInfo;
  readonly parameters: SessionParameters;
  readonly variables: Map<string, TypedValue>;
  /** Attributes that SET_SYS_CONTEXT set; each is set once. */
  readonly attributes: Map<string, string>;
  /** What SYSTEM$REFERENCE and SYSTEM$QUERY_REFERENCE made, by the text that stands for it. */
  readonly references: Map<string, Reference>;
  token = newToken();
  masterToken = newToken();
  tokenExpiresAt = 0;
  masterExpiresAt = 0;
  database: string | undefined;
  schema: string | undefined;
  role: string;
  warehouse: string | undefined;
  /** USE SECONDARY ROLES: one of its words, or the names given. */
  secondaryRoles: "ALL" | "NONE" | readonly string[] = "ALL";
  closed = false;
  /** The task that runs in the session. */
  task: RunningTask | undefined;
  /** The alert that runs in the session. */
  alert: RunningAlert | undefined;
  /** The procedures that are running, innermost last. */
  readonly procedures: ProcedureScope[] = [];
  /** Newest last. */
  readonly #queryIds: string[];
  #line: TransactionLine;

  constructor(
    options: {
      readonly user: string;
      readonly account: string;
      readonly role: string;
      readonly client: ClientInfo;
      readonly connection: DuckConnection;
      readonly transactions: Transactions;
      readonly parameters?: SessionParameters | undefined;
    },
    original?: Session,
  ) {
    this.id = original?.id ?? newSessionId();
    this.variables = original?.variables ?? new Map();
    this.attributes = original?.attributes ?? new Map();
    this.references = original?.references ?? new Map();
    this.#queryIds = original === undefined ? [] : original.#queryIds;
    this.user = options.user;
    this.account = options.account;
    this.role = options.role;
    this.client = options.client;
    const { connection, transactions } = options;
    this.#line = { connection, transactions };
    this.parameters = options.parameters ?? new SessionParameters();
  }

  /**
   * The session on a line of its own, for a statement that does not wait for the one that runs. It has the names that are
   * current now; variables, parameters and query ids are those of this session.
   */
  aside(line: TransactionLine): Session {
    const { user, account, role, client, parameters } = this;
    const aside = new Session({ user, account, role, client, parameters, ...line }, this);
    aside.database = this.database;
    aside.schema = this.schema;
    aside.warehouse = this.warehouse;
    aside.secondaryRoles = this.secondaryRoles;
    return aside;
  }

  get connection(): DuckConnection {
    return this.#line.connection;
  }

  get transactions(): Transactions {
    return this.#line.transactions;
  }

  /** Works on another line from now on. @returns the line before */
  switchLine(line: TransactionLine): TransactionLine {
    const before = this.#line;
    this.#line = line;
    return before;
  }

  rememberQuery(queryId: string): void {
    this.#queryIds.push(queryId);
    if (this.#queryIds.length > SESSION_QUERY_IDS_LIMIT) this.#queryIds.shift();
  }

  /** Forgets what ran after a query: the statements inside a block or procedure, once it has ended. */
  forgetAfter(queryId: string): void {
    const index = this.#queryIds.lastIndexOf(queryId);
    if (index >= 0) this.#queryIds.length = index + 1;
  }

  /** LAST_QUERY_ID(n): -1 is the newest, 1 the first of the session. */
  queryId(n: number): string | undefined {
    return n > 0 ? this.#queryIds[n - 1] : this.#queryIds.at(n === 0 ? -1 : n);
  }
}
