/** COPY of delimited files as they are: each field becomes the value of a column. */

import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { Relation } from "../../translator/bind/catalog.ts";
import { quoteText } from "../../translator/lower/sql.ts";
import { numberType, textType } from "../../translator/types/types.ts";
import type { CatalogColumn } from "../catalog/objects.ts";
import { contentKey } from "../stages/content-key.ts";
import { readCsvHeader } from "../stages/formats/csv.ts";
import { type CellContext, cellType } from "../stages/load/cells.ts";
import { type LoadColumn, loadCsv, spoolItems } from "../stages/load/load-csv.ts";
import type { StagedFile } from "../stages/staged-files.ts";
import { checkRunning } from "./check-running.ts";
import type { FileLoader, Problems, ReadyRows } from "./copy-context.ts";
import { identifierColumns, shellInsert } from "./copy-insert.ts";
import type { CopyPlan } from "./copy-plan.ts";
import type { Execution } from "./execution.ts";

/** Stands in lowered SQL for the rows of a file. */
const LOADED = "⟪loaded⟫";

type Fields = {
  readonly columns: readonly CatalogColumn[];
  /** Field of a record, from 0, by column. */
  readonly fields: readonly (number | undefined)[];
  readonly fieldCount: number | undefined;
  readonly skipLines: number;
};

/** @param rowLimit ends the reading of a file when so many rows are there */
export function fieldLoader(
  plan: CopyPlan,
  execution: Execution,
  rowLimit?: number | undefined,
): FileLoader {
  return async (file, problems) => {
    const fields =
      plan.options.matchByName === "none" ? fieldsByPosition(plan) : await fieldsByName(plan, file);
    return load(plan, execution, file, fields, problems, rowLimit);
  };
}

function fieldsByPosition({ columns, format }: CopyPlan): Fields {
  if (format.flag("PARSE_HEADER")) {
    throw snowflakeError("conflictingOptions", {
      first: "PARSE_HEADER",
      second: "MATCH_BY_COLUMN_NAME = NONE",
    });
  }
  return {
    columns,
    fields: columns.map((_, index) => index),
    fieldCount: format.flag("ERROR_ON_COLUMN_COUNT_MISMATCH") ? columns.length : undefined,
    skipLines: format.count("SKIP_HEADER"),
  };
}

/** The columns that the names in the file's first line name. */
async function fieldsByName(
  { columns, format, options }: CopyPlan,
  file: StagedFile,
): Promise<Fields> {
  if (!format.flag("PARSE_HEADER")) {
    throw snowflakeError("unsupportedFeature", {
      feature: "MATCH_BY_COLUMN_NAME for CSV files without PARSE_HEADER = TRUE",
    });
  }
  const sameName = (text: string) =>
    options.matchByName === "case_sensitive" ? text : text.toUpperCase();
  const header = await readCsvHeader({ name: file.path, localPath: file.localPath }, format);
  const names = header.map(sameName);
  const metadata = new Set(options.includeMetadata.map(([name]) => name));
  const found = columns.filter(({ name }) => names.includes(sameName(name)) && !metadata.has(name));
  return {
    columns: found,
    fields: found.map(({ name }) => names.indexOf(sameName(name))),
    fieldCount: format.flag("ERROR_ON_COLUMN_COUNT_MISMATCH") ? names.length : undefined,
    skipLines: 1,
  };
}

