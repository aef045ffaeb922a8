/** The catalog as one session's binder sees it: names looked up, views parsed, history asked of storage. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type {
  CatalogSnapshot,
  HistoryPoint,
  QualifiedName,
  Relation,
  RelationColumn,
  SequenceInfo,
  StagedFormat,
  UserTableFunction,
} from "../../translator/bind/catalog.ts";
import { Cursor } from "../../translator/parse/cursor.ts";
import { parseExpression } from "../../translator/parse/expressions.ts";
import { parseQuery } from "../../translator/parse/query.ts";
import { changesBetween, relationAt, versionsAt } from "../storage/history.ts";
import { type Table, tableOf } from "../storage/tables.ts";
import { ACCOUNT_USAGE, SNOWFLAKE_DATABASE } from "./account-usage.ts";
import { loadHistoryView } from "./information-schema/load-rows.ts";
import { informationSchema } from "./information-schema.ts";
import { type CommitRange, newRowsOf } from "./new-rows.ts";
import { type CatalogColumn, keepsHistory, type TableObject, type ViewObject } from "./objects.ts";
import { protectionOf } from "./protection.ts";
import type { Snapshot } from "./snapshot.ts";
import { CHANGE_COLUMNS, changesOfView, streamRelation } from "./stream-relation.ts";
import type { TrackedSurroundings, TranslateIn } from "./tracked-view.ts";

/** What only the running server knows. */
export type SessionViewServices = {
  readonly sessionId: string;
  readonly role: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly resultScan: (queryId: string) => Relation;
  /** What is no object of the catalog: the query behind a reference, the event table. */
  readonly serverRelation: (name: QualifiedName) => Relation | undefined;
  readonly stage: (path: string, options: ReadonlyMap<string, string>) => StagedFormat;
  readonly userTableFunctions: (
    name: QualifiedName,
    snapshot: Snapshot,
  ) => readonly UserTableFunction[];
  /** A query in the schema of a view, with the tables of the catalog given. */
  readonly translate: TranslateIn;
  /** A view of SNOWFLAKE.ACCOUNT_USAGE. */
  readonly accountUsage: (name: QualifiedName, snapshot: Snapshot) => Relation | undefined;
  readonly tableFunction: (
    name: QualifiedName,
    args: ReadonlyMap<string, string | null>,
  ) => Relation | undefined;
  /** The commits whose rows alone a table or view shows: to the condition of an alert on new data. */
  readonly newRows: (name: QualifiedName) => CommitRange | undefined;
};

const INFORMATION_SCHEMA = "INFORMATION_SCHEMA";

const SECOND_MS = 1_000;

type TableRelation = Extract<Relation, { readonly kind: "table" }>;

/** Relations by catalog object: an object never changes, a new version of it is a new object. */
const relations = new WeakMap<TableObject | ViewObject, Relation>();

export class SessionView implements CatalogSnapshot {
  readonly version: number;
  readonly #snapshot: Snapshot;
  readonly #services: SessionViewServices;

  constructor(snapshot: Snapshot, services: SessionViewServices) {
    this.version = snapshot.version;
    this.#snapshot = snapshot;
    this.#services = services;
  }

  hasDatabase(database: string): boolean {
    return database === SNOWFLAKE_DATABASE || this.#snapshot.database(database) !== undefined;
  }

  hasSchema(database: string, schema: string): boolean {
    if (schema === INFORMATION_SCHEMA) return this.hasDatabase(database);
    return (
      isAccountUsage(database, schema) || this.#snapshot.schema(database, schema) !== undefined
    );
  }

