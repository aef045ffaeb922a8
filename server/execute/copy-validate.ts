/** COPY with VALIDATION_MODE: files are read, and nothing is loaded. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { ValidationMode } from "../stages/load/copy-options.ts";
import type { LoadProblem } from "../stages/load/load-history.ts";
import { isSemiStructured } from "../stages/staged-rows.ts";
import { fileInMessages, Problems } from "./copy-context.ts";
import { fieldLoader } from "./copy-fields.ts";
import type { CopyPlan } from "./copy-plan.ts";
import { queryLoader } from "./copy-query.ts";
import { errorsResult } from "./copy-results.ts";
import type { Execution, StatementResult } from "./execution.ts";
import { COPY_STATEMENT } from "./statement-types.ts";

/** @throws 000002 for a transformation; the first error when rows are asked for */
export async function validateFiles(
  plan: CopyPlan,
  mode: ValidationMode,
  execution: Execution,
): Promise<StatementResult> {
  if (plan.query !== undefined) {
    throw snowflakeError("unsupportedFeature", {
      feature: "VALIDATION_MODE with a transformation",
    });
  }
  if (execution.describeOnly) return mode.kind === "rows" ? rowsOf(plan, []) : errorsResult([]);
  return mode.kind === "rows" ? firstRows(plan, mode.count, execution) : errors(plan, execution);
}

function loaderFor(plan: CopyPlan, execution: Execution, rowLimit?: number) {
  return isSemiStructured(plan.format)
    ? queryLoader(plan, execution)
    : fieldLoader(plan, execution, rowLimit);
}

/** The first rows as they would be loaded. */
async function firstRows(
  plan: CopyPlan,
  count: number,
  execution: Execution,
): Promise<StatementResult> {
  const loader = await loaderFor(plan, execution, count);
  const parts: string[] = [];
  let rows = 0;
  for (const file of plan.files) {
    if (rows >= count) break;
    const problems = new Problems({ kind: "abort" }, fileInMessages(plan.location, file));
    const ready = await loader(file, problems);
    execution.atEnd(ready.close);
    if (ready.select === undefined) continue;
    parts.push(`(${ready.select} LIMIT ${count - rows})`);
    rows += Math.min(ready.rowCount, count - rows);
  }
  return rowsOf(plan, parts);
}

function rowsOf({ table }: CopyPlan, parts: readonly string[]): StatementResult {
  const columns = table.columns.filter((column) => column.expression === undefined);
  return {
    columns: columns.map(({ name, type, nullable }) => ({ name, type, nullable })),
    rows:
      parts.length === 0
        ? { kind: "cells", rows: [] }
        : { kind: "query", sql: parts.join(" UNION ALL "), volatile: false },
    statementType: COPY_STATEMENT,
  };
}

async function errors(plan: CopyPlan, execution: Execution): Promise<StatementResult> {
  const loader = await loaderFor(plan, execution);
  const found: (LoadProblem & { readonly file: string })[] = [];
  for (const file of plan.files) {
    const problems = new Problems(undefined, fileInMessages(plan.location, file));
    const ready = await loader(file, problems);
    await ready.close();
    found.push(...problems.kept.map((problem) => ({ ...problem, file: file.name })));
  }
  return errorsResult(found);
}
