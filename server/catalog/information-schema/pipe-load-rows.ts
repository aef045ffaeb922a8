/**
 * What pipes have loaded: VALIDATE_PIPE_LOAD and PIPE_USAGE_HISTORY.
 * https://docs.snowflake.com/en/sql-reference/functions/validate_pipe_load
 */

import { snowflakeError } from "../../../translator/base/errors.ts";
import { splitName } from "../../../translator/bind/binder.ts";
import type { QualifiedName, Relation } from "../../../translator/bind/catalog.ts";
import { quoteText } from "../../../translator/lower/sql.ts";
import { named } from "../information-schema-functions.ts";
import type { PipeObject } from "../pipe-object.ts";
import { parseShape } from "./column-spec.ts";
import { FUNCTION_SHAPES, VALIDATED } from "./function-shapes.ts";
import {
  ERRORS,
  HISTORY,
  instantSql,
  type LoadArguments,
  type LoadScope,
  relationOf,
} from "./load-rows.ts";
import { quoted } from "./names.ts";

const DAY_MS = 86_400_000;

/** @throws 002003 for a pipe that is not there, 001008 for an argument that is missing or cannot be read */
function pipeNamed(text: string, scope: LoadScope): PipeObject {
  const parts = splitName(text, { start: 0, end: text.length }).map((part) => part.name);
  const [name = "", schema = scope.schema ?? "", database = scope.database ?? ""] = [
    ...parts,
  ].reverse();
  const container = scope.snapshot.schema(database, schema);
  const pipe = container && scope.snapshot.find("pipe", container.id, name);
  if (pipe?.kind === "pipe") return pipe;
  const label = parts.map(quoted).join(".");
  throw snowflakeError("containerNotFound", { kind: "Pipe", name: label });
}

function required(args: LoadArguments, name: string): string {
  const text = args.get(name);
  if (typeof text === "string") return text;
  throw snowflakeError("invalidParameterValue", { value: "NULL", name });
}

/** The errors of the files that a pipe has loaded, or tried to, in a range of time. */
export function validatePipeLoad(
  name: QualifiedName,
  given: LoadArguments,
  scope: LoadScope,
): Relation {
  const args = named(given, ["PIPE_NAME", "START_TIME", "END_TIME"]);
  const pipe = pipeNamed(required(args, "PIPE_NAME"), scope);
  const start = instantSql(required(args, "START_TIME"), "START_TIME");
  const end = instantSql(args.get("END_TIME"), "END_TIME");
  const range = `loaded_at >= ${start}${end === undefined ? "" : ` AND loaded_at <= ${end}`}`;
  const loads = `SELECT query_id FROM ${HISTORY} WHERE pipe_id = ${pipe.id} AND ${range}`;
  const from = `${ERRORS} WHERE query_id IN (${loads})`;
  return relationOf(name, parseShape(VALIDATED), {}, from);
}

/**
 * Files and bytes by the hour: of a pipe, or of all together. Nobody is billed for them.
 * https://docs.snowflake.com/en/sql-reference/functions/pipe_usage_history
 */
export function pipeUsageHistory(
  name: QualifiedName,
  given: LoadArguments,
  scope: LoadScope,
): Relation {
  const args = named(given, ["DATE_RANGE_START", "DATE_RANGE_END", "PIPE_NAME"]);
  const today = new Date(Math.floor(scope.now / DAY_MS) * DAY_MS).toISOString();
  const end = instantSql(args.get("DATE_RANGE_END") ?? today, "DATE_RANGE_END");
  const start =
    instantSql(args.get("DATE_RANGE_START"), "DATE_RANGE_START") ?? `${end} - INTERVAL 10 MINUTE`;
  const written = args.get("PIPE_NAME");
  const pipe = typeof written === "string" ? pipeNamed(written, scope) : undefined;
  const which = pipe === undefined ? "pipe_id IS NOT NULL" : `pipe_id = ${pipe.id}`;
  const hours = `SELECT time_bucket(INTERVAL 1 HOUR, loaded_at) AS hour, sum(file_size) AS bytes, count(*) AS files
    FROM ${HISTORY} WHERE ${which} AND status <> 'LOAD_FAILED' AND loaded_at >= ${start} AND loaded_at <= ${end}
    GROUP BY hour`;
  const items = {
    start_time: "hour",
    end_time: "hour + INTERVAL 1 HOUR",
    pipe_name: pipe === undefined ? "NULL" : quoteText(pipe.name),
    credits_used: "0",
    bytes_inserted: "bytes",
    files_inserted: "files",
  };
  const shape = parseShape(FUNCTION_SHAPES["PIPE_USAGE_HISTORY"] ?? "");
  return relationOf(name, shape, items, `(${hours})`);
}
