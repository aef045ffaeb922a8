/** Bound INSERT, UPDATE, DELETE and MERGE: each is the query that computes its change set. */

import type { Identifier, ObjectName } from "../ast/expressions.ts";
import { must } from "../base/assert.ts";
import { fitLength } from "../functions/assignment.ts";
import { castability } from "../types/coercion.ts";
import { typeText } from "../types/names.ts";
import { BINARY_MAX_LENGTH, INTEGER, type SnowType, VARCHAR_MAX_LENGTH } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression, BoundFrom, BoundQuery, BoundSelect, OutputColumn } from "./bound.ts";
import type { Relation, RelationColumn } from "./catalog.ts";
import { castTo } from "./coerce.ts";
import { bindExpression } from "./expressions.ts";
import { constant } from "./fold.ts";
import { findTarget } from "./from-names.ts";
import { namesOfRelation, storedValues } from "./from-table.ts";
import { protectedQuery } from "./protection.ts";
import { EMPTY_ENVIRONMENT } from "./query-environment.ts";
import type { FromNames } from "./scope-names.ts";
import { plainScope } from "./scope-select.ts";
import {
  hasVirtualColumns,
  isVirtual,
  overVisible,
  virtualQuery,
  withoutVirtualColumns,
} from "./virtual-columns.ts";

export type TargetTable = Extract<Relation, { kind: "table" }>;

export type BoundInsert = {
  readonly kind: "insert";
  readonly overwrite: boolean;
  readonly table: TargetTable;
  /** A column for each column of the table, in its order, of its type; defaults are filled in. */
  readonly query: BoundQuery;
};

/** One query into several tables; the inserts read the source's rows from `source.alias`. */
export type BoundMultiInsert = {
  readonly kind: "multi_insert";
  readonly overwrite: boolean;
  readonly source: BoundQuery;
  readonly inserts: readonly BoundInsert[];
};

export type BoundUpdate = {
  readonly kind: "update";
  readonly table: TargetTable;
  /** The columns that get new values. */
  readonly columns: readonly RelationColumn[];
  /** _id and the new values; a row that is joined several times comes several times. */
  readonly select: BoundSelect;
};

export type BoundDelete = {
  readonly kind: "delete";
  readonly table: TargetTable;
  /** The _id of each row to delete, once. */
  readonly select: BoundSelect;
};

export type BoundMerge = {
  readonly kind: "merge";
  readonly table: TargetTable;
  /** What each WHEN clause does, in order. */
  readonly actions: readonly ("insert" | "update" | "delete")[];
  /** _clause (the clause's number from 0, NULL: nothing happens), _id, and a value for every column of the table. */
  readonly select: BoundSelect;
};

export type BoundDml = BoundInsert | BoundMultiInsert | BoundUpdate | BoundDelete | BoundMerge;

/** The table of a DML statement with its names, under an alias of its own. */
export type BoundTarget = {
  readonly table: TargetTable;
  readonly from: BoundFrom;
  readonly names: FromNames;
  /** The row's identity. */
  readonly id: BoundExpression;
  /** The stored value of each column, which a policy may hide from the statement's expressions. */
  readonly stored: readonly BoundExpression[];
};

/**
 * The table that a DML statement changes, with the columns that it can write.
 * @throws 002003 when there is none, 000002 for what is no table
 */
export function findTable(name: ObjectName, binder: Binder, operation: string): TargetTable {
  return withoutVirtualColumns(findWhole(name, binder, operation));
}

/** The table with its virtual columns, which a statement reads and never writes. */
function findWhole(name: ObjectName, binder: Binder, operation: string): TargetTable {
  const relation = findTarget(name, binder, operation);
  if (relation.kind === "table") return relation;
  const isStream = relation.kind === "inline" && relation.stream !== undefined;
  const feature = `${operation} into a ${isStream ? "stream" : "view"}`;
  throw binder.error("unsupportedFeature", { feature });
}

export function bindTarget(
  name: ObjectName,
  alias: Identifier | undefined,
  binder: Binder,
  operation: string,
): BoundTarget {
  const whole = findWhole(name, binder, operation);
  const internal = binder.freshAlias("t");
  const names = namesOfRelation(whole, internal, alias && { name: alias, columns: [] });
  const source = targetSource(whole, internal, binder);
  return { table: withoutVirtualColumns(whole), names, id: rowId(internal), ...source };
}

function rowId(relation: string): BoundExpression {
  return { kind: "hidden", relation, physical: ROW_ID, type: INTEGER, nullable: false };
}

const ROW_ID = "_id";

/** The rows of the table under an alias. Of one with policies or virtual columns: what it shows, with the identities and the stored values beside. */
function targetSource(
  table: TargetTable,
  internal: string,
  binder: Binder,
): Pick<BoundTarget, "from" | "stored"> {
  const { protection } = table;
  const plain = (alias: string): BoundFrom => ({
    kind: "table",
    alias,
    table: table.name,
    physical: table.physical,
  });
  const onlyStored = <Item>(items: readonly Item[]): Item[] =>
    items.filter((_, index) => !isVirtual(must(table.columns[index])));
  if (protection === undefined && !hasVirtualColumns(table)) {
    return { from: plain(internal), stored: storedValues(table, internal, binder) };
  }
  const inside = binder.freshAlias("t");
  const stored = storedValues(table, inside, binder);
  const kept = onlyStored(stored).map((expression, index) => ({
    expression,
    physical: `stored${index + 1}`,
  }));
  const written = onlyStored(table.columns);
  const extra = [{ expression: rowId(inside), physical: ROW_ID }, ...kept];
  const query =
    protection === undefined
      ? virtualQuery(table, stored, plain(inside), extra)
      : overVisible(
          table,
          protectedQuery(
            { protection, from: plain(inside), stored, columns: table.columns, extra },
            binder,
          ),
          extra,
          binder,
        );
  return {
    from: { kind: "derived", alias: internal, lateral: false, query },
    stored: kept.map(({ expression, physical }, index) => ({
      kind: "column",
      relation: internal,
      physical,
      name: must(written[index]).name,
      type: expression.type,
      nullable: expression.nullable,
    })),
  };
}

