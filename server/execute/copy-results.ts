/** What COPY INTO a table answers: a row for each file. */

import { numberType, textType } from "../../translator/types/types.ts";
import type { ResultColumn } from "../results/stream.ts";
import type { LoadProblem, LoadStatus } from "../stages/load/load-history.ts";
import type { StatementResult } from "./execution.ts";
import { COPY_STATEMENT } from "./statement-types.ts";
import { status } from "./status.ts";

export type FileLoad = {
  readonly file: string;
  readonly status: LoadStatus;
  readonly parsed: number;
  readonly loaded: number;
  readonly errorLimit: number;
  readonly errorCount: number;
  readonly first: LoadProblem | undefined;
};

const TEXT = textType(16_777_216);
const COUNT = numberType(38, 0);

function column(name: string, type = TEXT, nullable = true): ResultColumn {
  return { name, type, nullable };
}

const COLUMNS: readonly ResultColumn[] = [
  column("file"),
  column("status"),
  column("rows_parsed", COUNT),
  column("rows_loaded", COUNT),
  column("error_limit", COUNT),
  column("errors_seen", COUNT),
  column("first_error"),
  column("first_error_line", COUNT),
  column("first_error_character", COUNT),
  column("first_error_column_name"),
];

const NOTHING = "Copy executed with 0 files processed.";

/** @param failedOnly RETURN_FAILED_ONLY */
export function copyResult(loads: readonly FileLoad[], failedOnly: boolean): StatementResult {
  if (loads.length === 0) return status(NOTHING, COPY_STATEMENT);
  const shown = failedOnly ? loads.filter(({ errorCount }) => errorCount > 0) : loads;
  const inserted = loads.reduce((sum, { loaded }) => sum + loaded, 0);
  return {
    columns: COLUMNS,
    rows: { kind: "cells", rows: shown.map(cells) },
    statementType: COPY_STATEMENT,
    stats: { inserted, updated: 0, deleted: 0, duplicates: 0 },
  };
}

function cells({ file, status: outcome, first, ...counts }: FileLoad) {
  return [
    file,
    outcome,
    String(counts.parsed),
    String(counts.loaded),
    String(counts.errorLimit),
    String(counts.errorCount),
    first?.message ?? null,
    first === undefined ? null : String(first.line),
    first === undefined ? null : String(first.character),
    first?.columnText ?? null,
  ];
}

/** The columns of VALIDATE and of VALIDATION_MODE = RETURN_ERRORS. */
const ERROR_COLUMNS: readonly ResultColumn[] = [
  column("ERROR"),
  column("FILE"),
  column("LINE", COUNT),
  column("CHARACTER", COUNT),
  column("BYTE_OFFSET", COUNT),
  column("CATEGORY"),
  column("CODE", COUNT),
  column("SQL_STATE"),
  column("COLUMN_NAME"),
  column("ROW_NUMBER", COUNT),
  column("ROW_START_LINE", COUNT),
  column("REJECTED_RECORD"),
];

/** VALIDATION_MODE = RETURN_ERRORS: what is wrong with the files. */
export function errorsResult(
  problems: readonly (LoadProblem & { readonly file: string })[],
): StatementResult {
  const rows = problems.map((problem) => [
    problem.message,
    problem.file,
    String(problem.line),
    String(problem.character),
    String(problem.byteOffset),
    problem.category,
    String(Number(problem.code)),
    problem.sqlState,
    problem.columnText,
    String(problem.row),
    String(problem.startLine),
    problem.rejected,
  ]);
  return {
    columns: ERROR_COLUMNS,
    rows: { kind: "cells", rows },
    statementType: COPY_STATEMENT,
  };
}
