/**
 * Staged files: PUT, GET, LIST, REMOVE, COPY FILES.
 * https://docs.snowflake.com/en/sql-reference/sql/put
 */

import type { Expression } from "../ast/expressions.ts";
import { printExpression, printQuery } from "../ast/printer.ts";
import type { Query } from "../ast/queries.ts";
import { quoteString } from "../lex/literals.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseExpression } from "../parse/expressions.ts";
import { parseQuery } from "../parse/query.ts";
import { printPath, spaced } from "./print.ts";
import {
  type Property,
  type PropertyNames,
  parseProperties,
  printProperties,
  propertyNames,
} from "./properties.ts";

/** A path with its @, or a bind that has one: the Python connector uploads batches so. */
export type StageTarget = string | Expression;

export type PutStatement = {
  readonly kind: "put";
  /** `file://…` without quotes. */
  readonly file: string;
  readonly stage: StageTarget;
  readonly properties: readonly Property[];
};

export type GetStatement = {
  readonly kind: "get";
  readonly stage: StageTarget;
  readonly file: string;
  readonly properties: readonly Property[];
};

export type ListStatement = {
  readonly kind: "list";
  readonly stage: StageTarget;
  readonly properties: readonly Property[];
};

export type RemoveStatement = {
  readonly kind: "remove";
  readonly stage: StageTarget;
  readonly properties: readonly Property[];
};

export type CopyFilesStatement = {
  readonly kind: "copy_files";
  readonly into: string;
  /** A stage, or a query that gives URLs and paths. */
  readonly from: { readonly kind: "stage"; readonly path: string } | Query;
  readonly properties: readonly Property[];
};

export const PUT_OPTIONS = propertyNames("PARALLEL AUTO_COMPRESS SOURCE_COMPRESSION OVERWRITE");
export const GET_OPTIONS = propertyNames("PARALLEL PATTERN");
export const LIST_OPTIONS = propertyNames("PATTERN");
export const COPY_FILES_OPTIONS = propertyNames("FILES PATTERN DETAILED_OUTPUT");

export function parsePut(cursor: Cursor): PutStatement {
  cursor.expectKeyword("PUT");
  const file = cursor.filePath();
  const stage = parseTarget(cursor);
  return { kind: "put", file, stage, properties: options(cursor, PUT_OPTIONS, "PUT") };
}

export function parseGet(cursor: Cursor): GetStatement {
  cursor.expectKeyword("GET");
  const stage = parseTarget(cursor);
  const file = cursor.filePath();
  return { kind: "get", stage, file, properties: options(cursor, GET_OPTIONS, "GET") };
}

export function parseList(cursor: Cursor): ListStatement {
  cursor.expectAnyKeyword("LIST", "LS");
  const stage = parseTarget(cursor);
  return { kind: "list", stage, properties: options(cursor, LIST_OPTIONS, "LIST") };
}

export function parseRemove(cursor: Cursor): RemoveStatement {
  cursor.expectAnyKeyword("REMOVE", "RM");
  const stage = parseTarget(cursor);
  return { kind: "remove", stage, properties: options(cursor, LIST_OPTIONS, "REMOVE") };
}

export function parseCopyFiles(cursor: Cursor): CopyFilesStatement {
  cursor.expectKeyword("COPY", "FILES", "INTO");
  const into = cursor.stagePath();
  cursor.expectKeyword("FROM");
  const from = parseFilesSource(cursor);
  return {
    kind: "copy_files",
    into,
    from,
    properties: options(cursor, COPY_FILES_OPTIONS, "COPY FILES"),
  };
}

function parseFilesSource(cursor: Cursor): CopyFilesStatement["from"] {
  if (cursor.atStagePath()) return { kind: "stage", path: cursor.stagePath() };
  cursor.expectPunctuation("(");
  const query = parseQuery(cursor);
  cursor.expectPunctuation(")");
  return query;
}

function parseTarget(cursor: Cursor): StageTarget {
  return cursor.at("bind") ? parseExpression(cursor) : cursor.stagePath();
}

function printTarget(target: StageTarget): string {
  return typeof target === "string" ? printPath(target) : printExpression(target);
}

function options(cursor: Cursor, names: PropertyNames, command: string): Property[] {
  return parseProperties(cursor, names, command);
}

export function printPut({ file, stage, properties }: PutStatement): string {
  return spaced("PUT", quoteString(file), printTarget(stage), printProperties(properties));
}

export function printGet({ file, stage, properties }: GetStatement): string {
  return spaced("GET", printTarget(stage), quoteString(file), printProperties(properties));
}

export function printList({ stage, properties }: ListStatement): string {
  return spaced("LIST", printTarget(stage), printProperties(properties));
}

export function printRemove({ stage, properties }: RemoveStatement): string {
  return spaced("REMOVE", printTarget(stage), printProperties(properties));
}

export function printCopyFiles({ into, from, properties }: CopyFilesStatement): string {
  return spaced(
    `COPY FILES INTO ${printPath(into)} FROM`,
    from.kind === "stage" ? printPath(from.path) : `(${printQuery(from)})`,
    printProperties(properties),
  );
}
