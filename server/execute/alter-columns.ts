/** ALTER TABLE … ADD / DROP / RENAME / ALTER COLUMN. */

import { printExpression } from "../../translator/ast/printer.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import { commonInterval, intervalQualifier } from "../../translator/types/intervals.ts";
import { resolveTypeName, typeText } from "../../translator/types/names.ts";
import { sameElement } from "../../translator/types/periods.ts";
import { duckType } from "../../translator/types/physical.ts";
import type { IntervalType, SnowType } from "../../translator/types/types.ts";
import type { CatalogColumn, Constraint, TableObject } from "../catalog/objects.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import { addColumn, alterColumnType, dropColumn, setNullable } from "../storage/tables.ts";
import type { StatementWriter } from "../storage/writer.ts";
import { governedColumn, isGovernanceChange } from "./alter-column-governance.ts";
import { referringChanges, refuseLaterCheck } from "./alter-constraints.ts";
import { altered, type TableChange } from "./alter-table.ts";
import {
  checksOf,
  enforceChecks,
  renamedInConstraints,
  withoutCheckedColumn,
  withPlannedChecks,
} from "./check-constraints.ts";
import { planColumn } from "./columns.ts";
import { constantSql } from "./constant-sql.ts";
import { planConstraint } from "./constraints.ts";
import type { Execution, StatementOf } from "./execution.ts";
import { withGovernedColumns } from "./governed-relation.ts";
import { storageTable } from "./physical-table.ts";
import { checkNotGoverned, renamedReference } from "./policy-attachments.ts";

type Alteration<Kind> = Extract<StatementOf<"alter_table">["alteration"], { kind: Kind }>;

export function addColumns(
  table: TableObject,
  { columns }: Alteration<"add_columns">,
  snapshot: Snapshot,
  execution: Execution,
): TableChange {
  const wanted = columns.filter(({ ifNotExists, definition }) => {
    const exists = table.columns.some((column) => column.name === definition.name.name);
    if (exists && !ifNotExists) {
      throw snowflakeError("columnExists", { name: definition.name.name });
    }
    return !exists;
  });
  const plans = wanted.map(({ definition }, index) =>
    planColumn(definition, table.nextColumn + index, table, execution),
  );
  const isHybrid = table.hybrid === true;
  const constraints = wanted.flatMap(({ definition }) =>
    definition.constraints.flatMap((item) =>
      planConstraint(item, definition.name, isHybrid, execution),
    ),
  );
  if (isHybrid) refuseLaterCheck(constraints);
  const longer = {
    ...table,
    columns: [...table.columns, ...plans.map(({ column }) => column)],
    constraints: [...table.constraints, ...constraints],
    nextColumn: table.nextColumn + plans.length,
  };
  const written = wanted.map(({ definition }) => definition);
  const governed = withGovernedColumns(longer, written, snapshot, execution);
  const changed = withPlannedChecks(governed, (item) => constraints.includes(item), execution);
  return {
    changes: [altered(changed, {}, execution)],
    physical: async (writer) => {
      for (const { column, sequence } of plans) {
        if (column.expression !== undefined) continue;
        if (sequence !== undefined) await writer.apply(sequence);
        await addPhysical(writer, table, column, execution);
      }
      const added = checksOf(changed).filter(
        ({ name, unvalidated }) =>
          unvalidated === undefined && constraints.some((item) => item.name === name),
      );
      await enforceChecks(writer, changed, execution, "all", added);
    },
  };
}

/** Adds a column to the stored table; rows that are there get its default. */
export async function addPhysical(
  writer: StatementWriter,
  table: TableObject,
  column: CatalogColumn,
  execution: Execution,
): Promise<void> {
  const filled =
    column.default?.kind === "expression"
      ? constantSql(column.default.text, column.type, execution)
      : undefined;
  const stored = {
    name: column.name,
    physical: column.physical,
    duckType: duckType(column.type),
    nullable: column.nullable,
  };
  await addColumn(writer, storageTable(table), stored, filled);
}

function findColumn(table: TableObject, name: string): CatalogColumn {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw snowflakeError("columnNotFound", { name });
  return column;
}

export function dropColumns(
  table: TableObject,
  { columns, ifExists, behavior }: Alteration<"drop_columns">,
  snapshot: Snapshot,
  execution: Execution,
): TableChange {
  const names = columns
    .map((column) => column.name)
    .filter((name) => !ifExists || table.columns.some((column) => column.name === name));
  const gone = names.map((name) => findColumn(table, name));
  for (const name of names) checkNotGoverned(table, name);
  const rest = table.columns.filter((column) => !gone.includes(column));
  const checked = names.reduce<readonly Constraint[]>(withoutCheckedColumn, table.constraints);
  if (rest.length === 0) throw snowflakeError("lastColumn", { name: table.name });
  // A key ends with its column, and what refers to the key with it.
  const keys = checked.filter((item) => item.columns.some((name) => names.includes(name)));
  const constraints = checked.filter((item) => !keys.includes(item));
  const referring = referringChanges(keys, behavior, snapshot, execution);
  return {
    changes: [altered(table, { columns: rest, constraints }, execution), ...referring],
    physical: async (writer) => {
      for (const { physical, expression } of gone) {
        if (expression === undefined) await dropColumn(writer, storageTable(table), physical);
      }
    },
  };
}

