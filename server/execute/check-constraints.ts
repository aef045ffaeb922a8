/**
 * CHECK constraints: their expressions, and their enforcement on the rows that a statement has written. A row passes when the
 * condition is TRUE or NULL.
 * https://docs.snowflake.com/en/sql-reference/constraints-overview
 */

import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import {
  bindRowCondition,
  columnNames,
  parseCondition,
  refuseForeignParts,
} from "../../translator/bind/row-condition.ts";
import { lowerExpression } from "../../translator/lower/expressions.ts";
import { createBinder } from "../../translator/translate.ts";
import type { Constraint, TableObject } from "../catalog/objects.ts";
import type { StatementWriter } from "../storage/writer.ts";
import type { Execution } from "./execution.ts";

type Check = Constraint & { readonly kind: "check"; readonly check: string };

/** How the table is called in the SQL of its conditions. */
const ALIAS = "t";

export function checksOf({ constraints }: Pick<TableObject, "constraints">): readonly Check[] {
  return constraints.filter(
    (constraint): constraint is Check =>
      constraint.kind === "check" && constraint.check !== undefined,
  );
}

/** The DuckDB SQL of a condition over a row of the table. */
function conditionSql(table: TableObject, { check }: Check, execution: Execution): string {
  const columns = table.columns
    .filter((column) => column.expression === undefined)
    .map(({ name, physical, type, nullable }) => ({
      name,
      expression: { kind: "column", relation: ALIAS, physical, name, type, nullable } as const,
    }));
  const binder = createBinder(check, execution.context);
  const bound = bindRowCondition(parseCondition(check), columns, binder);
  return lowerExpression(bound, { parameter: execution.context.parameter });
}

/** The table's columns that a condition names. */
function columnsIn(table: TableObject, check: string): readonly string[] {
  const named = new Set(columnNames(parseCondition(check)).map(({ name }) => name));
  return table.columns.map(({ name }) => name).filter((name) => named.has(name));
}

/**
 * The table with its new CHECK constraints made sure of.
 * @param isNew tells the constraints that the statement makes; their `columns` say by now which column they stand with
 * @throws 000002 for what an expression may not contain, for another column in an inline constraint, and for a virtual
 *   column; 000904 for a name that is no column
 */
export function withPlannedChecks(
  table: TableObject,
  isNew: (constraint: Constraint) => boolean,
  execution: Execution,
): TableObject {
  const constraints = table.constraints.map((constraint) => {
    const [check] = isNew(constraint) ? checksOf({ constraints: [constraint] }) : [];
    return check === undefined ? constraint : planned(table, check, execution);
  });
  return { ...table, constraints };
}

function planned(table: TableObject, check: Check, execution: Execution): Constraint {
  const refuse = (feature: string) => snowflakeError("unsupportedFeature", { feature });
  const condition = parseCondition(check.check);
  refuseForeignParts(condition);
  const columns = columnsIn(table, check.check);
  const [inline] = check.columns;
  if (inline !== undefined && columns.some((name) => name !== inline)) {
    throw refuse("another column in an inline CHECK constraint");
  }
  const used = table.columns.filter(({ name }) => columns.includes(name) || name === inline);
  if (used.some(({ expression }) => expression !== undefined)) {
    throw refuse("CHECK constraint on a virtual column");
  }
  conditionSql(table, check, execution);
  return { ...check, columns };
}

/**
 * Checks the rows that a statement has written, or all rows.
 * @throws the error of the first constraint that a row breaks
 */
export async function enforceChecks(
  writer: StatementWriter,
  table: TableObject,
  execution: Execution,
  rows: "written" | "all" = "written",
  checks: readonly Check[] = checksOf(table),
): Promise<void> {
  if (checks.length === 0) return;
  const branches = checks.map(
    (check, index) => `WHEN NOT (${conditionSql(table, check, execution)}) THEN ${index}`,
  );
  const where = rows === "all" ? "" : ` WHERE ${ALIAS}._from = ${writer.version}`;
  const [first] = await writer.rows(
    `SELECT min(CASE ${branches.join(" ")} END) AS broken FROM ${table.physical} AS ${ALIAS}${where}`,
  );
  const broken = first?.["broken"];
  if (broken === null || broken === undefined) return;
  const { name, check } = must(checks[Number(broken)]);
  throw snowflakeError("checkViolated", { table: table.name, name, condition: check });
}

/** @throws 000002: COPY INTO a table with CHECK constraints fails (docs: constraints-overview) */
export function refuseLoadIntoChecked(table: TableObject, statement: string): void {
  if (checksOf(table).length === 0) return;
  const feature = `${statement} a table with CHECK constraints`;
  throw snowflakeError("unsupportedFeature", { feature });
}

/** The constraints with a column under another name, in the text of conditions too. */
export function renamedInConstraints(
  constraints: readonly Constraint[],
  from: string,
  to: string,
): readonly Constraint[] {
  return constraints.map((constraint) => {
    const { check, columns } = constraint;
    return {
      ...constraint,
      columns: columns.map((name) => (name === from ? to : name)),
      check: check && columns.includes(from) ? renamedInText(check, from, to) : check,
    };
  });
}

const PLAIN = /^[A-Z_][A-Z0-9_$]*$/;

function renamedInText(text: string, from: string, to: string): string {
  const written = PLAIN.test(to) ? to : `"${to.replaceAll('"', '""')}"`;
  const places = columnNames(parseCondition(text)).filter(({ name }) => name === from);
  return places.reduceRight(
    (result, { start, end }) => result.slice(0, start) + written + result.slice(end),
    text,
  );
}

/**
 * The constraints that are left without a column: a condition on that column alone goes with it.
 * @throws when a condition also names another column (docs: constraints-overview, usage notes)
 */
export function withoutCheckedColumn(
  constraints: readonly Constraint[],
  column: string,
): readonly Constraint[] {
  return constraints.filter((constraint) => {
    if (constraint.kind !== "check" || !constraint.columns.includes(column)) return true;
    if (constraint.columns.length === 1) return false;
    throw snowflakeError("columnInCheck", { column, name: constraint.name });
  });
}
