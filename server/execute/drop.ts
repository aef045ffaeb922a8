/** DROP and UNDROP. A dropped object keeps its data for UNDROP until its retention has passed. */

import type { ObjectName } from "../../translator/ast/expressions.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { CatalogObject, NameSpace, ObjectKind } from "../catalog/objects.ts";
import { parentId } from "../catalog/objects.ts";
import type { CatalogChange, Snapshot } from "../catalog/snapshot.ts";
import { dropFunction } from "../program/functions-alter.ts";
import { dropProcedure } from "../program/procedures/drop.ts";
import { forgetOffsetSql } from "../storage/stream-offsets.ts";
import type { StatementWriter } from "../storage/writer.ts";
import { dropStageFiles } from "./alter-stage.ts";
import { referenceChanges } from "./drop-references.ts";
import { checkDroppable } from "./droppable.ts";
import type { Execution, Handler, StatementOf } from "./execution.ts";
import {
  findDatabase,
  findMember,
  findSchema,
  lastPart,
  memberName,
  nameParts,
  notFound,
  schemaName,
  shown,
  shownQualified,
} from "./names.ts";
import { alreadyDropped, dropped, status } from "./status.ts";
import { dropIndex } from "./table-index.ts";
import { dropTask } from "./task.ts";

type Kind = { readonly space: NameSpace; readonly kind: ObjectKind };

/** What a kind word means in the catalog. */
const KINDS: Readonly<Record<string, Kind>> = {
  DATABASE: { space: "database", kind: "database" },
  SCHEMA: { space: "schema", kind: "schema" },
  TABLE: { space: "relation", kind: "table" },
  VIEW: { space: "relation", kind: "view" },
  "MATERIALIZED VIEW": { space: "relation", kind: "view" },
  STREAM: { space: "relation", kind: "stream" },
  SEQUENCE: { space: "sequence", kind: "sequence" },
  STAGE: { space: "stage", kind: "stage" },
  "FILE FORMAT": { space: "file_format", kind: "file_format" },
  "MASKING POLICY": { space: "masking_policy", kind: "masking_policy" },
  "ROW ACCESS POLICY": { space: "row_access_policy", kind: "row_access_policy" },
  TAG: { space: "tag", kind: "tag" },
  TASK: { space: "task", kind: "task" },
  ALERT: { space: "alert", kind: "alert" },
  INTEGRATION: { space: "integration", kind: "integration" },
  "NOTIFICATION INTEGRATION": { space: "integration", kind: "integration" },
  PIPE: { space: "pipe", kind: "pipe" },
  WAREHOUSE: { space: "warehouse", kind: "warehouse" },
  ROLE: { space: "role", kind: "role" },
  USER: { space: "user", kind: "user" },
};

/** Spaces whose names are a schema's. */
const IN_SCHEMAS: ReadonlySet<NameSpace> = new Set([
  "relation",
  "sequence",
  "stage",
  "file_format",
  "masking_policy",
  "row_access_policy",
  "tag",
  "task",
  "alert",
  "pipe",
]);
/** Kinds that DROP removes for good. */
const GONE_FOR_GOOD: ReadonlySet<ObjectKind> = new Set([
  "stage",
  "stream",
  "file_format",
  "task",
  "alert",
  "integration",
  "pipe",
]);
/** Kinds without UNDROP. A dropped policy stays for the dropped tables that it protects. */
const NEVER_BACK: ReadonlySet<ObjectKind> = new Set([
  ...GONE_FOR_GOOD,
  "masking_policy",
  "row_access_policy",
]);

/** The change that drops an object; what it contains can no longer be named and comes back with it. */
export function markDropped(object: CatalogObject, { account }: Execution): CatalogChange {
  return { kind: "put", object: { ...object, droppedAt: account.now() } };
}

/** A kind word as messages have it: `Table`, `Materialized view`. */
export function kindTitle(object: string): string {
  return object.charAt(0) + object.slice(1).toLowerCase();
}

type Found = { readonly object: CatalogObject | undefined; readonly shown: string };

function find(
  snapshot: Snapshot,
  object: string,
  name: ObjectName,
  execution: Execution,
): Found & { readonly kind: ObjectKind } {
  const target = KINDS[object];
  if (target === undefined)
    throw snowflakeError("unsupportedFeature", { feature: `DROP ${object}` });
  return { ...locate(snapshot, target.space, object, name, execution), kind: target.kind };
}

/** The object a kind word and a name mean; undefined when there is none. */
export function locateObject(
  snapshot: Snapshot,
  object: string,
  name: ObjectName,
  execution: Execution,
  verb: string,
): CatalogObject | undefined {
  const target = KINDS[object];
  if (target === undefined) {
    throw snowflakeError("unsupportedFeature", { feature: `${verb} ${object}` });
  }
  return locate(snapshot, target.space, object, name, execution).object;
}

function locate(
  snapshot: Snapshot,
  space: NameSpace,
  object: string,
  name: ObjectName,
  execution: Execution,
): Found {
  const last = lastPart(name, execution);
  if (space === "schema") {
    const { database, schema } = schemaName(name, execution, `DROP ${object}`);
    return {
      object: snapshot.schema(findDatabase(snapshot, database).name, schema),
      shown: `${shown(database)}.${shown(schema)}`,
    };
  }
  if (IN_SCHEMAS.has(space)) {
    const member = memberName(name, execution, `DROP ${object}`);
    return {
      object: findMember(snapshot, space, member, execution),
      shown: shownQualified(member),
    };
  }
  return { object: snapshot.find(space, 0, last), shown: shown(last) };
}

