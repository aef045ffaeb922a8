/** Column definitions of CREATE TABLE and ALTER TABLE ADD as catalog columns. */

import { printExpression } from "../../translator/ast/printer.ts";
import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { ColumnDefinition } from "../../translator/statements/columns.ts";
import { resolveTypeName } from "../../translator/types/names.ts";
import type { SnowType } from "../../translator/types/types.ts";
import { objectParameter } from "../catalog/object-parameters.ts";
import type { CatalogColumn, TableObject } from "../catalog/objects.ts";
import type { Execution } from "./execution.ts";

const PHYSICAL_NAME_LENGTH = 40;

/** A DuckDB column name: the number keeps it unique, the rest is for people who read the SQL. */
export function physicalColumn(number: number, name: string): string {
  const readable = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, PHYSICAL_NAME_LENGTH);
  return `c${number}_${readable === "" ? "column" : readable}`;
}

export type ColumnPlan = {
  readonly column: CatalogColumn;
  /** DuckDB statement that makes the sequence of an identity column. */
  readonly sequence: string | undefined;
};

/**
 * The column of a definition.
 * @param table names the sequence of an identity column, and has the collation of texts that say none
 */
export function planColumn(
  definition: ColumnDefinition,
  number: number,
  table: TableObject,
  execution: Execution,
): ColumnPlan {
  const { name } = definition.name;
  const typeName = must(definition.type, `column ${name} has no type`);
  const resolved = resolveTypeName(typeName, {
    timestampMapping: execution.parameters.text("TIMESTAMP_TYPE_MAPPING"),
  });
  const required =
    definition.nullable === false ||
    definition.constraints.some((constraint) => constraint.kind === "primary_key");
  const physical = physicalColumn(number, name);
  const identity = identityOf(definition, `data."s${table.id}_${number}"`, execution);
  return {
    column: {
      name,
      type: withCollation(
        resolved,
        definition.collation ?? typeName.collation ?? defaultCollation(table, execution),
      ),
      nullable: !required,
      physical,
      default: identity?.value ?? defaultOf(definition),
      expression:
        definition.computed === undefined ? undefined : printExpression(definition.computed),
      comment: definition.comment ?? "",
    },
    sequence: identity?.sequence,
  };
}

/** DEFAULT_DDL_COLLATION of the table, or of what it is in. */
function defaultCollation(table: TableObject, { account }: Execution): string {
  const { snapshot } = account.catalog;
  return String(objectParameter(table, "DEFAULT_DDL_COLLATION", snapshot).value);
}

function withCollation(type: SnowType, collation: string | undefined): SnowType {
  return type.kind === "text" && collation !== undefined && collation !== ""
    ? { ...type, collation }
    : type;
}

function defaultOf({ default: given }: ColumnDefinition): CatalogColumn["default"] {
  if (given?.kind !== "expression") return undefined;
  return { kind: "expression", text: printExpression(given.expression) };
}

function identityOf({ default: given }: ColumnDefinition, sequence: string, execution: Execution) {
  if (given?.kind !== "autoincrement") return undefined;
  const start = given.start ?? "1";
  const step = given.increment ?? "1";
  const noOrder = execution.parameters.get("NOORDER_SEQUENCE_AS_DEFAULT") === true;
  const ordered = given.ordered ?? !noOrder;
  return {
    value: { kind: "identity", start, step, ordered, physical: sequence } as const,
    sequence: sequenceSql(sequence, start, step),
  };
}

const SEQUENCE_MAXIMUM = "9223372036854775807";
const SEQUENCE_MINIMUM = "-9223372036854775808";

/** CREATE SEQUENCE in DuckDB, over the whole 64-bit range as in Snowflake. */
export function sequenceSql(physical: string, start: string, step: string): string {
  return (
    `CREATE SEQUENCE ${physical} START ${start} INCREMENT ${step} ` +
    `MINVALUE ${SEQUENCE_MINIMUM} MAXVALUE ${SEQUENCE_MAXIMUM}`
  );
}

/** Error 002025 when two columns share a name. */
export function checkDistinct(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw snowflakeError("duplicateColumn", { name });
    seen.add(name);
  }
}
