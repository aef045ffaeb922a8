/** What a statement handler works with, and what it gives back. */

import type { BindContext } from "../../translator/bind/context.ts";
import type { Statement } from "../../translator/statements/statement.ts";
import type { Catalog, CatalogEdit } from "../catalog/catalog.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import type { EventLog } from "../observe/events.ts";
import type { QueryHistory } from "../observe/history.ts";
import type { LoginHistory } from "../observe/logins.ts";
import type { AlertScheduler } from "../program/alerts/scheduler.ts";
import type { Notifier } from "../program/notifications/notifier.ts";
import type { PipeIngest } from "../program/pipes/ingest.ts";
import type { TaskScheduler } from "../program/tasks/scheduler.ts";
import type { ResultStore } from "../results/store.ts";
import type { DmlStats, ResultStream } from "../results/stream.ts";
import type { SessionManager } from "../session/manager.ts";
import type { SessionParameters } from "../session/parameters.ts";
import type { Session } from "../session/session.ts";
import type { StageStore } from "../stages/stage-store.ts";
import type { Tickets } from "../stages/tickets.ts";
import type { TransferPlan } from "../stages/transfer-plan.ts";
import type { DuckDatabase } from "../storage/database.ts";
import type { StatementWriter } from "../storage/writer.ts";
import type { AccountControl } from "./account-control.ts";
import type { BatchBinding } from "./bindings.ts";
import type { TranslationCache } from "./translation-cache.ts";

/** The account's state that statements read and change. */
export type AccountState = {
  readonly catalog: Catalog;
  readonly database: DuckDatabase;
  readonly sessions: SessionManager;
  readonly history: QueryHistory;
  readonly logins: LoginHistory;
  readonly events: EventLog;
  readonly results: ResultStore;
  /** The files of internal stages. */
  readonly stages: StageStore;
  /** Signs what may be moved to and from stages. */
  readonly tickets: Tickets;
  readonly translations: TranslationCache;
  readonly control: AccountControl;
  readonly tasks: TaskScheduler;
  readonly alerts: AlertScheduler;
  readonly notifier: Notifier;
  readonly pipes: PipeIngest;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

export type Execution = {
  readonly account: AccountState;
  readonly session: Session;
  readonly text: string;
  readonly queryId: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly describeOnly: boolean;
  /** What URLs of this server begin with: `http://localhost:8080`; empty without a door. */
  readonly origin: string;
  /** The session's parameters with the statement's own on top. */
  readonly parameters: SessionParameters;
  /** The catalog that the statement is translated against. */
  readonly snapshot: Snapshot;
  readonly context: BindContext;
  readonly batch: BatchBinding | undefined;
  /** How often binding asked for what changes from run to run: stored results, history, earlier query ids. */
  readonly lookups: { count: number };
  /** The rows of the staged files that the statement reads: a SELECT in parentheses by the token in lowered SQL. */
  readonly staged: Map<string, string>;
  /** Does something when the statement has ended and its result is kept. */
  readonly atEnd: (work: () => Promise<void>) => void;
  /** True once somebody asked to stop the statement. */
  readonly isCanceled: () => boolean;
  /** The same with the catalog and session as they are now: for the next part of a statement of several. */
  readonly refreshed: () => Execution;
  /** True for the call that CALL makes of a procedure of the system: no other expression may. */
  readonly isCall?: boolean | undefined;
  /** How many blocks and procedures the statement runs in. */
  readonly depth: number;
  /** A statement inside this one: with its own text and query id, and the catalog and session as they are by now. */
  readonly inner: (text: string, queryId: string) => Execution;
  /** Runs a DDL statement: commits what is open, edits catalog and tables in one transaction. */
  readonly ddl: <Result>(
    edit: (snapshot: Snapshot) => Promise<CatalogEdit<StatementWriter, Result>>,
  ) => Promise<Result>;
};

export type StatementResult = ResultStream & {
  readonly statementType: number;
  readonly stats?: DmlStats | undefined;
  /** What the driver moves: PUT and GET. */
  readonly transfer?: TransferPlan | undefined;
};

type Narrowed<Node extends Statement, Kind extends Statement["kind"]> = Node extends unknown
  ? Kind extends Node["kind"]
    ? Node
    : never
  : never;

/** The statements of a kind, also those that share their shape with another kind. */
export type StatementOf<Kind extends Statement["kind"]> = Narrowed<Statement, Kind>;

export type Handler<Kind extends Statement["kind"]> = (
  statement: StatementOf<Kind>,
  execution: Execution,
) => Promise<StatementResult>;
