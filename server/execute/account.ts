/**
 * The account: opens the database, logs sessions in, runs statements. The doors (server/http) and the command line
 * know nothing below it.
 */

import { type SnowflakeError, snowflakeError } from "../../translator/base/errors.ts";
import { allHostFunctions } from "../../translator/functions/registry.ts";
import { Catalog } from "../catalog/catalog.ts";
import { inheritedParameters } from "../catalog/inherited-parameters.ts";
import { ABANDONED_CHECK_MS } from "../limits.ts";
import { EventLog } from "../observe/events.ts";
import { QueryHistory } from "../observe/history.ts";
import { LoginHistory } from "../observe/logins.ts";
import { type Observer, silentObserver } from "../observe/observer.ts";
import { AlertScheduler } from "../program/alerts/scheduler.ts";
import { RefreshScheduler } from "../program/dynamic/refresh-scheduler.ts";
import { javaScriptHostFunctions } from "../program/javascript-calls.ts";
import { Notifier } from "../program/notifications/notifier.ts";
import { realTimer, type ScheduleHost } from "../program/schedules/host.ts";
import { TaskScheduler } from "../program/tasks/scheduler.ts";
import { ResultStore } from "../results/store.ts";
import type { StoredResult } from "../results/stored.ts";
import { newQueryId } from "../session/ids.ts";
import { SessionManager } from "../session/manager.ts";
import { PARAMETERS, type ParameterValue } from "../session/parameter-table.ts";
import { SessionParameters } from "../session/parameters.ts";
import { type ClientInfo, Session } from "../session/session.ts";
import { fileObjectFunctions } from "../stages/file-objects.ts";
import { fileUrlFunction } from "../stages/file-urls.ts";
import { Tickets } from "../stages/tickets.ts";
import type { TransferPlan } from "../stages/transfer-plan.ts";
import { type DuckDatabase, openDatabase } from "../storage/database.ts";
import { Transactions } from "../storage/transactions.ts";
import { AccountControl } from "./account-control.ts";
import { loadCatalog, openPipes, openStages, setUpAccount } from "./account-setup.ts";
import { actsAtOnce } from "./acts-at-once.ts";
import type { WireBindings } from "./bindings.ts";
import { asSnowflakeError } from "./errors.ts";
import type { AccountState } from "./execution.ts";
import { provideH3Library } from "./h3-library.ts";
import { parametersOf } from "./make-execution.ts";
import { runText } from "./run.ts";
import { Runs } from "./runs.ts";
import { dropSessionObjects } from "./session-objects.ts";
import { checkRequested, type PlaceRequest, startingPlace } from "./starting-place.ts";
import { limitByWarehouse, withTimeout } from "./statement-timeout.ts";
import { TranslationCache } from "./translation-cache.ts";

export type AccountOptions = {
  /** Data directory; undefined keeps everything in memory. */
  readonly directory?: string | undefined;
  readonly threads?: number | undefined;
  readonly memoryLimit?: string | undefined;
  /** Directory below which stages may have `file://` URLs; undefined for none. */
  readonly localFiles?: string | undefined;
  readonly observer?: Observer | undefined;
  readonly now?: (() => number) | undefined;
  /** Timers of schedules: does the work after so many milliseconds; gives back what keeps it from being done. */
  readonly after?: ((milliseconds: number, work: () => void) => () => void) | undefined;
};

export type LoginRequest = PlaceRequest & {
  readonly account: string;
  readonly client: ClientInfo;
};

export type StatementRequest = {
  readonly text: string;
  /** Identifies the statement over retries. */
  readonly requestId?: string | undefined;
  readonly describeOnly?: boolean | undefined;
  readonly binds?: WireBindings | undefined;
  /** The stage with the bind values of a batch, instead of `binds`: `@SYSTEM$BIND/<id>`. */
  readonly bindStage?: string | undefined;
  readonly parameters?: ReadonlyMap<string, ParameterValue> | undefined;
  /** What URLs in the answer begin with, as the client reaches the server: `http://localhost:8080`. */
  readonly origin?: string | undefined;
};

/** A statement on its way. `done` rejects with a SnowflakeError. */
export type StatementRun = {
  readonly queryId: string;
  readonly sessionId: number;
  readonly requestId: string | undefined;
  readonly describeOnly: boolean;
  /**
   * The session's, with the request's own on top: of the statement's begin while it runs, and of its end once it has
   * run, because drivers learn from the answer what an ALTER SESSION has set.
   */
  parameters: SessionParameters;
  readonly origin: string;
  readonly done: Promise<StoredResult>;
  numberOfBinds: number;
  arrayBindSupported: boolean;
  /** Further members of the response's data: the ids of several statements. */
  extraData: Readonly<Record<string, unknown>>;
  /** What the driver moves when the statement was PUT or GET. */
  transfer: TransferPlan | undefined;
  /** What is left to do when a statement has ended; shared as `stop` is. */
  readonly cleanUps: (() => Promise<void>)[];
  /** What ends it before its time; shared by the statements of one request. */
  readonly stop: Stop;
};