/** @throws invalid identifier (000904) when the table has no such column */
export function targetColumn(
  table: TargetTable,
  identifier: Identifier,
  binder: Binder,
): RelationColumn {
  const { name, span } = identifier;
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw binder.error("invalidIdentifier", { name }, span);
  return column;
}

/** @throws 002079 when a column is listed twice */
export function checkOnce(columns: readonly RelationColumn[], binder: Binder): void {
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (seen.has(name)) throw binder.error("columnListedTwice", { column: name });
    seen.add(name);
  }
}

/** Text and objects go into geospatial columns without a written cast, text into PERIOD columns. */
function isAssignable(from: SnowType, to: SnowType): boolean {
  const found = castability(from, to);
  const isGeo = to.kind === "geography" || to.kind === "geometry";
  if (from.kind === "text" && to.kind === "period") return true;
  if (isSemi(from) && !isSemi(to) && from.kind === to.kind) return false;
  return found === "implicit" || (isGeo && GEO_SOURCES.has(from.kind));
}

/** ARRAY and OBJECT without a type of what is in them: a cast to one with it must be written. */
function isSemi(type: SnowType): boolean {
  if (type.kind === "array") return type.element === undefined;
  return type.kind === "object" && type.fields === undefined;
}

const GEO_SOURCES: ReadonlySet<SnowType["kind"]> = new Set(["text", "object", "variant"]);

/**
 * A value as the column stores it. The cast checks lengths when it runs.
 * @throws 002023 when the types do not go together
 */
export function assigned(
  value: BoundExpression,
  column: RelationColumn,
  binder: Binder,
): BoundExpression {
  const isField = binder.context.textBinds === true && value.type.kind === "text";
  if (!isAssignable(value.type, column.type) && !(isField && column.type.kind === "binary")) {
    throw binder.error("columnTypeMismatch", {
      expected: typeText(column.type),
      actual: typeText(value.type),
      column: column.name,
    });
  }
  if (value.type.kind === column.type.kind && "length" in value.type && "length" in column.type) {
    const isLonger = value.type.length > column.type.length;
    return isLonger ? fitLength(value, column.type) : castTo(value, column.type, binder);
  }
  const stored = castTo(value, column.type, binder, { implicit: true });
  return stored.kind === "cast" && "length" in column.type
    ? fitLength(castTo(value, unlimited(column.type), binder, { implicit: true }), column.type)
    : stored;
}

/** The type without its length. */
function unlimited(type: RelationColumn["type"]): RelationColumn["type"] {
  if (type.kind === "text") return { ...type, length: VARCHAR_MAX_LENGTH };
  return type.kind === "binary" ? { ...type, length: BINARY_MAX_LENGTH } : type;
}

/** What the column gets when no value is given. */
export function defaultValue(column: RelationColumn, binder: Binder): BoundExpression {
  const source = column.default;
  if (source === undefined) return constant(column.type, null);
  if (source.kind === "nextval") {
    const value: BoundExpression = {
      kind: "nextval",
      physical: source.physical,
      drawn: binder.freshAlias("draw"),
      type: INTEGER,
      nullable: false,
    };
    return assigned(value, column, binder);
  }
  const own = binder.derive({ text: source.text });
  const scope = plainScope(own, EMPTY_ENVIRONMENT, "default");
  return assigned(bindExpression(source.expression, scope, own), column, binder);
}

/** Output columns named and typed like the table's. */
export function outputColumns(columns: readonly RelationColumn[]): readonly OutputColumn[] {
  return columns.map((column, index) => ({
    name: column.name,
    type: column.type,
    nullable: true,
    physical: `c${index + 1}`,
  }));
}

/** A SELECT without grouping or order. */
export function plainSelect(
  items: BoundSelect["items"],
  columns: readonly OutputColumn[],
  from: readonly BoundFrom[],
  where: BoundExpression | undefined,
): BoundSelect {
  return {
    kind: "select",
    distinct: false,
    items,
    columns,
    from,
    where,
    grouping: undefined,
    having: undefined,
    qualify: undefined,
  };
}

/** Items c1, c2, … of expressions. */
export function numberedItems(expressions: readonly BoundExpression[]): BoundSelect["items"] {
  return expressions.map((expression, index) => ({
    expression,
    physical: `c${index + 1}`,
  }));
}

/** The value of each column of the table: the given one, else the default. */
export function fullRow(
  table: TargetTable,
  columns: readonly RelationColumn[],
  values: readonly BoundExpression[],
  binder: Binder,
): readonly BoundExpression[] {
  return table.columns.map((column) => {
    const position = columns.indexOf(column);
    return position < 0 ? defaultValue(column, binder) : must(values[position]);
  });
}
