/** COPY FILES: staged files copied to another stage. https://docs.snowflake.com/en/sql-reference/sql/copy-files */

import { createReadStream } from "node:fs";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { Property } from "../../translator/statements/properties.ts";
import { fileByUrl } from "../stages/file-by-url.ts";
import { valueText } from "../stages/format-values.ts";
import {
  listFiles,
  resolveStage,
  type StagedFile,
  type StageLocation,
} from "../stages/staged-files.ts";
import type { Execution, Handler, StatementOf } from "./execution.ts";
import { planQuery } from "./query-plan.ts";
import { constantAt } from "./read-values.ts";
import { shapedResult } from "./show/rows.ts";
import { patternOf, stageScope } from "./stage-scope.ts";
import { SELECT_STATEMENT } from "./statement-types.ts";

/** A file, and the path below the target that its copy gets. */
type Copied = { readonly file: StagedFile; readonly name: string };

export const copyFiles: Handler<"copy_files"> = async (statement, execution) => {
  const { into, properties } = statement;
  const target = targetOf(into, execution);
  const { stages } = execution.account;
  const names: string[] = [];
  for (const { file, name } of await sources(statement, execution)) {
    const path = target.directory + name;
    await stages.write(target.stage, path, createReadStream(file.localPath));
    names.push(path);
  }
  const detailed = properties.find(({ name }) => name === "DETAILED_OUTPUT");
  if (detailed !== undefined && /^false$/i.test(valueText(detailed.value))) {
    return shapedResult("files_copied n", [{ files_copied: names.length }], SELECT_STATEMENT);
  }
  return shapedResult(
    "file",
    names.map((file) => ({ file })),
    SELECT_STATEMENT,
  );
};

function targetOf(into: string, execution: Execution) {
  const { place, path } = resolveStage(into, stageScope(execution));
  if (place.kind !== "stored") {
    throw snowflakeError("unsupportedFeature", { feature: "COPY FILES INTO an external stage" });
  }
  return { stage: place.stage, directory: path === "" || path.endsWith("/") ? path : `${path}/` };
}

async function sources(
  { from, properties }: StatementOf<"copy_files">,
  execution: Execution,
): Promise<Copied[]> {
  if (from.kind !== "stage") return queriedFiles(from, execution);
  const location = resolveStage(from.path, stageScope(execution));
  const found = listFiles(location, execution.account.stages, patternOf(properties));
  const below = (file: StagedFile) => file.path.slice(directoryOf(location).length);
  const wanted = filesOf(properties);
  if (wanted === undefined) return found.map((file) => ({ file, name: below(file) }));
  return wanted.map((name) => {
    const file = found.find((candidate) => below(candidate) === name);
    if (file === undefined) throw missing(location.prefix + location.path + name);
    return { file, name };
  });
}

function directoryOf({ path }: StageLocation): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

function filesOf(properties: readonly Property[]): readonly string[] | undefined {
  const given = properties.find(({ name }) => name === "FILES")?.value;
  if (given === undefined) return undefined;
  return given.kind === "list" ? given.items.map(valueText) : [valueText(given)];
}

function missing(file: string) {
  return snowflakeError("remoteFileNotFound", { file });
}

/** The first column says which file, the second, where there is one, how it is called then. */
async function queriedFiles(
  query: Exclude<StatementOf<"copy_files">["from"], { readonly kind: "stage" }>,
  execution: Execution,
): Promise<Copied[]> {
  const plan = await planQuery(query, execution, undefined);
  if (plan.columns.length > 2 || plan.columns.some(({ type }) => type.kind !== "text")) {
    throw snowflakeError("unsupportedFeature", {
      feature: "COPY FILES from a query that is not of one or two text columns",
    });
  }
  const { chunks } = await execution.session.transactions.read((connection) =>
    connection.query(plan.sql),
  );
  const rows = chunks.flatMap(({ columns, rowCount }) =>
    Array.from({ length: rowCount }, (_, row) => columns.map((column) => constantAt(column, row))),
  );
  return rows.map(([reference, name]) => {
    const file = referred(String(reference), execution);
    return { file, name: name === undefined || name === null ? file.path : String(name) };
  });
}

/** The file of `@stage/path`, of a file URL of this server or of a scoped one. */
function referred(reference: string, execution: Execution): StagedFile {
  const { stages: store, tickets } = execution.account;
  const scope = stageScope(execution);
  const byUrl = reference.startsWith("@")
    ? undefined
    : fileByUrl(reference, scope, { store, tickets });
  const location = byUrl?.kind === "stage" ? byUrl.location : undefined;
  const found =
    byUrl?.kind === "scoped"
      ? byUrl.file
      : fileAt(location ?? resolveStage(reference, scope), execution);
  if (found === undefined) throw missing(reference);
  return found;
}

function fileAt(location: StageLocation, { account }: Execution): StagedFile | undefined {
  return listFiles(location, account.stages).find(({ path }) => path === location.path);
}
