/**
 * CREATE, ALTER and DROP STREAM. The definition is an object of the catalog, the offset a row of the storage.
 * https://docs.snowflake.com/en/sql-reference/sql/create-stream
 */

import type { ObjectName } from "../../translator/ast/expressions.ts";
import type { TimeTravel } from "../../translator/ast/queries.ts";
import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import {
  keepsHistory,
  type StreamObject,
  type TableObject,
  type ViewObject,
} from "../catalog/objects.ts";
import { SessionView } from "../catalog/session-view.ts";
import type { CatalogChange, Snapshot } from "../catalog/snapshot.ts";
import { appendOnlyJoin } from "../catalog/stream-relation.ts";
import { tablesBehind } from "../catalog/tracked-view.ts";
import { firstOffsetSql, forgetOffsetSql, type StreamOffset } from "../storage/stream-offsets.ts";
import { createHistory } from "../storage/tables.ts";
import type { StatementWriter } from "../storage/writer.ts";
import { commonFields } from "./account-objects.ts";
import { copiedGrants } from "./copied-grants.ts";
import type { ObjectCreator } from "./create-object.ts";
import type { Execution, StatementOf, StatementResult } from "./execution.ts";
import { findMember, findSchema, memberName, notFound, shown, shownQualified } from "./names.ts";
import { storageTable } from "./physical-table.ts";
import { propertyRecord } from "./properties.ts";
import { alreadyExists, created, executed } from "./status.ts";
import { placeAt, placeNow, placeOfStream } from "./stream-offset.ts";

type Statement = StatementOf<"create_object">;
type Source = TableObject | ViewObject;

const COPY_GRANTS = "COPY GRANTS";

/** What ON says: the source, and the point where the stream begins. */
type On = {
  readonly kind: "TABLE" | "VIEW";
  readonly name: ObjectName;
  readonly travel: TimeTravel | undefined;
};

/** A stream to be made, with its first offset: `undefined` is the newest commit when it is made. */
type Plan = {
  readonly definition: Pick<StreamObject, "sourceId" | "tableIds" | "mode" | "initialRows">;
  readonly comment: string;
  readonly place: Pick<StreamOffset, "commit" | "version" | "movedAt"> | undefined;
  /** Tables that begin to keep their changes. */
  readonly tracked: readonly TableObject[];
};

export const createStream: ObjectCreator = async (statement, execution) => {
  const name = memberName(statement.name, execution, "CREATE STREAM");
  if (statement.orReplace && statement.ifNotExists) {
    throw snowflakeError("conflictingOptions", { first: "OR REPLACE", second: "IF NOT EXISTS" });
  }
  if (statement.orAlter) throw unsupported("CREATE OR ALTER STREAM");
  if (statement.persistence !== "permanent") {
    throw unsupported(`CREATE ${statement.persistence.toUpperCase()} STREAM`);
  }
  const done = await execution.ddl(async (snapshot) => {
    const schema = findSchema(snapshot, name.database, name.schema);
    const existing = findMember(snapshot, "relation", name, execution);
    if (existing !== undefined && statement.ifNotExists) return { changes: [], result: false };
    // A stream takes the place of a stream only.
    if (existing !== undefined && !(statement.orReplace && existing.kind === "stream")) {
      throw snowflakeError("objectExists", { name: shown(name.name) });
    }
    const plan = await planned(statement, snapshot, execution);
    const stream: StreamObject = {
      ...commonFields(name.name, {}, execution),
      ...plan.definition,
      kind: "stream",
      schemaId: schema.id,
      comment: plan.comment,
    };
    return {
      changes: [
        ...(existing === undefined ? [] : [{ kind: "purge" as const, id: existing.id }]),
        ...plan.tracked.map((table) => tracking(table)),
        { kind: "put" as const, object: stream },
        ...(copiesGrants(statement) ? copiedGrants(existing, stream, snapshot, execution) : []),
      ],
      physical: async (writer) => {
        if (existing !== undefined) await writer.apply(forgetOffsetSql(existing.id));
        await begin(stream, plan, writer, execution);
      },
      result: true,
    };
  });
  return done ? created("Stream", name.name) : alreadyExists(name.name);
};

async function planned(
  statement: Statement,
  snapshot: Snapshot,
  execution: Execution,
): Promise<Plan> {
  const options = propertyRecord(statement.properties, execution);
  const comment = options["COMMENT"] ?? "";
  if (statement.clone !== undefined) return clonePlan(statement, snapshot, execution);
  const on = onClause(statement);
  if (options["INSERT_ONLY"] === "true") throw unsupported("INSERT_ONLY of a stream on a table");
  const source = findSource(on, snapshot, execution);
  const mode = options["APPEND_ONLY"] === "true" ? "APPEND_ONLY" : "DEFAULT";
  const tables = source.kind === "table" ? [source] : viewTables(source, mode, snapshot, execution);
  return {
    definition: {
      sourceId: source.id,
      tableIds: tables.map(({ id }) => id),
      mode,
      initialRows: options["SHOW_INITIAL_ROWS"] === "true",
    },
    comment,
    place: on.travel && (await placeAt(on.travel, source, snapshot, execution)),
    tracked: tables.filter((table) => table.options["CHANGE_TRACKING"] !== "true"),
  };
}