/** The state of a request's execution. */
export type Stop = {
  state: "queued" | "running" | "ended";
  /** Why it was interrupted: 000604 or 000630. */
  reason: SnowflakeError | undefined;
  /** Answers for a statement that will never have its turn. */
  readonly refuse?: ((reason: SnowflakeError) => void) | undefined;
};

export class Account {
  readonly state: AccountState;
  readonly #observer: Observer;
  readonly #abandonedCheck: NodeJS.Timeout;

  constructor(state: AccountState, observer: Observer) {
    this.state = state;
    this.#observer = observer;
    // Sessions whose client is gone would hold their locks for ever.
    this.#abandonedCheck = setInterval(() => {
      for (const session of this.sessions.abandoned()) {
        this.closeSession(session).catch((error: unknown) => {
          this.logFailure(asSnowflakeError(error), "");
        });
      }
    }, ABANDONED_CHECK_MS);
    this.#abandonedCheck.unref();
    const host: ScheduleHost = {
      open: (request) => this.#openSession(request),
      submit: (session, request) => this.submit(session, request),
      close: (session) => this.closeSession(session),
      failed: (error) => this.logFailure(asSnowflakeError(error), ""),
    };
    state.tasks.start(state, host);
    state.alerts.start(state, host);
    state.refreshes.start(state, host);
    state.pipes.start(state, host);
  }

  get sessions(): SessionManager {
    return this.state.sessions;
  }

  get history(): QueryHistory {
    return this.state.history;
  }

  now(): number {
    return this.state.now();
  }

  /**
   * A new session. Names of databases, schemas and warehouses that do not exist leave the session without them, as on
   * Snowflake, unless the login asks for validation.
   * @throws 390102 for a user that is disabled, 390189 for a role that does not exist, 390201 when validation fails,
   *   001008 for a parameter's value
   */
  async login(request: LoginRequest): Promise<Session> {
    checkRequested(request, this.state.catalog.snapshot);
    const session = await this.#openSession(request);
    this.state.logins.add({
      at: this.now(),
      user: session.user,
      clientType: session.client.application,
      clientVersion: session.client.version,
    });
    return session;
  }

  async #openSession(request: LoginRequest): Promise<Session> {
    const { snapshot } = this.state.catalog;
    const parameters = parametersOfLogin(request);
    const place = startingPlace(request, snapshot);
    const connection = await this.state.database.connect();
    const session = new Session({
      user: place.user,
      account: request.account.toUpperCase(),
      role: place.role,
      client: request.client,
      connection,
      transactions: new Transactions(this.state.database, connection),
      parameters,
    });
    session.database = place.database;
    session.schema = place.schema;
    session.warehouse = place.warehouse;
    session.parameters.inherit(inheritedParameters(snapshot, session.user));
    try {
      this.sessions.add(session);
    } catch (error) {
      await connection.close();
      throw error;
    }
    return session;
  }

  closeSession(session: Session): Promise<void> {
    return this.state.control.closeSession(session);
  }

  /** Starts a statement, or joins the one that runs or ran under the same request id. */
  submit(session: Session, request: StatementRequest): StatementRun {
    const { requestId } = request;
    const earlier =
      requestId === undefined
        ? undefined
        : this.state.control.runs.ofRequest(session.id, requestId);
    if (earlier !== undefined) return earlier;
    const run = this.#start(session, request);
    this.state.control.runs.add(run, true);
    return run;
  }

  #start(session: Session, request: StatementRequest): StatementRun {
    const queryId = newQueryId();
    const { promise, resolve, reject } = deferred<StoredResult>();
    const run: StatementRun = {
      queryId,
      sessionId: session.id,
      requestId: request.requestId,
      describeOnly: request.describeOnly === true,
      parameters: session.parameters.fork(),
      origin: request.origin ?? "",
      done: promise,
      numberOfBinds: 0,
      arrayBindSupported: false,
      extraData: {},
      transfer: undefined,
      cleanUps: [],
      stop: { state: "queued", reason: undefined, refuse: reject },
    };
    const { control } = this.state;
    const work =
      actsAtOnce(request.text) && control.isBusy(session)
        ? this.#performAside(session, run, request)
        : control.enqueue(session, () => this.#perform(session, run, request));
    work.then(resolve, reject);
    // A failure that nobody polls for is not an unhandled rejection.
    promise.catch(() => undefined);
    return run;
  }

  async #performAside(
    session: Session,
    run: StatementRun,
    request: StatementRequest,
  ): Promise<StoredResult> {
    const { database } = this.state;
    const connection = await database.connect();
    try {
      const transactions = new Transactions(database, connection);
      return await this.#perform(session.aside({ connection, transactions }), run, request);
    } finally {
      await connection.close();
    }
  }

  async #perform(
    session: Session,
    run: StatementRun,
    request: StatementRequest,
  ): Promise<StoredResult> {
    const { stop } = run;
    try {
      if (stop.reason !== undefined) throw stop.reason;
      if (session.closed) throw snowflakeError("canceled");
      stop.state = "running";
      const { snapshot } = this.state.catalog;
      session.parameters.inherit(inheritedParameters(snapshot, session.user));
      run.parameters = parametersOf(session, request);
      limitByWarehouse(run.parameters, session.warehouse, snapshot);
      return await withTimeout(session, run, () =>
        runText(this.state, this.#observer, session, run, request, (child) => {
          this.state.control.runs.add(child, false);
        }),
      );
    } finally {
      stop.state = "ended";
    }
  }

  run(queryId: string): StatementRun | undefined {
    return this.state.control.runs.get(queryId);
  }

  /** The statement of a request id: of the session itself, or else of another. */
  runOfRequest(session: Session, requestId: string): StatementRun | undefined {
    return (
      this.state.control.runs.ofRequest(session.id, requestId) ??
      this.state.control.runs.ofAnyRequest(requestId)
    );
  }

  /** Interrupts a statement, or keeps a queued one from running. False when it has ended already. */
  abort(run: StatementRun): boolean {
    return this.state.control.abort(run);
  }

  logFailure(error: SnowflakeError, queryId: string): void {
    this.#observer.failed(error, queryId);
  }

  async close(): Promise<void> {
    clearInterval(this.#abandonedCheck);
    await this.state.tasks.close();
    await this.state.alerts.close();
    await this.state.refreshes.close();
    await this.state.notifier.close();
    await this.state.pipes.close();
    for (const session of [...this.sessions.all()]) await this.closeSession(session);
    await this.state.results.close();
    await this.state.stages.close();
    await this.state.database.close();
  }
}

