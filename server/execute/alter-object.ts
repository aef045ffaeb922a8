/** ALTER ACCOUNT, DATABASE, SCHEMA, WAREHOUSE, ROLE, USER: rename, swap, options. */

import type { ObjectName } from "../../translator/ast/expressions.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import { type Clause, phraseOf } from "../../translator/statements/forms.ts";
import type { CatalogObject } from "../catalog/objects.ts";
import { nameSpace, parentId } from "../catalog/objects.ts";
import type { CatalogChange, Snapshot } from "../catalog/snapshot.ts";
import { alterFunction } from "../program/functions-alter.ts";
import { alterProcedure } from "../program/procedures/alter.ts";
import { warehouseFields } from "./account-objects.ts";
import { alterAccount } from "./alter-account.ts";
import { alterAlert } from "./alter-alert.ts";
import { alterPipe } from "./alter-pipe.ts";
import { alterStage } from "./alter-stage.ts";
import { taggedChange } from "./alter-tags.ts";
import { alterTask } from "./alter-task.ts";
import { kindTitle, locateObject } from "./drop.ts";
import type { Execution, Handler, StatementOf } from "./execution.ts";
import { alterFileFormat } from "./file-format.ts";
import { alterIntegration } from "./integration.ts";
import { lastPart, notFound, shown } from "./names.ts";
import { alterPolicy } from "./policies.ts";
import { propertyRecord } from "./properties.ts";
import { withRetention } from "./retention.ts";
import { executed } from "./status.ts";
import { alterStream } from "./stream.ts";
import { alterTag } from "./tag.ts";
import { withoutUserOptions, withUserOptions } from "./user-objects.ts";

type Alteration = StatementOf<"alter_object">["alteration"];

const KINDS = new Set(["DATABASE", "SCHEMA", "WAREHOUSE", "ROLE", "USER"]);

export const alterObject: Handler<"alter_object"> = async (statement, execution) => {
  const { object: word } = statement;
  const name = statement.name ?? currentName(word, execution);
  if (word === "ACCOUNT") return alterAccount(statement, execution);
  if (word === "FUNCTION" && name !== undefined) return alterFunction(statement, name, execution);
  if (word === "PROCEDURE" && name !== undefined) {
    return alterProcedure(statement, name, execution);
  }
  if (word === "STAGE" && name !== undefined) return alterStage(statement, name, execution);
  if (word === "STREAM" && name !== undefined) return alterStream(statement, name, execution);
  if (word === "TASK" && name !== undefined) return alterTask(statement, name, execution);
  if (word === "ALERT" && name !== undefined) return alterAlert(statement, name, execution);
  if ((word === "INTEGRATION" || word === "NOTIFICATION INTEGRATION") && name !== undefined) {
    return alterIntegration(statement, name, execution);
  }
  if (word === "PIPE" && name !== undefined) return alterPipe(statement, name, execution);
  if (word === "FILE FORMAT" && name !== undefined) {
    return alterFileFormat(statement, name, execution);
  }
  if (word === "TAG") return alterTag(statement, execution);
  if (word === "MASKING POLICY" || word === "ROW ACCESS POLICY") {
    return alterPolicy(statement, word, execution);
  }
  if (typeof word !== "string" || !KINDS.has(word) || name === undefined) {
    const what = typeof word === "string" ? word : "of a class";
    throw snowflakeError("unsupportedFeature", { feature: `ALTER ${what}` });
  }
  await execution.ddl(async (snapshot) => {
    const found = locateObject(snapshot, word, name, execution, "ALTER");
    if (found === undefined) {
      if (statement.ifExists) return { changes: [], result: undefined };
      throw notFound(kindTitle(word), shown(lastPart(name, execution)));
    }
    const changes = changesOf(found, word, statement.alteration, snapshot, execution);
    return { ...withRetention(changes, snapshot), result: undefined };
  });
  return executed();
};

/** ALTER WAREHOUSE and ALTER USER without a name mean the session's own. */
function currentName(word: unknown, { session }: Execution): ObjectName | undefined {
  if (word !== "WAREHOUSE" && word !== "USER") return undefined;
  const name = word === "USER" ? session.user : session.warehouse;
  if (name === undefined) return undefined;
  const span = { start: 0, end: 0 };
  return { kind: "name", parts: [{ name, quoted: true, span }], span };
}

function changesOf(
  object: CatalogObject,
  word: string,
  alteration: Alteration,
  snapshot: Snapshot,
  execution: Execution,
): CatalogChange[] {
  const put = (changed: CatalogObject): CatalogChange => ({
    kind: "put",
    object: { ...changed, alteredAt: execution.account.now() },
  });
  switch (alteration.kind) {
    case "rename": {
      const name = lastPart(alteration.name, execution);
      if (snapshot.find(nameSpace(object.kind), parentId(object), name) !== undefined) {
        throw snowflakeError("objectExists", { name: shown(name) });
      }
      followRename(object, name, execution);
      return [put({ ...object, name })];
    }
    case "swap": {
      const other = locateObject(snapshot, word, alteration.name, execution, "ALTER");
      if (other === undefined) throw snowflakeError("objectMissing");
      return [put({ ...object, name: other.name }), put({ ...other, name: object.name })];
    }
    case "set":
      return [put(withOptions(object, propertyRecord(alteration.properties, execution)))];
    case "unset": {
      if (object.kind === "user") return [put(withoutUserOptions(object, alteration.names))];
      const comment = alteration.names.includes("COMMENT") ? "" : object.comment;
      const options = Object.fromEntries(
        Object.entries(object.options).filter(([name]) => !alteration.names.includes(name)),
      );
      const left = { ...object, options, comment };
      return [put(left.kind === "warehouse" ? { ...left, ...warehouseFields(options) } : left)];
    }
    case "set_tags":
    case "unset_tags":
      return [put(taggedChange(object, alteration, snapshot, execution))];
    case "clause":
      return [put(withState(object, alteration.clause, word))];
    case "set_contacts":
    case "unset_contacts":
      throw snowflakeError("unsupportedFeature", { feature: `ALTER ${word} SET CONTACT` });
  }
}

/** A session that stands in a renamed database or schema follows it. */
function followRename(object: CatalogObject, name: string, { session }: Execution): void {
  if (object.kind === "database" && session.database === object.name) session.database = name;
  if (object.kind === "schema" && session.schema === object.name) session.schema = name;
}

function withOptions(
  object: CatalogObject,
  options: Readonly<Record<string, string>>,
): CatalogObject {
  if (object.kind === "user") return withUserOptions(object, options);
  const changed = {
    ...object,
    options: { ...object.options, ...options },
    comment: options.COMMENT ?? object.comment,
  };
  if (changed.kind === "warehouse") return { ...changed, ...warehouseFields(changed.options) };
  return changed;
}

function withState(object: CatalogObject, clause: Clause, word: string): CatalogObject {
  const { form } = clause;
  if (object.kind === "warehouse") {
    if (form === "SUSPEND") return { ...object, state: "SUSPENDED" };
    if (form.startsWith("RESUME")) return { ...object, state: "STARTED" };
    if (form === "ABORT ALL QUERIES") return object;
  }
  if (object.kind === "schema") {
    if (form === "ENABLE MANAGED ACCESS") return { ...object, managedAccess: true };
    if (form === "DISABLE MANAGED ACCESS") return { ...object, managedAccess: false };
  }
  throw snowflakeError("unsupportedFeature", { feature: `ALTER ${word} ${phraseOf(clause)}` });
}
