/** DESCRIBE. https://docs.snowflake.com/en/sql-reference/sql/desc */

import type { Expression } from "../../translator/ast/expressions.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import {
  fileFormats,
  INFORMATION_SCHEMA,
  relations,
  schemas,
  sequences,
  stages,
  streams,
} from "../catalog/information-schema/objects.ts";
import type {
  CatalogObject,
  DatabaseObject,
  SchemaObject,
  UserObject,
} from "../catalog/objects.ts";
import { pipesOf } from "../catalog/pipe-object.ts";
import { functionNotFound, locateFunction } from "../program/functions-alter.ts";
import { findProcedure } from "../program/procedures/drop.ts";
import { tasksOf } from "../program/tasks/graph.ts";
import { describedColumn, describeRelation, RESULT_SHAPE } from "./describe-relation.ts";
import { kindTitle, locateObject } from "./drop.ts";
import type { Execution, Handler, StatementOf, StatementResult } from "./execution.ts";
import { memberName, nameParts, shown } from "./names.ts";
import { evaluate } from "./read-values.ts";
import { describeSearch } from "./search-optimization.ts";
import { describeAlert } from "./show/alerts.ts";
import { sequenceRows } from "./show/containers.ts";
import { describeFileFormat } from "./show/file-formats.ts";
import { describeIntegration } from "./show/integrations.ts";
import { describePipe } from "./show/pipes.ts";
import { describePolicy } from "./show/policies.ts";
import { describeProcedure } from "./show/procedures.ts";
import { type ShowRow, shapedResult, shapeOf } from "./show/rows.ts";
import { timestampText } from "./show/session.ts";
import { describeStage } from "./show/stages.ts";
import { describeStream } from "./show/streams.ts";
import { describeTask } from "./show/tasks.ts";
import { describeFunction } from "./show/user-functions.ts";
import { DESCRIBE_STATEMENT } from "./statement-types.ts";

type Target = StatementOf<"describe">["target"];
type ObjectTarget = Extract<Target, { kind: "object" }>;

const RELATIONS = new Set<string>(["TABLE_OR_VIEW", "TABLE", "VIEW", "MATERIALIZED VIEW"]);
const CONTENTS_SHAPE = "created_on ts, name, kind";

/** @throws 002003 when the object does not exist, 000709 for the id of no result */
export const describe: Handler<"describe"> = async ({ target }, execution) => {
  switch (target.kind) {
    case "object":
      return describeObject(target, execution);
    case "result":
      return describeResult(await idOf(target.id, execution), execution);
    case "transaction":
      return describeTransaction(await idOf(target.id, execution), execution);
    case "search_optimization":
      return describeSearch(target.table, execution);
  }
};

async function idOf(expression: Expression, execution: Execution): Promise<string> {
  const [id] = await evaluate([expression], execution);
  return String(id?.value ?? "");
}

async function describeObject(
  target: ObjectTarget,
  execution: Execution,
): Promise<StatementResult> {
  if (target.type === "STAGE") {
    throw snowflakeError("unsupportedFeature", { feature: "DESCRIBE TABLE TYPE = STAGE" });
  }
  if (target.inside !== undefined) {
    const feature = `DESCRIBE ${target.object} IN ${target.inside.object}`;
    throw snowflakeError("unsupportedFeature", { feature });
  }
  if (RELATIONS.has(target.object)) {
    const isView = target.object === "VIEW" || target.object === "MATERIALIZED VIEW";
    const name = memberName(target.name, execution, "DESCRIBE");
    return describeRelation(name, isView ? "View" : "Table", execution);
  }
  if (target.object === "PROCEDURE") {
    const { object, shown: missing } = findProcedure(
      target.name,
      target.signature,
      execution,
      "DESCRIBE",
    );
    if (object !== undefined) return describeProcedure(object);
    throw snowflakeError("containerNotFound", { kind: "Procedure", name: missing });
  }
  if (target.object === "FUNCTION") return describeRoutine(target, execution);
  const found = locate(target, execution);
  if (found === undefined || (target.object === "STREAM" && found.kind !== "stream")) {
    throw snowflakeError("containerNotFound", {
      kind: kindTitle(target.object),
      name: nameParts(target.name, execution).map(shown).join("."),
    });
  }
  return describeFound(found, execution);
}

function describeRoutine({ name, signature }: ObjectTarget, execution: Execution): StatementResult {
  const { snapshot } = execution.account.catalog;
  const found = locateFunction(snapshot, name, signature, execution, "DESCRIBE FUNCTION");
  if (found === undefined) throw functionNotFound(name, execution);
  return describeFunction(found);
}

const LOCATED = new Set<string>([
  "DATABASE",
  "SCHEMA",
  "WAREHOUSE",
  "SEQUENCE",
  "STAGE",
  "STREAM",
  "FILE FORMAT",
  "MASKING POLICY",
  "ROW ACCESS POLICY",
  "TASK",
  "ALERT",
  "INTEGRATION",
  "NOTIFICATION INTEGRATION",
  "PIPE",
  "USER",
]);

/** The object; kinds that cannot be made here are never found. */
function locate({ object, name }: ObjectTarget, execution: Execution): CatalogObject | undefined {
  if (!LOCATED.has(object)) return undefined;
  const { snapshot } = execution.account.catalog;
  return locateObject(snapshot, object, name, execution, "DESCRIBE");
}