async function load(
  plan: CopyPlan,
  execution: Execution,
  file: StagedFile,
  { columns, fields, fieldCount, skipLines }: Fields,
  problems: Problems,
  rowLimit: number | undefined,
): Promise<ReadyRows> {
  const context = cellContext(plan, execution);
  const loadColumns = columns.map(
    (column, index): LoadColumn => ({
      name: column.name,
      type: column.type,
      nullable: column.nullable,
      cell: cellType(column.type, context),
      field: fields[index],
    }),
  );
  const { parsed, spool } = await loadCsv(
    execution.account.database,
    { name: file.path, localPath: file.localPath },
    {
      format: plan.format,
      skipLines,
      table: plan.table.name,
      columns: loadColumns,
      fieldCount,
      checkRunning: () => checkRunning(execution),
      numbersRows: plan.options.includeMetadata.length > 0,
      onProblem: (problem, columnText) => problems.add(problem, columnText),
      rowLimit,
    },
  );
  const close = () => spool.close();
  try {
    const metadata = await metadataItems(plan, file, execution);
    const relation = relationOf(loadColumns, metadata);
    const names = [
      ...columns.map(({ name }) => name),
      ...metadata.map(({ column }) => column.name),
    ];
    const insert = shellInsert(plan.name, identifierColumns(names), relation.columns.length);
    const select = await insert.lower(execution, relation);
    return {
      parsed,
      rowCount: spool.rowCount,
      select: select.replaceAll(LOADED, () => spool.relation),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function cellContext({ format, options }: CopyPlan, { parameters }: Execution): CellContext {
  return {
    format,
    session: {
      timeZone: parameters.text("TIMEZONE"),
      twoDigitCenturyStart: Number(parameters.get("TWO_DIGIT_CENTURY_START")),
    },
    inputFormat: (parameter) => parameters.text(parameter),
    truncate: options.truncate,
  };
}

type MetadataItem = {
  readonly column: CatalogColumn;
  readonly sql: string;
  readonly type: Relation["columns"][number]["type"];
};

/** INCLUDE_METADATA: what columns get of the file itself. */
async function metadataItems(
  { columns, options }: CopyPlan,
  file: StagedFile,
  { startedAt }: Execution,
): Promise<MetadataItem[]> {
  const key = options.includeMetadata.length === 0 ? "" : await contentKey(file);
  return options.includeMetadata.map(([name, metadata]) => {
    const column = columns.find((candidate) => candidate.name === name);
    if (column === undefined) throw snowflakeError("invalidIdentifier", { name });
    return { column, ...metadataValue(metadata, file, key, startedAt) };
  });
}

function metadataValue(
  metadata: string,
  { path, modifiedAt }: StagedFile,
  key: string,
  startedAt: number,
): Omit<MetadataItem, "column"> {
  const instant = (milliseconds: number) => `'${new Date(milliseconds).toISOString()}'`;
  const text = textType();
  switch (metadata) {
    case "METADATA$FILENAME":
      return { sql: quoteText(path), type: text };
    case "METADATA$FILE_CONTENT_KEY":
      return { sql: quoteText(key), type: text };
    case "METADATA$FILE_ROW_NUMBER":
      return { sql: "CAST(_row AS DECIMAL(38,0))", type: numberType(38, 0) };
    case "METADATA$FILE_LAST_MODIFIED":
      return {
        sql: `CAST(${instant(modifiedAt).replace("Z", "")} AS TIMESTAMP)`,
        type: { kind: "timestamp", flavor: "ntz", scale: 9 },
      };
    default:
      return {
        sql: `CAST(${instant(startedAt)} AS TIMESTAMPTZ)`,
        type: { kind: "timestamp", flavor: "ltz", scale: 9 },
      };
  }
}

/** The spool as the binder sees it: columns C1, C2, … of the types that are stored. */
function relationOf(columns: readonly LoadColumn[], metadata: readonly MetadataItem[]): Relation {
  const items = [
    ...spoolItems(columns),
    ...metadata.map(({ sql }, index) => `${sql} AS b${columns.length + index + 1}`),
  ];
  const types = [...columns.map(({ cell }) => cell.type), ...metadata.map(({ type }) => type)];
  return {
    kind: "inline",
    name: { database: "", schema: "", name: "LOADED" },
    sql: `SELECT ${items.join(", ")} FROM ${LOADED}`,
    columns: items.map((_, index) => ({
      name: `C${index + 1}`,
      type: must(types[index]),
      nullable: true,
      physical: `b${index + 1}`,
    })),
  };
}
