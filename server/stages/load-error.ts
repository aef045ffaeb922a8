/** Errors of reading files, as statements report them: what, and where in which file. */

import { SnowflakeError } from "../../translator/base/errors.ts";
import type { FileProblem } from "./formats/problem.ts";

const ADVICE =
  "If you would like to continue loading when an error is encountered, use other values such as 'SKIP_FILE' or 'CONTINUE' for the ON_ERROR option. For more information on loading options, please run 'info loading_data' in a SQL client.";

/** What stands for the table in a query of staged files. */
export const QUERIED_FILES = "TRANSIENT_STAGE_TABLE";

/**
 * The column in messages and results: `"T"["C":3]`, or `"T"[11]` when the table has no such column.
 * @param name of the column; undefined when there is none
 */
export function columnText(table: string, name: string | undefined, column: number): string {
  return name === undefined ? `"${table}"[${column}]` : `"${table}"["${name}":${column}]`;
}

/** The error that ends a statement. */
export function loadError(problem: FileProblem, file: string, column: string): SnowflakeError {
  const { line, character, row, startLine } = problem;
  const started = startLine === line ? "" : ` starts at line ${startLine}`;
  const message = [
    problem.message,
    `  File '${file}', line ${line}, character ${character}`,
    `  Row ${row}${started}, column ${column}`,
    `  ${ADVICE}`,
  ].join("\n");
  return new SnowflakeError(problem.code, problem.sqlState, message);
}