function clonePlan(statement: Statement, snapshot: Snapshot, execution: Execution): Plan {
  const { name, timeTravel } = must(statement.clone);
  if (timeTravel !== undefined) throw unsupported("CLONE AT of a STREAM");
  const member = memberName(name, execution, "CREATE STREAM");
  const found = findMember(snapshot, "relation", member, execution);
  if (found?.kind !== "stream") throw notFound("Stream", shownQualified(member));
  const { sourceId, tableIds, mode, initialRows, comment } = found;
  return {
    definition: { sourceId, tableIds, mode, initialRows },
    comment,
    place: placeOfStream(found, execution),
    tracked: [],
  };
}

function onClause({ clauses, tags }: Statement): On {
  if (tags.length > 0) throw unsupported("TAG on a stream");
  const others = clauses.filter(({ form }) => form !== COPY_GRANTS);
  const [on, second] = others;
  if (on === undefined) throw unsupported("CREATE STREAM without ON");
  const kind = /^ON (TABLE|VIEW) /.exec(on.form)?.[1];
  if (kind === undefined || second !== undefined) {
    throw unsupported(`CREATE STREAM ${(second ?? on).form.replace(/ <.*$/, "")}`);
  }
  const name = on.arguments.find((argument) => argument.kind === "name");
  const travel = on.arguments.find((argument) => argument.kind === "time_travel");
  return {
    kind: kind === "TABLE" ? "TABLE" : "VIEW",
    name: must(name).name,
    travel: travel?.timeTravel,
  };
}

/** @throws 002003 when the source does not exist, 001997 when it is of the other kind */
function findSource(on: On, snapshot: Snapshot, execution: Execution): Source {
  const name = memberName(on.name, execution, "CREATE STREAM");
  const found = findMember(snapshot, "relation", name, execution);
  if (found?.kind !== "table" && found?.kind !== "view") {
    throw notFound(on.kind === "TABLE" ? "Table" : "View", shownQualified(name));
  }
  if (found.kind.toUpperCase() !== on.kind) {
    const actual = found.kind.toUpperCase();
    throw snowflakeError("wrongObjectKind", { actual, expected: on.kind });
  }
  if (found.kind === "table" && found.hybrid === true) {
    throw unsupported("STREAM ON a HYBRID TABLE");
  }
  if (found.kind === "view" && found.materialized) {
    throw unsupported("STREAM ON a MATERIALIZED VIEW");
  }
  return found;
}

/** @throws 000002 for a view that cannot be followed */
function viewTables(
  { schemaId, name }: ViewObject,
  mode: StreamObject["mode"],
  snapshot: Snapshot,
  execution: Execution,
): readonly TableObject[] {
  const view = sessionView(execution);
  const relation = view.relation({ ...snapshot.qualify(schemaId), name });
  if (relation?.kind !== "view") throw new Error("a view is a relation of its kind");
  const ids = tablesBehind(relation, view.tracking());
  if (mode === "APPEND_ONLY" && ids.length > 1) throw appendOnlyJoin();
  return [...new Set(ids)].flatMap((id) => {
    const table = snapshot.get(id);
    return table?.kind === "table" ? [table] : [];
  });
}

function sessionView({ context }: Execution): SessionView {
  if (context.catalog instanceof SessionView) return context.catalog;
  throw new Error("statements run with a session's view of the catalog");
}

function tracking(table: TableObject): CatalogChange {
  const options = { ...table.options, CHANGE_TRACKING: "true" };
  return { kind: "put", object: { ...table, options } };
}

function copiesGrants({ clauses }: Statement): boolean {
  return clauses.some(({ form }) => form === COPY_GRANTS);
}

async function begin(
  stream: StreamObject,
  { place, tracked }: Plan,
  writer: StatementWriter,
  execution: Execution,
): Promise<void> {
  for (const table of tracked) {
    if (!keepsHistory(table)) await createHistory(writer, storageTable(table));
  }
  const { commit, version, movedAt } = place ?? placeNow(execution);
  const offset = { commit, version, movedAt, initial: stream.initialRows };
  await writer.apply(firstOffsetSql(stream.id, offset));
  // Nobody can name the stream before the catalog shows it.
  execution.account.database.streams.put(stream.id, offset);
}

/** https://docs.snowflake.com/en/sql-reference/sql/alter-stream */
export async function alterStream(
  { alteration, ifExists }: StatementOf<"alter_object">,
  objectName: ObjectName,
  execution: Execution,
): Promise<StatementResult> {
  const name = memberName(objectName, execution, "ALTER STREAM");
  await execution.ddl(async (snapshot) => {
    const found = findMember(snapshot, "relation", name, execution);
    if (found?.kind !== "stream") {
      if (ifExists && found === undefined) return { changes: [], result: undefined };
      throw notFound("Stream", shownQualified(name));
    }
    const comment = newComment(alteration, execution);
    const object = { ...found, comment, alteredAt: execution.account.now() };
    return { changes: [{ kind: "put", object }], result: undefined };
  });
  return executed();
}

/** @throws 000002 for whatever else ALTER STREAM might change */
function newComment(
  alteration: StatementOf<"alter_object">["alteration"],
  execution: Execution,
): string {
  if (alteration.kind === "set") {
    const { COMMENT: comment, ...others } = propertyRecord(alteration.properties, execution);
    const [other] = Object.keys(others);
    if (other !== undefined) throw unsupported(`ALTER STREAM SET ${other}`);
    return comment ?? "";
  }
  if (alteration.kind === "unset" && alteration.names.every((name) => name === "COMMENT")) {
    return "";
  }
  throw unsupported(`ALTER STREAM ${alteration.kind.toUpperCase().replaceAll("_", " ")}`);
}

function unsupported(feature: string) {
  return snowflakeError("unsupportedFeature", { feature });
}