export const drop: Handler<"drop"> = async (statement, execution) => {
  const { object: word, name, ifExists } = statement;
  if (ifExists && isNeverThere(word, name, execution)) {
    return alreadyDropped(lastPart(name, execution));
  }
  if (typeof word !== "string") throw snowflakeError("unsupportedFeature", { feature: "classes" });
  if (statement.purge === "PURGE") {
    throw snowflakeError("unsupportedFeature", { feature: `DROP ${word} PURGE` });
  }
  if (word === "PROCEDURE") return dropProcedure(statement, execution);
  if (word === "FUNCTION") return dropFunction(statement, execution);
  if (word === "TASK") return dropTask(statement, execution);
  if (word === "INDEX") return dropIndex(statement, execution);
  const label = lastPart(name, execution);
  const done = await execution.ddl<CatalogObject | undefined>(async (snapshot) => {
    const found = findOrAbsent(snapshot, word, name, execution, ifExists);
    if (found === undefined || found.object === undefined) {
      if (ifExists) return { changes: [], result: undefined };
      throw notFound(kindTitle(word), found?.shown ?? label);
    }
    if (found.object.kind !== found.kind) {
      throw snowflakeError("wrongObjectKind", {
        actual: found.object.kind.toUpperCase(),
        expected: word,
      });
    }
    checkDroppable(found.object, snapshot);
    const change: CatalogChange = GONE_FOR_GOOD.has(found.kind)
      ? { kind: "purge", id: found.object.id }
      : markDropped(found.object, execution);
    const references = referenceChanges(found.object, statement.behavior, snapshot);
    const { id, kind } = found.object;
    const physical = async (writer: StatementWriter) => {
      if (kind === "stream") await writer.apply(forgetOffsetSql(id));
    };
    return { changes: [change, ...references], physical, result: found.object };
  });
  if (done === undefined) return alreadyDropped(label);
  if (done.kind === "stage") await dropStageFiles(done, execution);
  leaveDropped(execution);
  return dropped(label);
};

/** Kinds with a handler of their own. */
const DROPPED_ELSEWHERE: ReadonlySet<string> = new Set(["PROCEDURE", "FUNCTION", "TASK", "INDEX"]);

/** Whether no object of the kind can exist here: DROP … IF EXISTS has nothing to do. */
function isNeverThere(
  word: StatementOf<"drop">["object"],
  name: ObjectName,
  execution: Execution,
): boolean {
  if (typeof word !== "string") return true;
  if (KINDS[word] !== undefined || DROPPED_ELSEWHERE.has(word)) return false;
  if (!/ (?:TABLE|VIEW)$/.test(word)) return true;
  // It shares its names with the tables and views that exist.
  const { snapshot } = execution.account.catalog;
  const member = memberName(name, execution, `DROP ${word}`);
  return findMember(snapshot, "relation", member, execution) === undefined;
}

/** With IF EXISTS a missing database or schema counts as a missing object. */
function findOrAbsent(
  snapshot: Snapshot,
  word: string,
  name: ObjectName,
  execution: Execution,
  ifExists: boolean,
) {
  try {
    return find(snapshot, word, name, execution);
  } catch (error) {
    const missingContainer =
      error instanceof Error && "sqlState" in error && error.sqlState === "02000";
    if (ifExists && missingContainer) return undefined;
    throw error;
  }
}

/** A session whose database or schema is gone has none. */
function leaveDropped({ session, account }: Execution): void {
  const { snapshot } = account.catalog;
  if (session.database !== undefined && snapshot.database(session.database) === undefined) {
    session.database = undefined;
    session.schema = undefined;
  }
  const { database, schema } = session;
  if (database !== undefined && schema !== undefined && !snapshot.schema(database, schema)) {
    session.schema = undefined;
  }
}

export const undrop: Handler<"undrop"> = async (statement, execution) => {
  const label = lastPart(statement.name, execution);
  await execution.ddl(async (snapshot) => {
    const target = KINDS[statement.object];
    if (target === undefined || NEVER_BACK.has(target.kind)) {
      throw snowflakeError("unsupportedFeature", { feature: `UNDROP ${statement.object}` });
    }
    const parent = undropParent(snapshot, target.space, statement.name, execution);
    if (snapshot.find(target.space, parent, label) !== undefined) {
      throw snowflakeError("objectExists", { name: shown(label) });
    }
    const newest = [...snapshot.all()]
      .filter((object) => object.kind === target.kind && object.name === label)
      .filter((object) => object.droppedAt !== undefined && parentId(object) === parent)
      .sort((a, b) => (b.droppedAt ?? 0) - (a.droppedAt ?? 0))[0];
    if (newest === undefined) {
      throw notFound(kindTitle(statement.object), shown(label));
    }
    const { droppedAt: _, ...restored } = newest;
    return { changes: [{ kind: "put", object: restored as CatalogObject }], result: undefined };
  });
  return status(`${kindTitle(statement.object)} ${label} successfully restored.`);
};

function undropParent(
  snapshot: Snapshot,
  space: NameSpace,
  name: ObjectName,
  execution: Execution,
): number {
  if (space === "database") return 0;
  if (space === "schema") {
    const parts = nameParts(name, execution);
    const database = parts.length > 1 ? (parts[0] ?? "") : (execution.session.database ?? "");
    return findDatabase(snapshot, database).id;
  }
  const member = memberName(name, execution, "UNDROP");
  return findSchema(snapshot, member.database, member.schema).id;
}
