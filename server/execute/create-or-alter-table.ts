/** CREATE OR ALTER TABLE of a table that exists. https://docs.snowflake.com/en/sql-reference/sql/create-table */

import { snowflakeError } from "../../translator/base/errors.ts";
import { typeText } from "../../translator/types/names.ts";
import { duckType } from "../../translator/types/physical.ts";
import type { CatalogColumn, TableObject } from "../catalog/objects.ts";
import { alterColumnType, dropColumn, setNullable } from "../storage/tables.ts";
import type { StatementWriter } from "../storage/writer.ts";
import { addPhysical, checkTypeChange } from "./alter-columns.ts";
import { altered, changeHistory, type TableChange } from "./alter-table.ts";
import { checksOf, withoutCheckedColumn } from "./check-constraints.ts";
import type { Execution } from "./execution.ts";
import { storageTable } from "./physical-table.ts";
import { checkNotGoverned } from "./policy-attachments.ts";

type Step = (writer: StatementWriter) => Promise<void>;

/**
 * Brings a table to a new definition in place: columns are added, dropped and changed, rows stay.
 * @param wanted the table as CREATE TABLE would make it
 * @throws 002108 for a change of type that ALTER TABLE refuses too, 000002 for another order of columns
 */
export function alterToDefinition(
  table: TableObject,
  wanted: TableObject,
  execution: Execution,
): TableChange {
  const steps: Step[] = [];
  let nextColumn = table.nextColumn;
  let constraints = table.constraints;
  const columns = wanted.columns.map((target): CatalogColumn => {
    const current = table.columns.find((column) => column.name === target.name);
    if (current === undefined) {
      const physical = `c${nextColumn++}_${target.physical.replace(/^c\d+_/, "")}`;
      const added = { ...target, physical };
      steps.push((writer) => addPhysical(writer, table, added, execution));
      return added;
    }
    steps.push(...changeSteps(table, current, target));
    // Tags and policies stay as they are (docs: create-or-alter).
    const { physical, masking, tags } = current;
    return { ...target, physical, masking, tags };
  });
  checkOrder(table, columns);
  for (const column of table.columns) {
    if (columns.some((kept) => kept.name === column.name)) continue;
    checkNotGoverned(table, column.name);
    constraints = withoutCheckedColumn(constraints, column.name);
    steps.push((writer) => dropColumn(writer, storageTable(table), column.physical));
  }
  // A stream turned the tracking of changes on; a definition that does not mention it leaves it on.
  const { CHANGE_TRACKING: tracking } = table.options;
  const options = {
    ...(tracking !== undefined && { CHANGE_TRACKING: tracking }),
    ...wanted.options,
  };
  // A definition without the option means the default (docs: create-or-alter, "unset").
  const { retentionDays } = wanted;
  steps.push((writer) => changeHistory(writer, { ...table, columns }, { retentionDays, options }));
  const parts = {
    columns,
    // CREATE OR ALTER cannot name CHECK constraints: it leaves them alone.
    constraints: [...wanted.constraints, ...checksOf({ constraints })],
    retentionDays,
    comment: wanted.comment,
    clusterBy: wanted.clusterBy,
    options,
    nextColumn,
  };
  return {
    changes: [altered(table, parts, execution)],
    physical: async (writer) => {
      for (const step of steps) await step(writer);
    },
  };
}

function changeSteps(table: TableObject, current: CatalogColumn, target: CatalogColumn): Step[] {
  const steps: Step[] = [];
  const stored = storageTable(table);
  if (typeText(current.type) !== typeText(target.type)) {
    checkTypeChange(current, target.type);
    steps.push((writer) =>
      alterColumnType(writer, stored, current.physical, duckType(target.type)),
    );
  }
  if (current.nullable !== target.nullable) {
    steps.push((writer) => setNullable(writer, stored, current.physical, target.nullable));
  }
  return steps;
}

/** Columns keep their places; new ones come after the kept ones. */
function checkOrder(table: TableObject, columns: readonly CatalogColumn[]): void {
  const names = columns.map((column) => column.name);
  const kept = table.columns.map((column) => column.name).filter((name) => names.includes(name));
  if (kept.every((name, index) => names[index] === name)) return;
  throw snowflakeError("unsupportedFeature", {
    feature: "CREATE OR ALTER TABLE with another order of columns",
  });
}
