/**
 * COPY through a SELECT: transformations, and files whose rows are VARIANT values.
 * https://docs.snowflake.com/en/user-guide/data-load-transform
 */

import type { Query } from "../../translator/ast/queries.ts";
import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import { quoteString } from "../../translator/lex/literals.ts";
import { Cursor } from "../../translator/parse/cursor.ts";
import { parseQuery } from "../../translator/parse/query.ts";
import { typeText } from "../../translator/types/names.ts";
import type { CatalogColumn } from "../catalog/objects.ts";
import { columnText, QUERIED_FILES } from "../stages/load-error.ts";
import type { StagedFile } from "../stages/staged-files.ts";
import { isSemiStructured, readStaged } from "../stages/staged-rows.ts";
import { checkRunning } from "./check-running.ts";
import type { FileLoader, Problems, ReadyRows } from "./copy-context.ts";
import { identifierColumns, type LoweredLoad, lowerLoad, truncatingQuery } from "./copy-insert.ts";
import type { CopyPlan } from "./copy-plan.ts";
import { goodRows } from "./copy-rows.ts";
import type { Execution } from "./execution.ts";

type Source = {
  readonly query: Query;
  readonly text: string;
  readonly columns: readonly CatalogColumn[];
};

/** @throws 002019 for whole VARIANT rows into a table that has not exactly one column for them */
export async function queryLoader(plan: CopyPlan, execution: Execution): Promise<FileLoader> {
  const source = sourceOf(plan, execution);
  const types = source.columns.map(({ type }) => type);
  const query = plan.options.truncate ? truncatingQuery(source.query, types) : source.query;
  const stagedFormat = { isSemiStructured: isSemiStructured(plan.format) };
  const lowered = await lowerLoad(
    plan.name,
    identifierColumns(source.columns.map(({ name }) => name)),
    query,
    source.text,
    { ...execution, context: { ...execution.context, stagedFormat } },
  );
  return (file, problems) => load(plan, lowered, file, problems, execution);
}

async function load(
  plan: CopyPlan,
  { select, staged }: LoweredLoad,
  file: StagedFile,
  problems: Problems,
  execution: Execution,
): Promise<ReadyRows> {
  const { account, startedAt } = execution;
  const scan = must(
    staged.find((one) => one.kind === "scan"),
    "COPY reads a stage",
  );
  const rows = await readStaged(account.database, {
    files: [file],
    format: plan.format,
    columns: [...scan.columns].sort((a, b) => a - b),
    startedAt,
    checkRunning: () => checkRunning(execution),
    onProblem: (problem) => {
      const name = `$${problem.column}`;
      problems.add(problem, columnText(QUERIED_FILES, name, problem.column));
    },
  });
  const selectOf = (condition: string) =>
    select.replaceAll(scan.token, () =>
      condition === "" ? rows.sql : `(SELECT * FROM ${rows.sql} AS staged WHERE ${condition})`,
    );
  try {
    const good = await goodRows(selectOf, rows, problems, plan, execution);
    return {
      parsed: rows.parsed,
      rowCount: good.rowCount,
      select: good.select,
      close: async () => {
        await good.close();
        await rows.close();
      },
    };
  } catch (error) {
    await rows.close();
    throw error;
  }
}

function sourceOf(plan: CopyPlan, execution: Execution): Source {
  if (plan.query !== undefined) {
    return { query: plan.query, text: execution.text, columns: plan.columns };
  }
  if (plan.options.matchByName !== "none") return matchedSource(plan);
  const [column, second] = plan.columns;
  const isSemi = ["variant", "object", "array"].includes(column?.type.kind ?? "");
  if (column === undefined || second !== undefined || !isSemi) {
    throw snowflakeError("copySingleColumn", { type: plan.format.type });
  }
  const text = `SELECT $1::${typeText(column.type)} FROM @~`;
  return { query: parseQuery(new Cursor(text)), text, columns: plan.columns };
}

/** MATCH_BY_COLUMN_NAME: each column gets the member of its name. */
function matchedSource({ columns, format, options }: CopyPlan): Source {
  if (format.type === "XML") {
    throw snowflakeError("unsupportedFeature", { feature: "MATCH_BY_COLUMN_NAME for XML files" });
  }
  const metadata = new Map(options.includeMetadata);
  for (const [name] of options.includeMetadata) {
    if (!columns.some((column) => column.name === name)) {
      throw snowflakeError("invalidIdentifier", { name });
    }
  }
  const get = options.matchByName === "case_sensitive" ? "GET" : "GET_IGNORE_CASE";
  const items = columns.map(
    (column) =>
      metadata.get(column.name) ??
      memberValue(`${get}($1, ${quoteString(column.name)})`, column, format, options.truncate),
  );
  const text = `SELECT ${items.join(", ")} FROM @~`;
  return { query: parseQuery(new Cursor(text)), text, columns };
}

function memberValue(
  member: string,
  { type }: CatalogColumn,
  format: CopyPlan["format"],
  truncate: boolean,
): string {
  const text = format.flag("TRIM_SPACE") ? `TRIM(${member}::VARCHAR)` : `${member}::VARCHAR`;
  const value = typedMember(member, text, type, format);
  const cut = truncate && type.kind === "text" ? `LEFT(${text}, ${type.length})` : value;
  const nulls = format.texts("NULL_IF");
  if (nulls.length === 0) return cut;
  return `IFF(${text} IN (${nulls.map(quoteString).join(", ")}), NULL, ${cut})`;
}

/** The member in the column's type; dates and times by the format's own formats. */
function typedMember(
  member: string,
  text: string,
  type: CatalogColumn["type"],
  format: CopyPlan["format"],
): string {
  if (type.kind === "text") return text;
  const kind = type.kind.toUpperCase();
  if (type.kind === "date" || type.kind === "time" || type.kind === "timestamp") {
    const model = format.type === "JSON" ? format.text(`${kind}_FORMAT`) : "AUTO";
    if (model !== null && model !== "AUTO") {
      const name = type.kind === "timestamp" ? `TIMESTAMP_${type.flavor.toUpperCase()}` : kind;
      return `TO_${name}(${text}, ${quoteString(model)})`;
    }
  }
  return `${member}::${typeText(type)}`;
}
