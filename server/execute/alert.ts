/** CREATE ALERT. https://docs.snowflake.com/en/sql-reference/sql/create-alert */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { QualifiedName } from "../../translator/bind/catalog.ts";
import type { AlertObject } from "../catalog/alert-object.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import { commonFields } from "./account-objects.ts";
import { type AlertFields, checkAlert, NO_FIELDS, withAlertOptions } from "./alert-fields.ts";
import { checkKeepsType } from "./alter-alert.ts";
import type { ObjectCreator } from "./create-object.ts";
import type { Execution, StatementOf } from "./execution.ts";
import { findMember, findSchema, memberName, notFound, shown, shownQualified } from "./names.ts";
import { alreadyExists, created } from "./status.ts";

type Statement = StatementOf<"create_object">;
/** What the clauses and options of CREATE ALERT say. */
type Written = AlertFields & Pick<AlertObject, "condition" | "action" | "tags">;

const BODY = "IF ( EXISTS ( <within> ) ) THEN <rest>";

/** An alert by name. @throws 002003 when there is none */
export function alertNamed(
  snapshot: Snapshot,
  name: QualifiedName,
  execution: Execution,
): AlertObject {
  const found = findMember(snapshot, "alert", name, execution);
  if (found?.kind !== "alert") throw notFound("Alert", shownQualified(name));
  return found;
}

/** Makes a suspended alert. @throws 091090 for a condition that it cannot have */
export const createAlert: ObjectCreator = async (statement, execution) => {
  const name = memberName(statement.name, execution, "CREATE ALERT");
  checkForm(statement);
  const made = await execution.ddl(async (snapshot) => {
    const schema = findSchema(snapshot, name.database, name.schema);
    const existing = snapshot.find("alert", schema.id, name.name);
    if (existing !== undefined && statement.ifNotExists) return { changes: [], result: false };
    if (existing !== undefined && !statement.orReplace && !statement.orAlter) {
      throw snowflakeError("objectExists", { name: shown(name.name) });
    }
    const written = writtenAlert(statement, snapshot, execution);
    checkAlert({ ...written, name: name.name });
    if (existing?.kind === "alert" && statement.orAlter) {
      const object = alteredAlert(existing, written, execution);
      return { changes: [{ kind: "put", object }], result: true };
    }
    const object: AlertObject = {
      ...commonFields(name.name, {}, execution),
      ...written,
      kind: "alert",
      schemaId: schema.id,
      account: execution.session.account,
      state: "suspended",
    };
    const gone = existing === undefined ? [] : [{ kind: "purge" as const, id: existing.id }];
    return { changes: [...gone, { kind: "put", object }], result: true };
  });
  return made ? created("Alert", name.name) : alreadyExists(name.name);
};

function checkForm(statement: Statement): void {
  const { persistence, orReplace, ifNotExists, orAlter, tags } = statement;
  const unsupported = (feature: string) => snowflakeError("unsupportedFeature", { feature });
  if (persistence !== "permanent") {
    throw unsupported(`CREATE ${persistence.toUpperCase()} ALERT`);
  }
  if (orReplace && ifNotExists) {
    throw snowflakeError("conflictingOptions", { first: "OR REPLACE", second: "IF NOT EXISTS" });
  }
  if (orAlter && tags.length > 0) throw unsupported("TAG of CREATE OR ALTER ALERT");
}

/** CREATE OR ALTER: what is not written is unset; the state and the tags stay. */
function alteredAlert(
  existing: AlertObject,
  { tags: _, ...written }: Written,
  { account }: Execution,
): AlertObject {
  checkKeepsType(existing, written);
  return { ...existing, ...written, alteredAt: account.now() };
}

function writtenAlert(statement: Statement, snapshot: Snapshot, execution: Execution): Written {
  const { clone, clauses, properties } = statement;
  if (clone !== undefined) return clonedAlert(statement, snapshot, execution);
  const [body, other] = clauses;
  const [condition, action] = body?.arguments ?? [];
  if (body?.form === BODY && condition?.kind === "within" && action?.kind === "rest" && !other) {
    const fields = withAlertOptions(NO_FIELDS, properties, execution);
    return { ...fields, condition: condition.text, action: action.text };
  }
  const form = clauses.find((clause) => clause.form !== BODY)?.form ?? "without IF and THEN";
  const feature = `CREATE ALERT ${form.replace(/ <.*$/, "")}`;
  throw snowflakeError("unsupportedFeature", { feature });
}

/** A copy has all that its source has, but for the options that the statement sets. */
function clonedAlert(statement: Statement, snapshot: Snapshot, execution: Execution): Written {
  const { clone, clauses, properties } = statement;
  if (clone === undefined || clone.timeTravel !== undefined || clauses.length > 0) {
    throw snowflakeError("unsupportedFeature", { feature: "CREATE ALERT CLONE with clauses" });
  }
  const name = memberName(clone.name, execution, "CREATE ALERT");
  const { condition, action, tags, ...source } = alertNamed(snapshot, name, execution);
  const { warehouse, schedule, config, runbook, options, comment } = withAlertOptions(
    source,
    properties,
    execution,
  );
  return { ...{ warehouse, schedule, config, runbook, options, comment }, condition, action, tags };
}