/** What the login sets of the parameters that there are. @throws 001008 */
function parametersOfLogin(request: LoginRequest): SessionParameters {
  const parameters = new SessionParameters();
  for (const [name, value] of request.parameters ?? []) {
    if (PARAMETERS.has(name)) parameters.set(name, value);
  }
  return parameters;
}

function deferred<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<Value>((accept, refuse) => {
    resolve = accept;
    reject = refuse;
  });
  return { promise, resolve, reject };
}

/** Opens the account of a data directory, or a fresh one in memory. */
export async function openAccount(options: AccountOptions = {}): Promise<Account> {
  const now = options.now ?? Date.now;
  const clock = { now, after: options.after ?? realTimer };
  provideH3Library();
  const catalog = new Catalog();
  const routines = javaScriptHostFunctions((id) => catalog.snapshot.get(id));
  const tickets = new Tickets(now);
  const files = fileObjectFunctions({
    snapshot: () => catalog.snapshot,
    store: () => state.stages,
    tickets,
  });
  const database: DuckDatabase = await openDatabase({
    directory: options.directory,
    hostFunctions: [...allHostFunctions(), ...routines, fileUrlFunction(tickets), ...files],
    threads: options.threads,
    memoryLimit: options.memoryLimit,
  });
  const sessions = new SessionManager(now);
  const results = new ResultStore(options.directory);
  const runs = new Runs(results);
  await loadCatalog(catalog, database);
  const state: AccountState = {
    catalog,
    database,
    sessions,
    history: new QueryHistory(),
    logins: new LoginHistory(),
    events: new EventLog(),
    translations: new TranslationCache(),
    results,
    control: new AccountControl(runs, sessions, (session) => dropSessionObjects(state, session)),
    stages: await openStages(catalog, database, now, options.localFiles),
    tickets,
    tasks: new TaskScheduler(clock),
    alerts: new AlertScheduler(clock),
    refreshes: new RefreshScheduler(clock),
    notifier: new Notifier(now),
    pipes: await openPipes(catalog, database, now),
    now,
  };
  await setUpAccount(state);
  return new Account(state, options.observer ?? silentObserver);
}
