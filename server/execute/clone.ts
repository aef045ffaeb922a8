/**
 * CREATE SCHEMA … CLONE and CREATE DATABASE … CLONE: everything that the source holds, with its rows, as objects of their own.
 * Temporary tables stay behind. https://docs.snowflake.com/en/sql-reference/sql/create-clone
 */

import { snowflakeError } from "../../translator/base/errors.ts";
import { nextValueQuery, schemas, streams } from "../catalog/information-schema/objects.ts";
import type {
  CatalogObject,
  DatabaseObject,
  SchemaObject,
  SequenceObject,
  StreamObject,
  TableObject,
} from "../catalog/objects.ts";
import type { CatalogChange, Snapshot } from "../catalog/snapshot.ts";
import { physicalTableName } from "../storage/tables.ts";
import type { StatementWriter } from "../storage/writer.ts";
import { withOwnGovernance } from "./clone-governance.ts";
import { clonedAlert, clonedPipe, clonedTask, isLeftBehind, relinked } from "./clone-members.ts";
import { sequenceSql } from "./columns.ts";
import type { Execution, StatementOf } from "./execution.ts";
import { createPhysicalTable, fillTable, storageTable } from "./physical-table.ts";
import { beginAtCommit } from "./stream-offset.ts";

/** What a clone puts into the catalog, and what fills it. */
export type Clone = {
  readonly changes: readonly CatalogChange[];
  readonly physical: (writer: StatementWriter) => Promise<void>;
};

/** What a schema holds and a clone gets. */
const CLONED_SPACES = [
  "tag",
  "masking_policy",
  "row_access_policy",
  "relation",
  "sequence",
  "function",
  "procedure",
  "task",
  "alert",
  "pipe",
] as const;

type Member = {
  readonly object: CatalogObject;
  /** The id of what it is a clone of. */
  readonly source: number;
  readonly physical?: Clone["physical"] | undefined;
};

/** The clone of a schema before tags and policies within the clone are made its own. */
type Copied = Clone & { readonly copies: ReadonlyMap<number, number> };
type Place = { readonly database: string; readonly schema: string };

/** The places of a schema and of its clone: foreign keys within it follow. */
type Move = { readonly from: Place; readonly to: Place; readonly schemaId: number };

const IGNORE_HYBRID = "IGNORE HYBRID TABLES";

/** @throws 000002 for the phrases of CLONE that are not here */
export function checkClone({ object, clone, clauses }: StatementOf<"create_object">): void {
  if (clone?.timeTravel !== undefined) {
    throw snowflakeError("unsupportedFeature", { feature: `CLONE AT of a ${String(object)}` });
  }
  const other = clauses.find(({ form }) => form !== IGNORE_HYBRID);
  if (other === undefined) return;
  throw snowflakeError("unsupportedFeature", { feature: `CLONE ${other.form}` });
}

/**
 * The members of a schema as members of another.
 * @throws 000002 for a hybrid table, unless IGNORE HYBRID TABLES leaves it behind
 */
export function cloneSchema(
  source: SchemaObject,
  target: SchemaObject,
  names: { readonly from: string; readonly to: string },
  statement: StatementOf<"create_object">,
  snapshot: Snapshot,
  execution: Execution,
): Clone {
  const members = copySchema(source, target, names, statement, snapshot, execution);
  const { copies } = members;
  const streamClones = clonedStreams(source, target, copies, snapshot, execution);
  const { changes, physical } = together([members, streamClones]);
  return { changes: withOwnGovernance(changes, copies), physical };
}

/** All but the streams. */
function copySchema(
  source: SchemaObject,
  target: SchemaObject,
  names: { readonly from: string; readonly to: string },
  statement: StatementOf<"create_object">,
  snapshot: Snapshot,
  execution: Execution,
): Copied {
  const move = {
    from: { database: names.from, schema: source.name },
    to: { database: names.to, schema: target.name },
    schemaId: target.id,
  };
  const ignoresHybrid = statement.clauses.some(({ form }) => form === IGNORE_HYBRID);
  const members = CLONED_SPACES.flatMap((space) =>
    snapshot.list(space, source.id).flatMap((object): Member[] => {
      const isHybrid = object.kind === "table" && object.hybrid === true;
      if ((isHybrid && ignoresHybrid) || object.kind === "stream") return [];
      if (isLeftBehind(object, snapshot)) return [];
      return [cloned(object, move, execution)];
    }),
  );
  return cloneOf(members);
}

function cloneOf(members: readonly Member[]): Copied {
  const copies = new Map(members.map(({ object, source }) => [source, object.id]));
  return {
    changes: members.map(({ object }) => ({ kind: "put", object: relinked(object, copies) })),
    copies,
    physical: async (writer) => {
      for (const member of members) await member.physical?.(writer);
    },
  };
}

function together(clones: readonly Clone[]): Clone {
  return {
    changes: clones.flatMap(({ changes }) => changes),
    physical: async (writer) => {
      for (const clone of clones) await clone.physical(writer);
    },
  };
}

/**
 * The streams of a schema. A clone follows the clone of its source, from the clone's beginning: changes that the source's stream had yet to
 * give are not in it. Docs: streams-intro, "Cloning".
 */
