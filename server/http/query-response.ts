/** The `data` of a successful query response. Built as text: a large rowset is never parsed again. */

import type { Account, StatementRun } from "../execute/account.ts";
import { displayOptions } from "../results/formats.ts";
import { jsonRowset } from "../results/json.ts";
import type { StoredResult } from "../results/stored.ts";
import type { Session } from "../session/session.ts";
import { chunkList } from "./chunks.ts";
import { resultFormat } from "./result-format.ts";
import { rowtype } from "./rowtype.ts";
import { transferData } from "./transfer-data.ts";

const STATEMENT_VERSION = 1;

export async function queryData(
  account: Account,
  session: Session,
  run: StatementRun,
  result: StoredResult,
): Promise<string> {
  const format = resultFormat(session, run, result);
  const options = displayOptions(run.parameters);
  // Arrow is loaded by the first client that wants it: the server starts 0.2 s earlier.
  const rows =
    format === "arrow"
      ? `"rowsetBase64":${JSON.stringify(await (await import("../results/arrow.ts")).arrowRowset(result, options))}`
      : `"rowset":${jsonRowset(result, options)}`;
  const data = {
    parameters: run.parameters.wire(),
    rowtype: rowtype(result.columns),
    total: run.describeOnly ? 0 : result.rowCount,
    // All rows, with those of the chunks: the Node driver reads no further than this.
    returned: run.describeOnly ? 0 : result.rowCount,
    queryId: run.queryId,
    databaseProvider: null,
    finalDatabaseName: session.database ?? null,
    finalSchemaName: session.schema ?? null,
    finalWarehouseName: session.warehouse ?? null,
    finalRoleName: session.role,
    numberOfBinds: run.numberOfBinds,
    arrayBindSupported: run.arrayBindSupported,
    metaDataOfBinds: null,
    statementTypeId: result.statementType,
    version: STATEMENT_VERSION,
    sendResultTime: account.now(),
    queryResultFormat: format,
    sqlState: null,
    ...chunkList(account, run, result, format),
    ...(result.stats === undefined
      ? {}
      : {
          stats: {
            numRowsInserted: result.stats.inserted,
            numRowsDeleted: result.stats.deleted,
            numRowsUpdated: result.stats.updated,
            numDmlDuplicates: result.stats.duplicates,
          },
        }),
    ...(run.transfer === undefined
      ? {}
      : transferData(run.transfer, {
          client: session.client,
          origin: run.origin,
          tickets: account.state.tickets,
        })),
    ...run.extraData,
  };
  const head = JSON.stringify(data).slice(0, -1);
  return `{"data":${head},${rows}},"code":null,"message":null,"success":true,"headers":null}`;
}