  relation(name: QualifiedName): Relation | undefined {
    if (name.schema === INFORMATION_SCHEMA) {
      if (name.name === "LOAD_HISTORY") {
        const { sessionId, now } = this.#services;
        const place = { database: name.database, schema: undefined };
        const scope = { snapshot: this.#snapshot, sessionId, now: now(), ...place };
        return loadHistoryView(name, scope);
      }
      return informationSchema(this.#snapshot, name, this.#services.sessionId);
    }
    const made = this.#services.serverRelation(name);
    if (made !== undefined) return made;
    const schema = this.#snapshot.schema(name.database, name.schema);
    if (schema === undefined) {
      const isUsage = isAccountUsage(name.database, name.schema);
      return isUsage ? this.#services.accountUsage(name, this.#snapshot) : undefined;
    }
    const found = this.#snapshot.find("relation", schema.id, name.name, this.#services.sessionId);
    if (found?.kind === "stream") {
      return streamRelation(found, name, {
        ...this.tracking(),
        snapshot: this.#snapshot,
        relationOf: (source) =>
          this.relation({ ...this.#snapshot.qualify(source.schemaId), name: source.name }),
      });
    }
    if (found?.kind !== "table" && found?.kind !== "view") return undefined;
    const protection = protectionOf(found, this.#snapshot);
    const plain = relationOf(found, name);
    const relation = protection === undefined ? plain : { ...plain, protection };
    const range = this.#services.newRows(name);
    return range === undefined
      ? relation
      : newRowsOf(relation, range, { ...this.tracking(), snapshot: this.#snapshot });
  }

  /** How the rows of views are followed to those of their tables. */
  tracking(): Omit<TrackedSurroundings, "rows"> {
    return {
      catalog: this,
      translate: this.#services.translate,
      stored: (relation) => this.#stored(relation),
    };
  }

  sequence(name: QualifiedName): SequenceInfo | undefined {
    const schema = this.#snapshot.schema(name.database, name.schema);
    if (schema === undefined) return undefined;
    const found = this.#snapshot.find("sequence", schema.id, name.name, this.#services.sessionId);
    if (found?.kind !== "sequence") return undefined;
    return { name, id: found.id, physical: found.physical };
  }

  resultScan(queryId: string): Relation {
    return this.#services.resultScan(queryId);
  }

  tableFunction(
    name: QualifiedName,
    args: ReadonlyMap<string, string | null>,
  ): Relation | undefined {
    return this.#services.tableFunction(name, args);
  }

  stage(path: string, options: ReadonlyMap<string, string>): StagedFormat {
    return this.#services.stage(path, options);
  }

  userTableFunctions(name: QualifiedName): readonly UserTableFunction[] {
    return this.#services.userTableFunctions(name, this.#snapshot);
  }

  relationAt(relation: Relation, point: HistoryPoint): string {
    if (relation.kind !== "table") return "";
    this.#checkReach(relation, point);
    return relationAt(this.#stored(relation), versionsAt(point));
  }

  #stored(relation: TableRelation): Table {
    const table = this.#snapshot.get(relation.id);
    return tableOf(relation, table?.kind !== "table" || keepsHistory(table));
  }

  /** @throws 000707 for a time before the table was created */
  #checkReach({ id, name }: TableRelation, { by, value }: HistoryPoint): void {
    const table = this.#snapshot.get(id);
    if (table === undefined || (by !== "timestamp" && by !== "offset")) return;
    const asked =
      by === "timestamp" ? Date.parse(value) : this.#services.now() + Number(value) * SECOND_MS;
    if (asked >= table.createdAt) return;
    throw snowflakeError("beyondTimeTravel", { table: name.name });
  }

  changes(
    relation: Relation,
    information: "default" | "append_only",
    from: HistoryPoint,
    to: HistoryPoint | undefined,
  ): Relation {
    const end = to && versionsAt(to);
    if (relation.kind === "view") {
      return changesOfView(relation, information, versionsAt(from), end, this.tracking());
    }
    if (relation.kind === "inline") {
      throw snowflakeError("unsupportedFeature", { feature: `CHANGES of ${relation.name.name}` });
    }
    return {
      kind: "inline",
      name: relation.name,
      sql: changesBetween(this.#stored(relation), information, versionsAt(from), end),
      columns: [...relation.columns, ...CHANGE_COLUMNS],
      protection: relation.protection,
    };
  }
}

function isAccountUsage(database: string, schema: string): boolean {
  return database === SNOWFLAKE_DATABASE && schema === ACCOUNT_USAGE;
}

/** The relation without what protects it, which other objects change. */
function relationOf(object: TableObject | ViewObject, name: QualifiedName): Relation {
  const known = relations.get(object);
  if (known !== undefined && sameName(known.name, name)) return known;
  const relation =
    object.kind === "table" ? tableRelation(object, name) : viewRelation(object, name);
  relations.set(object, relation);
  return relation;
}

function sameName(a: QualifiedName, b: QualifiedName): boolean {
  return a.database === b.database && a.schema === b.schema && a.name === b.name;
}

function tableRelation(table: TableObject, name: QualifiedName): Relation {
  return {
    kind: "table",
    name,
    id: table.id,
    physical: table.physical,
    columns: table.columns.map((column) => ({
      name: column.name,
      type: column.type,
      nullable: column.nullable,
      physical: column.physical,
      default: defaultOf(column),
      virtual: column.expression,
    })),
  };
}

function defaultOf({ default: given }: CatalogColumn): RelationColumn["default"] {
  if (given === undefined) return undefined;
  if (given.kind === "identity") return { kind: "nextval", physical: given.physical };
  const expression = parseExpression(new Cursor(given.text));
  return { kind: "expression", expression, text: given.text };
}

function viewRelation(view: ViewObject, name: QualifiedName): Relation {
  return {
    kind: "view",
    name,
    id: view.id,
    owner: view.owner,
    query: parseQuery(new Cursor(view.query)),
    text: view.query,
    columns: view.columns.map((column, index) => ({
      name: column.name,
      type: column.type,
      nullable: column.nullable,
      physical: `c${index + 1}`,
    })),
  };
}