export function renameColumn(
  table: TableObject,
  { from, to }: Alteration<"rename_column">,
  execution: Execution,
): TableChange {
  const column = findColumn(table, from.name);
  if (table.columns.some((candidate) => candidate.name === to.name)) {
    throw snowflakeError("columnExists", { name: to.name });
  }
  const columns = table.columns.map((candidate) => ({
    ...candidate,
    name: candidate === column ? to.name : candidate.name,
    masking: renamedReference(candidate.masking, from.name, to.name),
  }));
  const rowAccess = renamedReference(table.rowAccess, from.name, to.name);
  const constraints = renamedInConstraints(table.constraints, from.name, to.name);
  return { changes: [altered(table, { columns, constraints, rowAccess }, execution)] };
}

type Step = {
  readonly column: CatalogColumn;
  readonly physical?: ((writer: StatementWriter) => Promise<void>) | undefined;
};

export function alterColumns(
  table: TableObject,
  { alterations }: Alteration<"alter_columns">,
  snapshot: Snapshot,
  execution: Execution,
): TableChange {
  let columns = table.columns;
  const physical: ((writer: StatementWriter) => Promise<void>)[] = [];
  for (const { column: identifier, change } of alterations) {
    const current = columns.find((column) => column.name === identifier.name);
    if (current === undefined) throw snowflakeError("columnNotFound", { name: identifier.name });
    const step = isGovernanceChange(change)
      ? { column: governedColumn(current, change, { ...table, columns }, snapshot, execution) }
      : alterColumn(table, current, change, execution);
    if ("physical" in step && step.physical !== undefined) physical.push(step.physical);
    columns = columns.map((column) => (column === current ? step.column : column));
  }
  return {
    changes: [altered(table, { columns }, execution)],
    physical: async (writer) => {
      for (const work of physical) await work(writer);
    },
  };
}

/** Changes of what is stored: a virtual column stores nothing. */
const PHYSICAL_CHANGES: ReadonlySet<Change["kind"]> = new Set([
  "set_type",
  "set_not_null",
  "drop_not_null",
]);

/** The default of a column that a sequence fills. */
const NEXT_VALUE = /\.NEXTVAL$/i;

type Change = Alteration<"alter_columns">["alterations"][number]["change"];

function alterColumn(
  table: TableObject,
  column: CatalogColumn,
  change: Change,
  execution: Execution,
): Step {
  if (column.expression !== undefined && PHYSICAL_CHANGES.has(change.kind)) {
    throw snowflakeError("unsupportedFeature", { feature: "ALTER of a virtual column" });
  }
  const stored = storageTable(table);
  switch (change.kind) {
    case "set_type": {
      const type = resolveTypeName(change.type, {
        timestampMapping: execution.parameters.text("TIMESTAMP_TYPE_MAPPING"),
      });
      checkTypeChange(column, type);
      const work = (writer: StatementWriter) =>
        alterColumnType(writer, stored, column.physical, duckType(type));
      return { column: { ...column, type }, physical: work };
    }
    case "set_not_null":
    case "drop_not_null": {
      const nullable = change.kind === "drop_not_null";
      const work = (writer: StatementWriter) =>
        setNullable(writer, stored, column.physical, nullable);
      return { column: { ...column, nullable }, physical: work };
    }
    case "set_default": {
      const text = printExpression(change.value);
      // Docs: only a default that is a sequence may change, and only to another sequence.
      const current = column.default?.kind === "expression" ? column.default.text : "";
      if (!NEXT_VALUE.test(text) || !NEXT_VALUE.test(current)) {
        throw snowflakeError("unsupportedFeature", { feature: "Alter Column Set Default" });
      }
      return { column: { ...column, default: { kind: "expression", text } } };
    }
    case "drop_default":
      return { column: { ...column, default: undefined } };
    case "set_comment":
      return { column: { ...column, comment: change.comment } };
    case "unset_comment":
      return { column: { ...column, comment: "" } };
    default:
      throw snowflakeError("unsupportedFeature", {
        feature: `ALTER COLUMN ${change.kind.toUpperCase().replaceAll("_", " ")}`,
      });
  }
}

/** Whether every value of one INTERVAL type is one of the other. */
function holdsInterval(to: IntervalType, from: IntervalType): boolean {
  const both = commonInterval(to, from);
  return both !== undefined && intervalQualifier(both) === intervalQualifier(to);
}

/**
 * Lengths and precisions grow within one type, the precision of a NUMBER also shrinks while its values
 * fit; scales and types stay (docs: alter-table-column).
 * @throws 002108 for another type, 040052 for another scale, 040055 for a shorter text
 */
export function checkTypeChange(column: CatalogColumn, to: SnowType): void {
  const from = column.type;
  const refuse = (error: "columnTypeChange" | "scaleChange" | "textLengthChange") =>
    snowflakeError(error, { name: column.name, from: typeText(from), to: typeText(to) });
  if (from.kind === "number" && to.kind === "number") {
    if (from.scale !== to.scale) throw refuse("scaleChange");
    return;
  }
  if (from.kind === "text" && to.kind === "text") {
    if (to.length < from.length) throw refuse("textLengthChange");
    return;
  }
  if (from.kind !== to.kind || !holdsSameKind(from, to)) throw refuse("columnTypeChange");
}

/** Whether each value of a type is one of another type of the same kind. */
function holdsSameKind(from: SnowType, to: SnowType): boolean {
  if (from.kind === "binary" && to.kind === "binary") return to.length >= from.length;
  if (from.kind === "interval" && to.kind === "interval") return holdsInterval(to, from);
  if (from.kind === "period" && to.kind === "period") return sameElement(from.element, to.element);
  if (from.kind === "timestamp" && to.kind === "timestamp") return from.flavor === to.flavor;
  return true;
}
