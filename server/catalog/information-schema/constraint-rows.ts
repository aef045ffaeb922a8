/** Rows of TABLE_CONSTRAINTS, REFERENTIAL_CONSTRAINTS and CHECK_CONSTRAINTS. */

import type { Constraint, SchemaObject, TableObject } from "../objects.ts";
import type { Snapshot } from "../snapshot.ts";
import { type Asked, type Rows, yesNo } from "./define.ts";
import type { InlineRow } from "./inline.ts";
import { relations, schemas } from "./objects.ts";

const TYPES = {
  primary_key: "PRIMARY KEY",
  unique: "UNIQUE",
  foreign_key: "FOREIGN KEY",
  check: "CHECK",
} as const;

type Placed = {
  readonly schema: SchemaObject;
  readonly table: TableObject;
  readonly constraint: Constraint;
};

function placed({ snapshot, database, sessionId }: Asked): Placed[] {
  return schemas(snapshot, database).flatMap((schema) =>
    relations(snapshot, schema, sessionId).flatMap((table) =>
      table.kind === "table"
        ? table.constraints.map((constraint) => ({ schema, table, constraint }))
        : [],
    ),
  );
}

/** The primary key or unique constraint that a foreign key refers to. */
export function referencedKey(
  snapshot: Snapshot,
  { references }: Constraint,
  sessionId: string,
): { readonly table: TableObject; readonly key: Constraint | undefined } | undefined {
  if (references === undefined) return undefined;
  const schema = snapshot.schema(references.database, references.schema);
  const table = schema && snapshot.find("relation", schema.id, references.table, sessionId);
  if (table?.kind !== "table") return undefined;
  const primary = table.constraints.find(({ kind }) => kind === "primary_key");
  if (references.columns.length === 0) return { table, key: primary };
  const wanted = references.columns.join("\n");
  const key = table.constraints.find(
    ({ kind, columns }) =>
      (kind === "primary_key" || kind === "unique") && columns.join("\n") === wanted,
  );
  return { table, key: key ?? primary };
}

const tableConstraints: Rows = (asked) =>
  placed(asked)
    .filter(({ constraint }) => constraint.kind !== "check")
    .map(
      ({ schema, table, constraint }): InlineRow => ({
        constraint_catalog: asked.database.name,
        constraint_schema: schema.name,
        constraint_name: constraint.name,
        table_catalog: asked.database.name,
        table_schema: schema.name,
        table_name: table.name,
        constraint_type: TYPES[constraint.kind],
        is_deferrable: yesNo(constraint.deferrable === true),
        initially_deferred: yesNo(constraint.initiallyImmediate !== true),
        enforced: yesNo(table.hybrid === true),
        comment: constraint.comment ?? null,
        created: constraint.createdAt,
        last_altered: constraint.createdAt,
        rely: yesNo(constraint.rely),
      }),
    );

const referentialConstraints: Rows = (asked) =>
  placed(asked)
    .filter(({ constraint }) => constraint.kind === "foreign_key")
    .map(({ schema, constraint }): InlineRow => {
      const key = referencedKey(asked.snapshot, constraint, asked.sessionId)?.key;
      return {
        constraint_catalog: asked.database.name,
        constraint_schema: schema.name,
        constraint_name: constraint.name,
        unique_constraint_catalog: constraint.references?.database ?? null,
        unique_constraint_schema: constraint.references?.schema ?? null,
        unique_constraint_name: key?.name ?? null,
        match_option: constraint.match ?? "FULL",
        update_rule: constraint.onUpdate ?? "NO ACTION",
        delete_rule: constraint.onDelete ?? "NO ACTION",
        comment: constraint.comment ?? null,
        created: constraint.createdAt,
        last_altered: constraint.createdAt,
      };
    });

const checkConstraints: Rows = (asked) =>
  placed(asked)
    .filter(({ constraint }) => constraint.kind === "check")
    .map(
      ({ schema, table, constraint }): InlineRow => ({
        constraint_catalog: asked.database.name,
        constraint_schema: schema.name,
        constraint_table: table.name,
        constraint_name: constraint.name,
        check_clause: constraint.check ?? null,
      }),
    );

export const CONSTRAINT_VIEWS: Readonly<Record<string, Rows>> = {
  TABLE_CONSTRAINTS: tableConstraints,
  REFERENTIAL_CONSTRAINTS: referentialConstraints,
  CHECK_CONSTRAINTS: checkConstraints,
};
