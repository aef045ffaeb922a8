/** The names that FROM items bring into a SELECT: relations, their columns, and what `*` shows of them. */

import type { Identifier } from "../ast/expressions.ts";
import type { BoundExpression } from "./bound.ts";
import type { QualifiedName } from "./catalog.ts";

export type NamedColumn = {
  readonly name: string;
  readonly expression: BoundExpression;
  /** Found by name but not part of `*` (LEVEL, metadata of staged files). */
  readonly hidden?: boolean | undefined;
};

/** One FROM item as names see it. */
export type NamedRelation = {
  /** The alias, or the table's own name; undefined for an item that has neither. */
  readonly alias: string | undefined;
  /** The whole name, when the item is a table without an alias: `s.t.a` works then. */
  readonly qualified: QualifiedName | undefined;
  /** The alias in the lowered SQL; undefined when the columns come from several items. */
  readonly internal: string | undefined;
  readonly columns: readonly NamedColumn[];
  /** Columns by number, as many as are asked for: those of staged files. */
  readonly numbered?: ((index: number) => NamedColumn) | undefined;
};

/** What FROM (or a part of it) brings: relations for qualified names, columns for plain names and `*`. */
export type FromNames = {
  readonly relations: readonly NamedRelation[];
  readonly columns: readonly NamedColumn[];
};

export const NO_NAMES: FromNames = { relations: [], columns: [] };

export function relationNames(relation: NamedRelation): FromNames {
  return { relations: [relation], columns: relation.columns };
}

/** Names of two items side by side. */
export function concatNames(left: FromNames, right: FromNames): FromNames {
  return {
    relations: [...left.relations, ...right.relations],
    columns: [...left.columns, ...right.columns],
  };
}

/** The same names when an outer join may fill the item with NULLs. */
export function nullableNames(names: FromNames): FromNames {
  return {
    relations: names.relations.map((relation) => {
      const { numbered } = relation;
      return {
        ...relation,
        columns: relation.columns.map(nullableColumn),
        numbered: numbered && ((index: number) => nullableColumn(numbered(index))),
      };
    }),
    columns: names.columns.map(nullableColumn),
  };
}

function nullableColumn(column: NamedColumn): NamedColumn {
  return { ...column, expression: { ...column.expression, nullable: true } };
}

/** The columns of a list by their names, made when a name is first looked up in the list. */
const byName = new WeakMap<readonly NamedColumn[], ReadonlyMap<string, readonly NamedColumn[]>>();

/** Columns of that name; more than one makes the name ambiguous. */
export function columnsNamed(
  columns: readonly NamedColumn[],
  name: string,
): readonly NamedColumn[] {
  const index = byName.get(columns) ?? indexed(columns);
  return index.get(name) ?? [];
}

function indexed(columns: readonly NamedColumn[]): ReadonlyMap<string, readonly NamedColumn[]> {
  const index = new Map<string, NamedColumn[]>();
  for (const column of columns) {
    const named = index.get(column.name);
    if (named === undefined) index.set(column.name, [column]);
    else named.push(column);
  }
  byName.set(columns, index);
  return index;
}

/** Relations that a qualifier (`t`, `s.t`, `d.s.t`) may mean. */
export function relationsNamed(
  names: FromNames,
  qualifier: readonly Identifier[],
): readonly NamedRelation[] {
  const [table, schema, database] = [...qualifier].reverse();
  if (table === undefined) return [];
  return names.relations.filter((relation) => {
    if (relation.alias !== table.name) return false;
    if (schema === undefined) return true;
    const qualified = relation.qualified;
    if (qualified === undefined) return false;
    const schemaName = schema.name === "" ? "PUBLIC" : schema.name;
    return (
      qualified.schema === schemaName &&
      (database === undefined || qualified.database === database.name)
    );
  });
}

/** The name a person knows the column by (`T1.C`), for error messages. */
export function displayName(names: FromNames, expression: BoundExpression): string {
  if (expression.kind !== "column") return "";
  const relation = names.relations.find((r) =>
    r.columns.some(
      (c) =>
        c.expression.kind === "column" &&
        c.expression.relation === expression.relation &&
        c.expression.physical === expression.physical,
    ),
  );
  return relation?.alias === undefined ? expression.name : `${relation.alias}.${expression.name}`;
}
