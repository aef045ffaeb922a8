/**
 * LIST and REMOVE. https://docs.snowflake.com/en/sql-reference/sql/list
 * https://docs.snowflake.com/en/sql-reference/sql/remove
 */

import { rm } from "node:fs/promises";
import { listFiles, type StageLocation, withMd5 } from "../stages/staged-files.ts";
import type { Execution, Handler } from "./execution.ts";
import { shapedResult } from "./show/rows.ts";
import { locationOf, patternOf } from "./stage-scope.ts";
import { LIST_STATEMENT, REMOVE_STATEMENT } from "./statement-types.ts";

/** `Tue, 9 Jan 2018 15:31:44 GMT`: the day of the month without a zero in front. */
export function listedTime(milliseconds: number): string {
  return new Date(milliseconds).toUTCString().replace(/, 0/, ", ");
}

export const list: Handler<"list"> = async ({ stage, properties }, execution) => {
  const location = await locationOf(stage, execution);
  const found = listFiles(location, execution.account.stages, patternOf(properties));
  const rows = (await withMd5(found)).map(({ name, size, md5 = "", modifiedAt }) => ({
    name,
    size,
    md5,
    last_modified: listedTime(modifiedAt),
  }));
  return shapedResult("name, size n, md5, last_modified", rows, LIST_STATEMENT);
};

export const remove: Handler<"remove"> = async ({ stage, properties }, execution) => {
  const location = await locationOf(stage, execution);
  const found = listFiles(location, execution.account.stages, patternOf(properties));
  const rows: { name: string; result: string }[] = [];
  for (const { name, path, localPath } of found) {
    if (await removed(location, path, localPath, execution)) rows.push({ name, result: "removed" });
  }
  return shapedResult("name, result", rows, REMOVE_STATEMENT);
};

async function removed(
  { place }: StageLocation,
  path: string,
  localPath: string,
  { account }: Execution,
): Promise<boolean> {
  if (place.kind === "stored") return account.stages.remove(place.stage, path);
  await rm(localPath, { force: true });
  return true;
}
