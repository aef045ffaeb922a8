/** ALTER ALERT. https://docs.snowflake.com/en/sql-reference/sql/alter-alert */

import type { ObjectName } from "../../translator/ast/expressions.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { AlertObject } from "../catalog/alert-object.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import { checkAlert, withAlertOptions, withoutAlertOptions } from "./alert-fields.ts";
import { taggedChange } from "./alter-tags.ts";
import type { Execution, StatementOf, StatementResult } from "./execution.ts";
import { findMember, memberName, notFound, shown, shownQualified } from "./names.ts";
import { executed } from "./status.ts";

type Statement = StatementOf<"alter_object">;
type Alteration = Statement["alteration"];
type Clause = Extract<Alteration, { kind: "clause" }>["clause"];

/** @throws 002003 when there is no such alert, 091090 for what an alert cannot be changed to */
export async function alterAlert(
  statement: Statement,
  objectName: ObjectName,
  execution: Execution,
): Promise<StatementResult> {
  const name = memberName(objectName, execution, "ALTER ALERT");
  const { account, session } = execution;
  const altered = await execution.ddl(async (snapshot) => {
    const alert = findMember(snapshot, "alert", name, execution);
    if (alert?.kind !== "alert") {
      if (statement.ifExists) return { changes: [], result: undefined };
      throw notFound("Alert", shownQualified(name));
    }
    const object = changed(alert, statement.alteration, snapshot, execution);
    const result = object.state === alert.state ? undefined : object;
    return { changes: [{ kind: "put", object }], result };
  });
  // An alert whose action suspends it finishes that action.
  if (altered !== undefined && altered.id !== session.alert?.id) {
    account.alerts.changed(altered.id, altered.state === "suspended");
  }
  return executed();
}

function changed(
  alert: AlertObject,
  alteration: Alteration,
  snapshot: Snapshot,
  execution: Execution,
): AlertObject {
  const alteredAt = execution.account.now();
  switch (alteration.kind) {
    case "set": {
      const fields = withAlertOptions(alert, alteration.properties, execution);
      checkKeepsType(alert, fields);
      return { ...alert, ...fields, alteredAt };
    }
    case "unset":
      return { ...alert, ...withoutAlertOptions(alert, alteration.names), alteredAt };
    case "set_tags":
    case "unset_tags":
      return { ...taggedChange(alert, alteration, snapshot, execution), alteredAt };
    case "clause":
      return afterClause(alert, alteration.clause, execution);
    default:
      throw unsupported(alteration.kind.toUpperCase().replaceAll("_", " "));
  }
}

/** @throws 091090: an alert on a schedule stays one, and so does one on new data */
export function checkKeepsType(
  { name, schedule: before }: Pick<AlertObject, "name" | "schedule">,
  { schedule }: Pick<AlertObject, "schedule">,
): void {
  if ((before === undefined) === (schedule === undefined)) return;
  const problem =
    before === undefined
      ? "is an alert on new data and cannot get a schedule"
      : "is an alert on a schedule and cannot lose it";
  throw snowflakeError("alertRule", { name: shown(name), problem });
}

function afterClause(
  alert: AlertObject,
  { form, arguments: [argument] }: Clause,
  { account }: Execution,
): AlertObject {
  const alteredAt = account.now();
  switch (form) {
    case "RESUME":
      if (alert.state === "started") return alert;
      return {
        ...alert,
        state: "started",
        resumedAt: alteredAt,
        autoSuspended: undefined,
        seenCommit: account.database.commits.current,
      };
    case "SUSPEND":
      return alert.state === "suspended" ? alert : { ...alert, state: "suspended" };
    case "MODIFY CONDITION EXISTS ( <within> )":
      if (argument?.kind !== "within") break;
      return checked({ ...alert, condition: argument.text, alteredAt });
    case "MODIFY ACTION <rest>":
      if (argument?.kind !== "rest") break;
      return checked({ ...alert, action: argument.text, alteredAt });
    default:
  }
  throw unsupported(form.replace(/ <.*$/, ""));
}

function checked(alert: AlertObject): AlertObject {
  checkAlert(alert);
  return alert;
}

function unsupported(what: string) {
  return snowflakeError("unsupportedFeature", { feature: `ALTER ALERT ${what}` });
}
