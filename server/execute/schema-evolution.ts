/**
 * COPY into a table with ENABLE_SCHEMA_EVOLUTION: columns that the files have and the table does not are added, and columns that
 * the files do not have may be NULL.
 * https://docs.snowflake.com/en/user-guide/data-load-schema-evolution
 */

import { snowflakeError } from "../../translator/base/errors.ts";
import { parseStatement } from "../../translator/statements/statement.ts";
import type { CatalogColumn } from "../catalog/objects.ts";
import { contentKey } from "../stages/content-key.ts";
import { type InferredColumn, inferSchema } from "../stages/infer/infer-schema.ts";
import { loadedFiles } from "../stages/load/load-history.ts";
import { type CopyPlan, fileKey } from "./copy-plan.ts";
import { executeStatement } from "./dispatch.ts";
import type { Execution } from "./execution.ts";
import { memberName, shownQualified } from "./names.ts";

/** Columns that one COPY may add. */
const ADDED_MAX = 100;

/**
 * Brings the table into the shape of the files that are to be loaded.
 * @returns whether the table changed: the plan is of the table before
 * @throws 000695 when more columns would be added than one statement may add
 */
export async function evolveSchema(plan: CopyPlan, execution: Execution): Promise<boolean> {
  const { options, table } = plan;
  const isEvolving = table.options.ENABLE_SCHEMA_EVOLUTION?.toUpperCase() === "TRUE";
  if (!isEvolving || options.matchByName === "none" || execution.describeOnly) return false;
  const ignoreCase = options.matchByName === "case_insensitive";
  const found = await inferSchema(execution.account.database, {
    files: await newFiles(plan, execution),
    format: plan.format,
    ignoreCase,
    maxRecords: Number.POSITIVE_INFINITY,
  });
  if (found.length === 0) return false;
  const sameName = (name: string) => (ignoreCase ? name.toUpperCase() : name);
  const names = new Set(table.columns.map(({ name }) => sameName(name)));
  const added = found.filter(({ name }) => !names.has(name));
  if (added.length > ADDED_MAX) throw snowflakeError("schemaEvolution", { count: added.length });
  const inFiles = new Set(found.map(({ name }) => name));
  const loosened = table.columns.filter(
    ({ name, nullable }) => !nullable && !inFiles.has(sameName(name)),
  );
  const target = shownQualified(memberName(plan.name, execution, "COPY"));
  const statements = [...added.map(addition), ...loosened.map(loosening)];
  for (const change of statements) {
    const text = `ALTER TABLE ${target} ${change}`;
    await executeStatement(parseStatement(text), execution.inner(text, execution.queryId));
  }
  return statements.length > 0;
}

/** The files that the table does not have yet. */
async function newFiles(plan: CopyPlan, { session }: Execution): Promise<CopyPlan["files"]> {
  if (plan.options.force) return plan.files;
  const known = await session.transactions.read((connection) =>
    loadedFiles(connection, plan.table.id),
  );
  const files: CopyPlan["files"][number][] = [];
  for (const file of plan.files) {
    if (known.get(fileKey(plan.location, file)) !== (await contentKey(file))) files.push(file);
  }
  return files;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function addition({ name, type }: InferredColumn): string {
  return `ADD COLUMN ${quoted(name)} ${type}`;
}

function loosening({ name }: CatalogColumn): string {
  return `ALTER COLUMN ${quoted(name)} DROP NOT NULL`;
}
