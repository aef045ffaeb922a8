/** COPY INTO a table, made up before anything is read: target, options, format, files. */

import type { ObjectName } from "../../translator/ast/expressions.ts";
import type { FromItem, Query } from "../../translator/ast/queries.ts";
import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { CatalogColumn, TableObject } from "../catalog/objects.ts";
import type { FileFormat } from "../stages/file-format.ts";
import { valueText } from "../stages/format-values.ts";
import { refuseFormat } from "../stages/formats/refused.ts";
import { type CopyOptions, copyOptions } from "../stages/load/copy-options.ts";
import { nameParts, resolveFormat } from "../stages/resolve-format.ts";
import {
  listFiles,
  namedFormat,
  resolveStage,
  type StagedFile,
  type StageLocation,
  type StageScope,
  stageKey,
} from "../stages/staged-files.ts";
import { refuseLoadIntoChecked } from "./check-constraints.ts";
import type { Execution, StatementOf } from "./execution.ts";
import { findMember, memberName, notFound, shownQualified } from "./names.ts";
import { stageScope } from "./stage-scope.ts";

export type CopyStatement = StatementOf<"copy_into_table">;

/** Where a COPY reads, and how. */
export type CopySource = {
  readonly location: StageLocation;
  readonly options: CopyOptions;
  readonly format: FileFormat;
  readonly pattern: string | undefined;
};

export type CopyPlan = Omit<CopySource, "pattern"> & {
  readonly table: TableObject;
  readonly name: ObjectName;
  /** The columns that get values, in the order of the values. */
  readonly columns: readonly CatalogColumn[];
  /** In the order in which they are loaded. */
  readonly files: readonly StagedFile[];
  /** Names in FILES that no file has. */
  readonly missing: readonly string[];
  /** The transformation, when the source is a query. */
  readonly query: Query | undefined;
};

type StageItem = Extract<FromItem, { kind: "stage" }>;

/**
 * @throws 002003 for a table, stage or format that is not there, 091016 for a file of FILES that is not
 *   there when errors end the statement
 */
export function planCopy(statement: CopyStatement, execution: Execution): CopyPlan {
  const table = targetTable(statement, execution);
  const source = copySource(statement, table, stageScope(execution), execution.text);
  const { location, options, pattern } = source;
  const found = listFiles(location, execution.account.stages, pattern);
  const { files, missing } = pickFiles(found, location, options.files);
  const [lost] = missing;
  if (lost !== undefined && options.onError.kind === "abort") {
    throw snowflakeError("remoteFileNotFound", { file: location.prefix + lost });
  }
  return planOf(statement, table, source, { files, missing });
}

/** The plan of a COPY whose files are known. @throws 000904 for a column that the table does not have */
export function planOf(
  statement: CopyStatement,
  table: TableObject,
  { location, options, format }: CopySource,
  files: Pick<CopyPlan, "files" | "missing">,
): CopyPlan {
  const { from } = statement;
  return {
    table,
    name: statement.table,
    columns: targetColumns(statement, table, options),
    location,
    options,
    format,
    ...files,
    query: from?.kind === "query" ? from : undefined,
  };
}

/**
 * @param text what the statement's spans point into
 * @throws 002003 for a stage or format that is not there
 */
export function copySource(
  statement: CopyStatement,
  table: TableObject,
  scope: StageScope,
  text: string,
): CopySource {
  const item = readStage(statement);
  const location = copyLocation(statement, table, scope);
  const options = copyOptions(statement.properties, location.object?.copyOptions ?? {});
  const itemOptions = new Map(item?.options.map(({ name, value }) => [name.toUpperCase(), value]));
  const ownFormat = itemOptions.get("FILE_FORMAT");
  const format =
    ownFormat === undefined
      ? resolveFormat(options.fileFormat, location.object, scope)
      : namedFormat(nameParts(itemText(ownFormat, text)), scope);
  if (format.type === "AVRO" || format.type === "ORC") throw refuseFormat(format.type);
  return { location, options, format, pattern: options.pattern ?? itemPattern(item, text) };
}

