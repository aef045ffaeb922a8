/** Puts together what a statement needs: session, parameters, binder context, DDL transaction. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { QualifiedName, Relation } from "../../translator/bind/catalog.ts";
import type { BindContext } from "../../translator/bind/context.ts";
import { translateStatement } from "../../translator/translate.ts";
import { accountUsage } from "../catalog/account-usage.ts";
import { eventTable } from "../catalog/event-table.ts";
import { governanceFunction } from "../catalog/governance-functions.ts";
import { loadFunction } from "../catalog/information-schema/load-rows.ts";
import { informationSchemaFunction } from "../catalog/information-schema-functions.ts";
import { SessionView } from "../catalog/session-view.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import { userTableFunctions } from "../program/functions.ts";
import { PARAMETERS } from "../session/parameter-table.ts";
import type { SessionParameters } from "../session/parameters.ts";
import type { Session } from "../session/session.ts";
import type { StatementRequest, StatementRun } from "./account.ts";
import { alertHistory, alertHistoryView } from "./alert-tables.ts";
import { bindReader } from "./binds.ts";
import { runDdl } from "./ddl.ts";
import { directoryTable } from "./directory-table.ts";
import { dynamicTableFunction } from "./dynamic-table-functions.ts";
import type { AccountState, Execution } from "./execution.ts";
import { originOf } from "./functions/file-urls.ts";
import { notificationHistory } from "./notification-tables.ts";
import { resultScanRelation } from "./result-scan.ts";
import { sessionValue } from "./session-values.ts";
import { stageScope } from "./stage-scope.ts";
import { stagedFormat } from "./staged-scans.ts";
import { taskFunction, taskHistoryView } from "./task-tables.ts";

export function makeExecution(
  account: AccountState,
  session: Session,
  run: StatementRun,
  request: StatementRequest,
  startedAt: number,
  depth = 0,
): Execution {
  const { parameters, queryId } = run;
  const lookups = { count: 0 };
  const { snapshot } = account.catalog;
  const context = bindContext(account, snapshot, session, run, request, lookups);
  return {
    account,
    session,
    text: request.text,
    queryId,
    startedAt,
    describeOnly: run.describeOnly,
    origin: run.origin,
    parameters,
    snapshot,
    context,
    batch: request.binds?.batch,
    lookups,
    refreshed: () => makeExecution(account, session, run, request, startedAt),
    staged: new Map(),
    atEnd: (work) => run.cleanUps.push(work),
    depth,
    inner: (text, id) =>
      makeExecution(
        account,
        session,
        { ...run, queryId: id, parameters: parametersOf(session, request) },
        { ...request, text },
        account.now(),
        depth + 1,
      ),
    isCanceled: () => run.stop.reason !== undefined,
    ddl: (edit) =>
      runDdl(
        account.catalog,
        session.transactions,
        { queryId, lockTimeoutSeconds: Number(parameters.get("LOCK_TIMEOUT")) },
        edit,
      ),
  };
}

/** The session's parameters as they are now, with the request's own on top. */
export function parametersOf(session: Session, request: StatementRequest): SessionParameters {
  const parameters = session.parameters.fork();
  for (const [name, value] of request.parameters ?? []) {
    if (PARAMETERS.has(name)) parameters.set(name, value);
  }
  return parameters;
}

function bindContext(
  account: AccountState,
  snapshot: Snapshot,
  session: Session,
  run: StatementRun,
  request: StatementRequest,
  lookups: { count: number },
): BindContext {
  const catalog: SessionView = new SessionView(snapshot, {
    sessionId: String(session.id),
    role: session.role,
    now: account.now,
    resultScan: (id) => {
      lookups.count++;
      return resultScanRelation(account, id);
    },
    accountUsage: (name, view) => {
      lookups.count++;
      return (
        alertHistoryView(name, account, view) ??
        taskHistoryView(name, account, view) ??
        accountUsage(view, name, account.history)
      );
    },
    serverRelation: (name) => {
      const made = referencedQuery(session, name.name) ?? eventTable(name, account.events);
      if (made !== undefined) lookups.count++;
      return made;
    },
    translate: (query, text, { database, schema }, tables) => {
      // Names inside a view never go through the caller's search path.
      const parameter = (name: string) =>
        name === "SEARCH_PATH" ? "$current" : context.parameter(name);
      const inView = { ...context, database, schema, parameter, catalog: tables };
      const translated = translateStatement({ kind: "select", query }, text, inView);
      if (translated.kind === "query") return translated;
      throw snowflakeError("unsupportedFeature", { feature: "STREAM on a view with PIVOT" });
    },
    userTableFunctions: (name, view) => userTableFunctions(view, name, String(session.id)),
    stage: (path, options) => {
      // Files come and go without a change of the catalog.
      lookups.count++;
      return stagedFormat(path, options, stageScope({ account, session }));
    },
    tableFunction: (name, args) => {
      lookups.count++;
      return serverTable(name, args, { account, session, snapshot, run });
    },
    newRows: (name) => {
      const rows = session.alert?.newRows;
      if (rows === undefined || !isSame(rows.source, name)) return undefined;
      lookups.count++;
      return rows;
    },
  });
  const context: BindContext = {
    catalog,
    database: session.database,
    schema: session.schema,
    role: session.role,
    warehouse: session.warehouse,
    user: session.user,
    account: session.account,
    sessionId: String(session.id),
    session: (name) => {
      lookups.count++;
      return sessionValue(session, run.queryId, name, account);
    },
    parameter: (name) => run.parameters.get(name),
    variable: (name) => session.variables.get(name),
    bind: bindReader(request.binds),
    // The statement itself is the newest of the session already; LAST_QUERY_ID means those before it.
    lastQueryId: (n) => {
      lookups.count++;
      return session.queryId(n < 0 && !run.describeOnly ? n - 1 : n);
    },
    describeOnly: run.describeOnly,
  };
  return context;
}

function isSame(a: QualifiedName, b: QualifiedName): boolean {
  return a.database === b.database && a.schema === b.schema && a.name === b.name;
}

type Surroundings = {
  readonly account: AccountState;
  readonly session: Session;
  readonly snapshot: Snapshot;
  readonly run: StatementRun;
};

/** A table function that the server answers; undefined for a name that is none. */
function serverTable(
  name: QualifiedName,
  args: ReadonlyMap<string, string | null>,
  { account, session, snapshot, run }: Surroundings,
): Relation | undefined {
  const scope = stageScope({ account, session });
  const stage = args.get("1");
  if (name.name === "DIRECTORY" && typeof stage === "string") {
    return directoryTable(stage, scope, account, originOf(run));
  }
  const { database, schema, user, warehouse } = session;
  const sessionId = String(session.id);
  return (
    loadFunction(name, args, { ...scope, now: account.now() }) ??
    governanceFunction(name, args, { snapshot, database, schema, sessionId }) ??
    taskFunction(name, args, account, { session, snapshot }) ??
    alertHistory(name, args, account, snapshot) ??
    notificationHistory(name, args, account) ??
    dynamicTableFunction(name, args, account, { session, snapshot }) ??
    informationSchemaFunction(name, args, account, { sessionId: session.id, user, warehouse })
  );
}

/** The query behind a reference, as a view. */
function referencedQuery(session: Session, name: string): Relation | undefined {
  const found = session.references.get(name);
  if (found?.kind !== "query") return undefined;
  const { database, schema, query, text, columns } = found;
  return { kind: "view", name: { database, schema, name }, id: 0, query, text, columns };
}
