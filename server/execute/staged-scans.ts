/** Staged files in queries: their format for the binder, their rows when the statement runs. */

import type { SchemaScan, StagedFormat, StagedScan } from "../../translator/bind/catalog.ts";
import type { FileFormat } from "../stages/file-format.ts";
import { nameParts, resolveFormat } from "../stages/resolve-format.ts";
import {
  listFiles,
  namedFormat,
  resolveStage,
  type StageLocation,
  type StageScope,
} from "../stages/staged-files.ts";
import { isSemiStructured, readStaged } from "../stages/staged-rows.ts";
import { checkRunning } from "./check-running.ts";
import type { Execution } from "./execution.ts";
import { schemaRows } from "./schema-scan.ts";
import { stageScope } from "./stage-scope.ts";

type Options = ReadonlyMap<string, string>;

/** @throws 002003 for a stage or file format that is not there */
export function stagedFormat(path: string, options: Options, scope: StageScope): StagedFormat {
  const format = formatOf(resolveStage(path, scope), options, scope);
  return { isSemiStructured: isSemiStructured(format) };
}

function formatOf({ object }: StageLocation, options: Options, scope: StageScope): FileFormat {
  const name = options.get("FILE_FORMAT");
  return name === undefined
    ? resolveFormat(undefined, object, scope)
    : namedFormat(nameParts(name), scope);
}

/** Reads the files of a statement's scans; their rows stand for the scans' tokens until it ends. */
export async function openStagedScans(
  scans: readonly (StagedScan | SchemaScan)[],
  execution: Execution,
): Promise<void> {
  const { account, startedAt } = execution;
  const scope = stageScope(execution);
  for (const scan of scans) {
    if (scan.kind === "schema") {
      execution.staged.set(scan.token, await schemaRows(scan, execution));
      continue;
    }
    const location = resolveStage(scan.path, scope);
    const rows = await readStaged(account.database, {
      files: listFiles(location, account.stages, scan.options.get("PATTERN")),
      format: formatOf(location, scan.options, scope),
      columns: [...scan.columns].sort((a, b) => a - b),
      startedAt,
      checkRunning: () => checkRunning(execution),
    });
    execution.staged.set(scan.token, rows.sql);
    execution.atEnd(rows.close);
  }
}
