/**
 * A statement's result as a ResultSet. Partition 0 holds the rows that are inline, every other one a part of the result's file.
 * https://docs.snowflake.com/en/developer-guide/sql-api/reference
 */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { Account, StatementRun } from "../../execute/account.ts";
import { displayOptions } from "../../results/formats.ts";
import { jsonRowset } from "../../results/json.ts";
import { jsonPart } from "../../results/json-export.ts";
import type { StoredResult } from "../../results/stored.ts";
import { rowtype } from "../rowtype.ts";
import { type Handle, succeeded } from "./answers.ts";
import { apiRows, type RequestFormats, type Row } from "./cells.ts";

const FORMAT = "jsonv2";

/** How a request wants the cells. */
export type CellRequest = {
  /** The output formats that the request itself gave. */
  readonly formats: ReadonlyMap<string, string>;
  /** False when NULL is to be the text `null`. */
  readonly nullable: boolean;
};

/** Rows of a partition. @throws 390400 for a partition that the result does not have */
export async function partitionRows(
  account: Account,
  run: StatementRun,
  result: StoredResult,
  partition: number,
  { formats, nullable }: CellRequest,
): Promise<readonly Row[]> {
  const request: RequestFormats = { formats, timeZone: run.parameters.text("TIMEZONE") };
  const text = await partitionText(account, run, result, partition);
  const rows = JSON.parse(text) as readonly Row[];
  return apiRows(rows, result.columns, request, nullable ? null : "null");
}

async function partitionText(
  account: Account,
  run: StatementRun,
  result: StoredResult,
  partition: number,
): Promise<string> {
  if (partition === 0) {
    return jsonRowset(result, displayOptions(run.parameters));
  }
  const part = result.exported?.parts[partition - 1];
  if (result.exported === undefined || part === undefined) {
    throw snowflakeError("badRequest", { detail: `there is no partition ${partition}` });
  }
  const connection = await account.state.database.connect();
  try {
    const rows = await jsonPart(connection, result.columns, result.exported, part);
    return `[${Buffer.from(rows).toString("utf8")}]`;
  } finally {
    await connection.close();
  }
}

export function partitionCount({ exported }: StoredResult): number {
  return 1 + (exported?.parts.length ?? 0);
}

/** The whole ResultSet, with the rows of partition 0. */
export function resultSet(
  run: StatementRun,
  result: StoredResult,
  data: readonly Row[],
  handle: Handle,
) {
  const children = String(run.extraData.resultIds ?? "");
  return {
    ...succeeded(handle),
    resultSetMetaData: metaData(result, data),
    data,
    ...(children === "" ? {} : { statementHandles: children.split(",") }),
    ...stats(result),
  };
}

function metaData(result: StoredResult, data: readonly Row[]) {
  const rest = result.exported;
  const first = {
    rowCount: data.length,
    uncompressedSize: Buffer.byteLength(JSON.stringify(data)),
  };
  const others = (rest?.parts ?? []).map(({ rowCount }) => ({
    rowCount,
    uncompressedSize: rowCount * (rest?.rowBytes ?? 0),
  }));
  return {
    numRows: result.rowCount,
    format: FORMAT,
    partitionInfo: [first, ...others],
    rowType: rowtype(result.columns),
  };
}

function stats({ stats }: StoredResult) {
  if (stats === undefined) return {};
  return {
    stats: {
      numRowsInserted: stats.inserted,
      numRowsUpdated: stats.updated,
      numRowsDeleted: stats.deleted,
      numDuplicateRowsUpdated: stats.duplicates,
    },
  };
}
