/** Rows of TABLES, COLUMNS, VIEWS and TABLE_STORAGE_METRICS. */

import { isDynamic } from "../dynamic-table.ts";
import type { SchemaObject, TableObject, ViewObject } from "../objects.ts";
import {
  columnsOf,
  dataTypeWord,
  expressionDefault,
  type RelationColumnFacts,
  rowBytes,
  typeSizes,
} from "./column-facts.ts";
import { type Asked, orNull, type Rows, yesNo } from "./define.ts";
import type { InlineRow } from "./inline.ts";
import { INFORMATION_SCHEMA, relations, schemas } from "./objects.ts";

type Placed<Relation> = { readonly schema: SchemaObject; readonly relation: Relation };

function placedRelations(asked: Asked): Placed<TableObject | ViewObject>[] {
  return schemas(asked.snapshot, asked.database).flatMap((schema) =>
    relations(asked.snapshot, schema, asked.sessionId).map((relation) => ({ schema, relation })),
  );
}

function tableType(relation: TableObject | ViewObject): string {
  if (relation.kind === "view") return relation.materialized ? "MATERIALIZED VIEW" : "VIEW";
  return relation.persistence === "temporary" ? "TEMPORARY TABLE" : "BASE TABLE";
}

/** How many rows the table has when the query runs. */
function rowsOf({ physical }: TableObject, times = 1): InlineRow[string] {
  return { query: `SELECT count(*) FROM ${physical}`, times };
}

const tables: Rows = (asked) => {
  const own = [...asked.views.keys()].map((name) => informationView(asked, name));
  const made = placedRelations(asked).map(({ schema, relation }): InlineRow => {
    const isTable = relation.kind === "table";
    return {
      table_catalog: asked.database.name,
      table_schema: schema.name,
      table_name: relation.name,
      table_owner: orNull(relation.owner),
      table_type: tableType(relation),
      is_transient: yesNo(isTable && relation.persistence === "transient"),
      clustering_key: isTable && relation.clusterBy !== "" ? `LINEAR(${relation.clusterBy})` : null,
      row_count: isTable ? rowsOf(relation) : null,
      bytes: isTable ? rowsOf(relation, rowBytes(relation)) : null,
      retention_time: isTable ? relation.retentionDays : null,
      is_insertable_into: "YES",
      is_typed: "YES",
      created: relation.createdAt,
      last_altered: relation.alteredAt,
      last_ddl: relation.alteredAt,
      auto_clustering_on: isTable
        ? yesNo(relation.clusterBy !== "" && relation.reclusterSuspended !== true)
        : "NO",
      comment: orNull(relation.comment),
      ...NOT_SPECIAL,
      is_temporary: yesNo(relation.sessionId !== undefined),
      is_hybrid: yesNo(isTable && relation.hybrid === true),
      is_dynamic: yesNo(isDynamic(relation)),
    };
  });
  return [...own, ...made];
};

const NOT_SPECIAL = {
  is_temporary: "NO",
  is_iceberg: "NO",
  is_dynamic: "NO",
  is_immutable: "NO",
  is_hybrid: "NO",
} as const;

function informationView({ database }: Asked, name: string): InlineRow {
  return {
    table_catalog: database.name,
    table_schema: INFORMATION_SCHEMA,
    table_name: name,
    table_type: "VIEW",
    is_transient: "NO",
    is_insertable_into: "YES",
    is_typed: "YES",
    created: database.createdAt,
    last_altered: database.createdAt,
    last_ddl: database.createdAt,
    auto_clustering_on: "NO",
    ...NOT_SPECIAL,
  };
}

