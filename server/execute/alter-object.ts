/** ALTER ACCOUNT, DATABASE, SCHEMA, WAREHOUSE, ROLE, USER: rename, swap, options. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { CatalogObject } from "../catalog/objects.ts";
import { nameSpace, parentId } from "../catalog/objects.ts";
import type { CatalogChange, Snapshot } from "../catalog/snapshot.ts";
import { alterFunction } from "../program/functions-alter.ts";
import { alterProcedure } from "../program/procedures/alter.ts";
import { warehouseFields } from "./account-objects.ts";
import { alterAccount } from "./alter-account.ts";
import { alterStage } from "./alter-stage.ts";
import { taggedChange } from "./alter-tags.ts";
import { alterTask } from "./alter-task.ts";
import { kindTitle, locateObject } from "./drop.ts";
import type { Execution, Handler, StatementOf } from "./execution.ts";
import { alterFileFormat } from "./file-format.ts";
import { lastPart, notFound, shown } from "./names.ts";
import { alterPolicy } from "./policies.ts";
import { propertyRecord, wholeNumber } from "./properties.ts";
import { executed } from "./status.ts";
import { alterStream } from "./stream.ts";
import { alterTag } from "./tag.ts";
import { withoutUserOptions, withUserOptions } from "./user-objects.ts";

type Alteration = StatementOf<"alter_object">["alteration"];

const KINDS = new Set(["DATABASE", "SCHEMA", "WAREHOUSE", "ROLE", "USER"]);
const RETENTION = { minimum: 0, maximum: 90 } as const;

export const alterObject: Handler<"alter_object"> = async (statement, execution) => {
  const { object: word, name } = statement;
  if (word === "ACCOUNT") return alterAccount(statement, execution);
  if (word === "FUNCTION" && name !== undefined) return alterFunction(statement, name, execution);
  if (word === "PROCEDURE" && name !== undefined) {
    return alterProcedure(statement, name, execution);
  }
  if (word === "STAGE" && name !== undefined) return alterStage(statement, name, execution);
  if (word === "STREAM" && name !== undefined) return alterStream(statement, name, execution);
  if (word === "TASK" && name !== undefined) return alterTask(statement, name, execution);
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
    return {
      changes: changesOf(found, word, statement.alteration, snapshot, execution),
      result: undefined,
    };
  });
  return executed();
};

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
      const changed = { ...object, options, comment };
      return [
        put(changed.kind === "warehouse" ? { ...changed, ...warehouseFields(options) } : changed),
      ];
    }
    case "set_tags":
    case "unset_tags":
      return [put(taggedChange(object, alteration, snapshot, execution))];
    case "clause":
      return [put(withState(object, alteration.clause.form, word))];
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
  if (changed.kind === "database" || changed.kind === "schema") {
    const name = "DATA_RETENTION_TIME_IN_DAYS";
    return {
      ...changed,
      retentionDays: wholeNumber(options, name, changed.retentionDays, RETENTION),
    };
  }
  return changed;
}

function withState(object: CatalogObject, form: string, word: string): CatalogObject {
  if (object.kind === "warehouse") {
    if (form === "SUSPEND") return { ...object, state: "SUSPENDED" };
    if (form.startsWith("RESUME")) return { ...object, state: "STARTED" };
    if (form === "ABORT ALL QUERIES") return object;
  }
  if (object.kind === "schema") {
    if (form === "ENABLE MANAGED ACCESS") return { ...object, managedAccess: true };
    if (form === "DISABLE MANAGED ACCESS") return { ...object, managedAccess: false };
  }
  throw snowflakeError("unsupportedFeature", { feature: `ALTER ${word} ${form}` });
}
