/**
 * Constraints of CREATE TABLE and ALTER TABLE as the catalog keeps them.
 * https://docs.snowflake.com/en/sql-reference/sql/create-table-constraint
 */

import type { Identifier } from "../../translator/ast/expressions.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type {
  ConstraintProperties,
  ReferentialAction,
  TableConstraint,
} from "../../translator/statements/constraints.ts";
import type { Constraint } from "../catalog/objects.ts";
import type { Execution } from "./execution.ts";
import { completeMember, nameParts } from "./names.ts";

let lastConstraint = 0;

/**
 * The constraint, or none: a property that Snowflake only takes from other databases keeps the constraint from being made.
 * Unnamed ones get Snowflake's kind of system name.
 * @param inlineColumn the column whose definition it stands in
 * @throws 000002 for such a property when UNSUPPORTED_DDL_ACTION is FAIL, and for NOT ENFORCED keys of hybrid tables
 */
export function planConstraint(
  constraint: TableConstraint,
  inlineColumn: Identifier | undefined,
  isHybrid: boolean,
  execution: Execution,
): readonly Constraint[] {
  const foreign = foreignProperty(constraint, isHybrid);
  if (foreign !== undefined) {
    if (execution.parameters.get("UNSUPPORTED_DDL_ACTION") !== "FAIL") return [];
    throw snowflakeError("unsupportedFeature", { feature: foreign });
  }
  lastConstraint++;
  const { properties } = constraint;
  return [
    {
      kind: constraint.kind,
      name: constraint.name?.name ?? `SYS_CONSTRAINT_${execution.queryId}_${lastConstraint}`,
      columns: keyColumns(constraint, inlineColumn),
      ...(constraint.kind === "foreign_key" && foreignKey(constraint, isHybrid, execution)),
      ...(constraint.kind === "check" && checkOf(constraint, execution)),
      rely: properties.rely === true,
      deferrable: properties.deferrable === true || undefined,
      initiallyImmediate: properties.initially === "immediate" || undefined,
      comment: properties.comment,
      createdAt: execution.account.now(),
    },
  ];
}

/**
 * The property that a constraint is not made with (docs, "Non-default values for ENABLE and VALIDATE properties"): CHECK
 * is always enabled, keys of standard tables never are.
 */
function foreignProperty(
  { kind, properties }: TableConstraint,
  isHybrid: boolean,
): string | undefined {
  const { enforced, enabled, validated } = properties;
  if (kind === "check") return enabled === false ? "DISABLE of a CHECK constraint" : undefined;
  const title = kind.toUpperCase().replace("_", " ");
  if (isHybrid) {
    if (enforced !== false) return undefined;
    throw snowflakeError("unsupportedFeature", { feature: `NOT ENFORCED ${title}` });
  }
  if (enforced === true) return `ENFORCED ${title}`;
  if (enabled === true) return `ENABLE of a ${title}`;
  return validated === true ? `VALIDATE of a ${title}` : undefined;
}

function keyColumns(constraint: TableConstraint, inlineColumn: Identifier | undefined): string[] {
  const written = constraint.kind === "check" ? [] : constraint.columns;
  if (written.length > 0) return written.map((column) => column.name);
  return inlineColumn === undefined ? [] : [inlineColumn.name];
}

function checkOf(
  { condition, properties }: Extract<TableConstraint, { kind: "check" }>,
  { text }: Execution,
): Pick<Constraint, "check" | "unvalidated"> {
  const check = text.slice(condition.span.start, condition.span.end);
  return { check, unvalidated: properties.validated === false || undefined };
}

function foreignKey(
  constraint: Extract<TableConstraint, { kind: "foreign_key" }>,
  isHybrid: boolean,
  execution: Execution,
): Pick<Constraint, "references" | "match" | "onUpdate" | "onDelete"> {
  const parts = nameParts(constraint.table, execution);
  const { database, schema, name } = completeMember(parts, execution, "CREATE TABLE");
  const { match, onUpdate, onDelete } = constraint;
  if (isHybrid) refuseHybridActions([onUpdate, onDelete]);
  return {
    references: {
      database,
      schema,
      table: name,
      columns: constraint.referenced.map((column) => column.name),
    },
    match: match === "FULL" ? undefined : match,
    onUpdate,
    onDelete,
  };
}

/** Hybrid tables, which enforce their keys, change no rows for them (docs: create-hybrid-table). */
function refuseHybridActions(actions: readonly (ReferentialAction | undefined)[]): void {
  const refused = actions.find(
    (action) => action !== undefined && action !== "RESTRICT" && action !== "NO ACTION",
  );
  if (refused === undefined) return;
  const feature = `${refused} of a FOREIGN KEY of a hybrid table`;
  throw snowflakeError("unsupportedFeature", { feature });
}

/**
 * The constraint after ALTER CONSTRAINT.
 * @throws 000002 for the properties that cannot change here
 */
export function alteredConstraint(
  constraint: Constraint,
  properties: ConstraintProperties,
  isHybrid: boolean,
): Constraint {
  const { rely, enabled, validated, comment, ...others } = properties;
  const refuse = (feature: string) =>
    snowflakeError("unsupportedFeature", { feature: `ALTER CONSTRAINT ${feature}` });
  if (Object.values(others).some((value) => value !== undefined)) {
    throw refuse(Object.keys(others).join(", ").toUpperCase());
  }
  if (constraint.kind !== "check") {
    if (enabled === true || validated === true) throw refuse("ENABLE or VALIDATE of a key");
    return { ...constraint, rely: rely ?? constraint.rely, comment: comment ?? constraint.comment };
  }
  if (isHybrid) throw refuse("of a CHECK constraint of a hybrid table");
  if (enabled === false || rely !== undefined) throw refuse("DISABLE or RELY of a CHECK");
  return { ...constraint, unvalidated: validated === false || undefined };
}