function itemPattern(item: StageItem | undefined, text: string): string | undefined {
  const given = item?.options.find(({ name }) => name.toUpperCase() === "PATTERN");
  return given && itemText(given.value, text);
}

/** The PATTERN of a COPY. @param text what the statement's spans point into */
export function copyPattern(statement: CopyStatement, text: string): string | undefined {
  const own = statement.properties.find(({ name }) => name === "PATTERN");
  return own === undefined ? itemPattern(readStage(statement), text) : valueText(own.value);
}

/** @throws 002003 for a table that is not there */
export function targetTable({ table }: CopyStatement, execution: Execution): TableObject {
  const name = memberName(table, execution, "COPY");
  const found = findMember(execution.account.catalog.snapshot, "relation", name, execution);
  if (found?.kind === "table") {
    refuseLoadIntoChecked(found, "COPY INTO");
    return found;
  }
  if (found === undefined) throw notFound("Table", shownQualified(name));
  throw snowflakeError("unsupportedFeature", { feature: "COPY into a view" });
}

/** The stage that a transformation reads. Only a plain SELECT from one stage is one. */
function stageOf({ body, ctes }: Query): StageItem {
  const item = body.kind === "select" && ctes.length === 0 ? body.from : [];
  const [first, second] = item;
  if (first?.kind === "stage" && second === undefined) return first;
  throw snowflakeError("unsupportedFeature", {
    feature: "COPY from a query that is no simple SELECT from a stage",
  });
}

function itemText(value: StageItem["options"][number]["value"], text: string): string {
  if (value.kind === "string_literal") return value.value;
  return text.slice(value.span.start, value.span.end);
}

function readStage({ from }: CopyStatement): StageItem | undefined {
  return from?.kind === "query" ? stageOf(from) : undefined;
}

/**
 * Where the files are: without FROM on the table's own stage.
 * @param table may be missing where the statement names a stage
 * @throws 002003 for a stage that is not there
 */
export function copyLocation(
  statement: CopyStatement,
  table: TableObject | undefined,
  scope: StageScope,
): StageLocation {
  const { from } = statement;
  const item = readStage(statement);
  if (item !== undefined) return resolveStage(item.path, scope);
  if (from?.kind === "stage") return resolveStage(from.path, scope);
  if (from?.kind === "url") return resolveStage(from.url, scope);
  const stage = must(stageKey(must(table)));
  return { place: { kind: "stored", stage }, object: undefined, path: "", prefix: "" };
}

function pickFiles(
  found: readonly StagedFile[],
  { path }: StageLocation,
  names: readonly string[] | undefined,
): Pick<CopyPlan, "files" | "missing"> {
  if (names === undefined) return { files: found, missing: [] };
  const folder = path === "" || path.endsWith("/") ? path : `${path}/`;
  const byPath = new Map(found.map((file) => [file.path, file]));
  const files: StagedFile[] = [];
  const missing: string[] = [];
  for (const name of new Set(names)) {
    const file = byPath.get(folder + name) ?? byPath.get(path + name);
    if (file === undefined) missing.push(folder + name);
    else files.push(file);
  }
  return { files, missing };
}

/** @throws 000904 for a column that the table does not have */
function targetColumns(
  { columns }: CopyStatement,
  table: TableObject,
  options: CopyOptions,
): readonly CatalogColumn[] {
  const own = table.columns.filter((column) => column.expression === undefined);
  if (options.matchByName !== "none" && columns.length > 0) {
    throw snowflakeError("conflictingOptions", {
      first: "MATCH_BY_COLUMN_NAME",
      second: "a list of columns",
    });
  }
  if (columns.length === 0) return own;
  return columns.map(({ name }) => {
    const column = own.find((candidate) => candidate.name === name);
    if (column === undefined) throw snowflakeError("invalidIdentifier", { name });
    return column;
  });
}

/** Tells a file apart from all others: its stage and path. */
export function fileKey({ place }: StageLocation, { path }: Pick<StagedFile, "path">): string {
  return place.kind === "stored" ? `${place.stage}/${path}` : place.url + path;
}