function clonedStreams(
  source: SchemaObject,
  target: SchemaObject,
  copies: ReadonlyMap<number, number>,
  snapshot: Snapshot,
  execution: Execution,
): Clone {
  const own = (id: number) => copies.get(id) ?? id;
  const members = streams(snapshot, source).map((stream): Member => {
    const object: StreamObject = {
      ...fresh(stream, execution),
      schemaId: target.id,
      sourceId: own(stream.sourceId),
      tableIds: stream.tableIds.map(own),
      initialRows: false,
    };
    const physical: Clone["physical"] = async (writer) =>
      beginAtCommit(object.id, writer, execution);
    return { object, source: stream.id, physical };
  });
  return cloneOf(members);
}

/** The schemas of a database, and all that they hold, as those of another. */
export function cloneDatabase(
  source: DatabaseObject,
  target: DatabaseObject,
  statement: StatementOf<"create_object">,
  snapshot: Snapshot,
  execution: Execution,
): Clone {
  const names = { from: source.name, to: target.name };
  const clones = schemas(snapshot, source).map((schema) => {
    const own = { ...fresh(schema, execution), databaseId: target.id };
    const members = copySchema(schema, own, names, statement, snapshot, execution);
    return { schema, own, members };
  });
  const copies = new Map(clones.flatMap(({ members }) => [...members.copies]));
  const { changes, physical } = together([
    ...clones.map(({ own, members }): Clone => {
      const object: CatalogChange = { kind: "put", object: own };
      return { ...members, changes: [object, ...members.changes] };
    }),
    // A stream may follow a table of another schema, so the tables are cloned before.
    ...clones.map(({ schema, own }) => clonedStreams(schema, own, copies, snapshot, execution)),
  ]);
  return { changes: withOwnGovernance(changes, copies), physical };
}

/** The object under an id of its own, as if made now. */
function fresh<Object extends CatalogObject>(object: Object, { account, session }: Execution) {
  const now = account.now();
  const id = account.catalog.nextId();
  return { ...object, id, createdAt: now, alteredAt: now, owner: session.role };
}

function cloned(object: CatalogObject, move: Move, execution: Execution): Member {
  const { schemaId } = move;
  switch (object.kind) {
    case "table":
      return clonedTable(object, move, execution);
    case "sequence":
      return clonedSequence(object, schemaId, execution);
    case "view":
    case "function":
    case "procedure":
    case "tag":
    case "masking_policy":
    case "row_access_policy":
      return { object: { ...fresh(object, execution), schemaId }, source: object.id };
    case "alert":
      return { object: clonedAlert(fresh(object, execution), schemaId), source: object.id };
    case "task":
      return { object: clonedTask(fresh(object, execution), schemaId), source: object.id };
    case "pipe":
      return { object: clonedPipe(fresh(object, execution), schemaId), source: object.id };
    default:
      throw new Error(`a schema holds no ${object.kind}`);
  }
}

function clonedTable(source: TableObject, move: Move, execution: Execution): Member {
  if (source.hybrid === true) {
    throw snowflakeError("unsupportedFeature", { feature: "CLONE of a HYBRID TABLE" });
  }
  const base = fresh(source, execution);
  const identities: { readonly physical: string; readonly from: SequenceObject["physical"] }[] = [];
  const columns = source.columns.map((column, index) => {
    if (column.default?.kind !== "identity") return column;
    const physical = `data."s${base.id}_${index + 1}"`;
    identities.push({ physical, from: column.default.physical });
    return { ...column, default: { ...column.default, physical } };
  });
  const table: TableObject = {
    ...base,
    schemaId: move.schemaId,
    physical: physicalTableName(base.id, source.name),
    columns,
    constraints: source.constraints.map((constraint) => {
      const { references } = constraint;
      const isInside =
        references?.database === move.from.database && references.schema === move.from.schema;
      return isInside ? { ...constraint, references: { ...references, ...move.to } } : constraint;
    }),
  };
  const list = storageTable(source).columns.map((column) => column.physical);
  const select = `SELECT ${list.join(", ")} FROM ${source.physical}`;
  return {
    object: table,
    source: source.id,
    physical: async (writer) => {
      for (const column of source.columns) {
        const given = column.default;
        if (given?.kind !== "identity") continue;
        const own = identities.find(({ from }) => from === given.physical);
        const { physical, start, step } = given;
        if (own === undefined) continue;
        await copySequence(writer, { physical, start, increment: step }, own.physical);
      }
      await createPhysicalTable(writer, table);
      await fillTable(writer, table, select);
    },
  };
}

function clonedSequence(source: SequenceObject, schemaId: number, execution: Execution): Member {
  const base = fresh(source, execution);
  const sequence = { ...base, schemaId, physical: `data."q${base.id}"` };
  return {
    object: sequence,
    source: source.id,
    physical: (writer) => copySequence(writer, source, sequence.physical),
  };
}

/** A sequence that goes on where another stands. */
async function copySequence(
  writer: StatementWriter,
  source: Pick<SequenceObject, "physical" | "start" | "increment">,
  physical: string,
): Promise<void> {
  const [row] = await writer.rows(nextValueQuery(source));
  const next = row?.["next_value"] ?? source.start;
  await writer.apply(sequenceSql(physical, String(next), source.increment));
}
