/** Dynamic tables in the catalog, and what they read. */

import type { Identifier } from "../../translator/ast/expressions.ts";
import { walk } from "../../translator/ast/walk.ts";
import { Cursor } from "../../translator/parse/cursor.ts";
import { parseQuery } from "../../translator/parse/query.ts";
import type { DynamicDefinition } from "./dynamic-definition.ts";
import type { TableObject, ViewObject } from "./objects.ts";
import type { Snapshot } from "./snapshot.ts";

export type DynamicTable = TableObject & { readonly dynamic: DynamicDefinition };

export function isDynamic(object: unknown): object is DynamicTable {
  const table = object as Partial<TableObject> | undefined;
  return table?.kind === "table" && table.dynamic !== undefined;
}

/** The kind of a relation as messages and GET_DDL have it. */
export function relationWord(object: TableObject | ViewObject): string {
  if (object.kind === "table") return isDynamic(object) ? "DYNAMIC_TABLE" : "TABLE";
  return object.materialized ? "MATERIALIZED_VIEW" : "VIEW";
}

/** A dynamic table that can be reached: neither it nor what holds it is dropped. */
export function liveDynamicTable(snapshot: Snapshot, id: number): DynamicTable | undefined {
  const table = snapshot.get(id);
  if (!isDynamic(table) || table.droppedAt !== undefined) return undefined;
  const schema = snapshot.get(table.schemaId);
  if (schema?.kind !== "schema" || schema.droppedAt !== undefined) return undefined;
  return snapshot.get(schema.databaseId)?.droppedAt === undefined ? table : undefined;
}

/** All dynamic tables that can be reached, in the order of their making. */
export function liveDynamicTables(snapshot: Snapshot): DynamicTable[] {
  const found = [...snapshot.all()].flatMap((object) =>
    isDynamic(object) ? (liveDynamicTable(snapshot, object.id) ?? []) : [],
  );
  return found.sort((a, b) => a.id - b.id);
}

/** Names that a query reads from, without those of its own common table expressions. */
function namesRead(text: string): readonly (readonly Identifier[])[] {
  const names: (readonly Identifier[])[] = [];
  const own = new Set<string>();
  walk(
    { sort: "query", node: parseQuery(new Cursor(text)) },
    {
      query: (query) => {
        for (const cte of query.ctes) own.add(cte.name.name);
        return true;
      },
      from: (item) => {
        if (item.kind === "table" && item.name.kind === "name") names.push(item.name.parts);
        return true;
      },
    },
  );
  return names.filter(([first, ...more]) => more.length > 0 || !own.has(first?.name ?? ""));
}

const namesByObject = new WeakMap<TableObject | ViewObject, ReturnType<typeof namesRead>>();

/** The tables and views that the query of a view or dynamic table names, each once. */
export function inputsOf(
  object: DynamicTable | ViewObject,
  snapshot: Snapshot,
): (TableObject | ViewObject)[] {
  let names = namesByObject.get(object);
  if (names === undefined) {
    names = namesRead(object.kind === "view" ? object.query : object.dynamic.query);
    namesByObject.set(object, names);
  }
  const place = snapshot.qualify(object.schemaId);
  const found = new Map<number, TableObject | ViewObject>();
  for (const parts of names) {
    const [name = "", inSchema, database] = parts.map((part) => part.name).reverse();
    const schemaName = inSchema === "" ? "PUBLIC" : (inSchema ?? place.schema);
    const schema = snapshot.schema(database ?? place.database, schemaName);
    const input = schema && snapshot.find("relation", schema.id, name, object.sessionId);
    if (input?.kind === "table" || input?.kind === "view") found.set(input.id, input);
  }
  return [...found.values()];
}

/** The dynamic tables that a relation reads, also through views. */
export function upstreamOf(object: DynamicTable | ViewObject, snapshot: Snapshot): DynamicTable[] {
  const found = new Map<number, DynamicTable>();
  const seen = new Set<number>();
  const look = (reader: DynamicTable | ViewObject): void => {
    for (const input of inputsOf(reader, snapshot)) {
      if (isDynamic(input)) found.set(input.id, input);
      else if (input.kind === "view" && !seen.has(input.id)) {
        seen.add(input.id);
        look(input);
      }
    }
  };
  look(object);
  return [...found.values()];
}
