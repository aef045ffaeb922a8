/** Cases run in process: the account without HTTP, with the wire's own encoding of results. */

import { type Account, openAccount } from "../../server/execute/account.ts";
import { rowtype } from "../../server/http/rowtype.ts";
import { displayOptions } from "../../server/results/formats.ts";
import { jsonRowset } from "../../server/results/json.ts";
import { SnowflakeError } from "../../translator/base/errors.ts";
import { type Target, TargetError, type TargetSession, type WireResult } from "./target.ts";
import { wireColumns } from "./wire-columns.ts";

export async function inProcessTarget(): Promise<Target> {
  const account = await openAccount();
  return {
    name: "in process",
    open: () => openSession(account),
    close: () => account.close(),
  };
}

async function openSession(account: Account): Promise<TargetSession> {
  const client = { application: "conformance", version: "1", environment: {} };
  const session = await account.login({ user: "tester", account: "test", client });
  return {
    run: async (sql) => {
      const run = account.submit(session, { text: sql });
      try {
        const result = await run.done;
        const options = displayOptions(run.parameters);
        const rows = JSON.parse(jsonRowset(result, options)) as WireResult["rows"];
        const parameters = new Map(run.parameters.wire().map(({ name, value }) => [name, value]));
        return { columns: wireColumns(rowtype(result.columns)), rows, parameters };
      } catch (error) {
        if (!(error instanceof SnowflakeError)) throw error;
        const known = new TargetError(error.code, error.sqlState, error.message);
        known.cause = error.cause;
        throw known;
      }
    },
    close: () => account.closeSession(session),
  };
}