const columns: Rows = (asked) => {
  const place = (schema: string, name: string) => ({
    table_catalog: asked.database.name,
    table_schema: schema,
    table_name: name,
  });
  const own = [...asked.views].flatMap(([name, list]) =>
    list.map((column, index): InlineRow => {
      const facts = { ...column, name: column.name.toUpperCase(), nullable: true, comment: "" };
      return { ...place(INFORMATION_SCHEMA, name), ...columnRow(facts, index) };
    }),
  );
  const made = placedRelations(asked).flatMap(({ schema, relation }) =>
    columnsOf(relation).map((column, index) => ({
      ...place(schema.name, relation.name),
      ...columnRow(column, index),
    })),
  );
  return [...own, ...made];
};

function columnRow(column: RelationColumnFacts, index: number): InlineRow {
  const { type, default: given } = column;
  const identity = given?.kind === "identity" ? given : undefined;
  return {
    column_name: column.name,
    ordinal_position: index + 1,
    column_default: expressionDefault(given) ?? null,
    is_nullable: yesNo(column.nullable),
    data_type: dataTypeWord(type),
    ...typeSizes(type),
    collation_name: type.kind === "text" ? (type.collation ?? null) : null,
    is_self_referencing: "NO",
    is_identity: yesNo(identity !== undefined),
    identity_start: identity?.start ?? null,
    identity_increment: identity?.step ?? null,
    identity_cycle: identity === undefined ? null : "NO",
    identity_ordered: identity === undefined ? null : yesNo(identity.ordered),
    comment: orNull(column.comment),
    expression: column.expression ?? null,
    kind: column.expression === undefined ? "COLUMN" : "VIRTUAL_COLUMN",
  };
}

const views: Rows = (asked) => {
  const fixed = {
    table_catalog: asked.database.name,
    check_option: "NONE",
    is_updatable: "NO",
    insertable_into: "NO",
  } as const;
  const own = [...asked.views.keys()].map((name): InlineRow => {
    const created = asked.database.createdAt;
    return {
      ...fixed,
      table_schema: INFORMATION_SCHEMA,
      table_name: name,
      is_secure: "NO",
      created,
      last_altered: created,
      last_ddl: created,
    };
  });
  const made = placedRelations(asked).flatMap(({ schema, relation }): InlineRow[] => {
    if (relation.kind !== "view") return [];
    return [
      {
        ...fixed,
        table_schema: schema.name,
        table_name: relation.name,
        table_owner: orNull(relation.owner),
        view_definition: relation.text,
        is_secure: yesNo(relation.secure),
        created: relation.createdAt,
        last_altered: relation.alteredAt,
        last_ddl: relation.alteredAt,
        comment: orNull(relation.comment),
      },
    ];
  });
  return [...own, ...made];
};

/** Every table of the database, those that were dropped included: they still take space. */
const storageMetrics: Rows = ({ snapshot, database }) =>
  [...snapshot.all()].flatMap((table): InlineRow[] => {
    const schema = table.kind === "table" ? snapshot.get(table.schemaId) : undefined;
    if (table.kind !== "table" || schema?.kind !== "schema") return [];
    if (schema.databaseId !== database.id || table.persistence === "temporary") return [];
    return [
      {
        table_catalog: database.name,
        table_schema: schema.name,
        table_name: table.name,
        id: table.id,
        clone_group_id: table.id,
        is_transient: yesNo(table.persistence === "transient"),
        active_bytes: table.droppedAt === undefined ? rowsOf(table, rowBytes(table)) : null,
        time_travel_bytes: 0,
        failsafe_bytes: 0,
        retained_for_clone_bytes: 0,
        table_created: table.createdAt,
        table_dropped: table.droppedAt ?? null,
        catalog_created: database.createdAt,
        catalog_dropped: database.droppedAt ?? null,
        schema_created: schema.createdAt,
        schema_dropped: schema.droppedAt ?? null,
        comment: orNull(table.comment),
      },
    ];
  });

export const RELATION_VIEWS: Readonly<Record<string, Rows>> = {
  TABLES: tables,
  COLUMNS: columns,
  VIEWS: views,
  TABLE_STORAGE_METRICS: storageMetrics,
};