async function describeFound(
  object: CatalogObject,
  execution: Execution,
): Promise<StatementResult> {
  switch (object.kind) {
    case "database":
      return contents(databaseContents(object, execution));
    case "schema":
      return contents(schemaContents(object, execution));
    case "sequence": {
      const { snapshot } = execution.account.catalog;
      const place = snapshot.qualify(object.schemaId);
      const rows = await sequenceRows([{ ...place, sequence: object }], execution);
      return shapedResult(shapeOf("SEQUENCES"), rows, DESCRIBE_STATEMENT);
    }
    case "user":
      return describeUser(object);
    case "stage":
      return describeStage(object, (at) => timestampText(at, execution));
    case "stream":
      return describeStream(object, execution);
    case "file_format":
      return describeFileFormat(object);
    case "masking_policy":
    case "row_access_policy":
      return describePolicy(object);
    case "task":
      return describeTask(object, execution);
    case "integration":
      return describeIntegration(object);
    case "alert":
      return describeAlert(object, execution);
    case "pipe":
      return describePipe(object, execution);
    default: {
      const row = { created_on: object.createdAt, name: object.name };
      return contents([{ ...row, kind: object.kind.toUpperCase() }]);
    }
  }
}

function contents(rows: readonly ShowRow[]): StatementResult {
  return shapedResult(CONTENTS_SHAPE, rows, DESCRIBE_STATEMENT);
}

function databaseContents(database: DatabaseObject, { account }: Execution): ShowRow[] {
  const made = schemas(account.catalog.snapshot, database).map(({ createdAt, name }) => ({
    created_on: createdAt,
    name,
    kind: "SCHEMA",
  }));
  const own = { created_on: database.createdAt, name: INFORMATION_SCHEMA, kind: "SCHEMA" };
  return [own, ...made].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function schemaContents(schema: SchemaObject, { account, session }: Execution): ShowRow[] {
  const { snapshot } = account.catalog;
  const sessionId = String(session.id);
  const members = [
    ...relations(snapshot, schema, sessionId),
    ...sequences(snapshot, schema, sessionId),
    ...stages(snapshot, schema, sessionId),
    ...fileFormats(snapshot, schema, sessionId),
    ...streams(snapshot, schema),
    ...tasksOf(snapshot, schema.id),
    ...snapshot.list("alert", schema.id),
    ...pipesOf(snapshot, schema.id),
  ];
  return members.map((member) => ({
    created_on: member.createdAt,
    name: member.name,
    kind:
      member.kind === "view" && member.materialized
        ? "MATERIALIZED_VIEW"
        : member.kind.toUpperCase(),
  }));
}

function describeUser(user: UserObject): StatementResult {
  const { options } = user;
  const property = (name: string, value: string, description: string): ShowRow => ({
    property: name,
    value: value === "" ? "null" : value,
    default: "null",
    description,
  });
  const rows = [
    property("NAME", user.name, "Name"),
    property("COMMENT", user.comment, "User comment associated to an object in the dictionary"),
    property("DISPLAY_NAME", options["DISPLAY_NAME"] ?? user.name, "Display name"),
    property("TYPE", options["TYPE"] ?? "", "Type of the user"),
    property("LOGIN_NAME", user.login, "Login name of the user"),
    property("FIRST_NAME", options["FIRST_NAME"] ?? "", "First name of the user"),
    property("LAST_NAME", options["LAST_NAME"] ?? "", "Last name of the user"),
    property("EMAIL", options["EMAIL"] ?? "", "Email address of the user"),
    property("DISABLED", String(user.disabled), "Whether the user is disabled"),
    property("DEFAULT_WAREHOUSE", user.defaultWarehouse, "Default warehouse for this user"),
    property("DEFAULT_NAMESPACE", user.defaultNamespace, "Default database namespace"),
    property("DEFAULT_ROLE", user.defaultRole, "Primary role of new sessions of the user"),
  ];
  return shapedResult("property, value, default, description", rows, DESCRIBE_STATEMENT);
}

function describeResult(queryId: string, { account }: Execution): StatementResult {
  const result = account.results.get(queryId);
  if (result === undefined) throw snowflakeError("statementNotFound", { queryId });
  const rows = result.columns.map((column) => describedColumn({ ...column, comment: "" }, []));
  return shapedResult(RESULT_SHAPE, rows, DESCRIBE_STATEMENT);
}

/** Only open transactions are known. */
function describeTransaction(id: string, { account }: Execution): StatementResult {
  for (const owner of account.sessions.all()) {
    const open = owner.transactions.current;
    if (open === undefined || String(open.id) !== id) continue;
    const row: ShowRow = {
      id: open.id,
      user: owner.user,
      session: owner.id,
      name: open.name ?? "",
      started_on: open.startedAt,
      state: "running",
      ended_on: null,
    };
    const shape = "id n, user, session n, name, started_on ts, state, ended_on ts";
    return shapedResult(shape, [row], DESCRIBE_STATEMENT);
  }
  throw snowflakeError("containerNotFound", { kind: "Transaction", name: id });
}
