/**
 * PUT and GET: the plan by which the driver moves the files. The server never looks at a path of the client's machine.
 * https://docs.snowflake.com/en/sql-reference/sql/put https://docs.snowflake.com/en/sql-reference/sql/get
 */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { Property } from "../../translator/statements/properties.ts";
import { valueText } from "../stages/format-values.ts";
import { listFiles, type StageLocation } from "../stages/staged-files.ts";
import type { Handler } from "./execution.ts";
import { wholeNumber } from "./properties.ts";
import { shapedResult } from "./show/rows.ts";
import { locationOf, patternOf } from "./stage-scope.ts";
import { GET_STATEMENT, PUT_STATEMENT } from "./statement-types.ts";

const PARALLEL_DEFAULT = 4;
const PARALLEL = { minimum: 1, maximum: 99 } as const;
const COMPRESSIONS = new Set([
  "auto_detect",
  "gzip",
  "bz2",
  "brotli",
  "zstd",
  "deflate",
  "raw_deflate",
  "none",
]);

const PUT_RESULT = `source, target, source_size n, target_size n, source_compression,
  target_compression, status, message`;
const GET_RESULT = "file, size n, status, message";

function text(properties: readonly Property[], name: string): string | undefined {
  const given = properties.find((property) => property.name === name);
  return given && valueText(given.value);
}

function flag(properties: readonly Property[], name: string, byDefault: boolean): boolean {
  const word = text(properties, name)?.toUpperCase();
  if (word === undefined) return byDefault;
  if (word === "TRUE" || word === "FALSE") return word === "TRUE";
  throw snowflakeError("invalidParameterValue", { value: word, name });
}

function parallel(properties: readonly Property[]): number {
  const given = text(properties, "PARALLEL");
  const options = { PARALLEL: given ?? String(PARALLEL_DEFAULT) };
  return wholeNumber(options, "PARALLEL", PARALLEL_DEFAULT, PARALLEL);
}

function compression(properties: readonly Property[]): string {
  const word = text(properties, "SOURCE_COMPRESSION")?.toLowerCase() ?? "auto_detect";
  if (COMPRESSIONS.has(word)) return word;
  throw snowflakeError("invalidParameterValue", { value: word, name: "SOURCE_COMPRESSION" });
}

/** The key of an internal stage. @throws 091003 for an external one */
function internalStage({ place }: StageLocation): string {
  if (place.kind === "stored") return place.stage;
  throw snowflakeError("stageTransfer", {
    reason: "GET and PUT commands are not supported with external stage",
  });
}

/** The text after `file://`. */
function localPath(file: string): string {
  return file.replace(/^file:\/\//i, "");
}

export const put: Handler<"put"> = async (statement, execution) => {
  const { file, stage, properties } = statement;
  const location = await locationOf(stage, execution);
  const { path } = location;
  return {
    ...shapedResult(PUT_RESULT, [], PUT_STATEMENT),
    transfer: {
      kind: "upload",
      source: localPath(file),
      stage: internalStage(location),
      directory: path === "" || path.endsWith("/") ? path : `${path}/`,
      autoCompress: flag(properties, "AUTO_COMPRESS", true),
      overwrite: flag(properties, "OVERWRITE", false),
      sourceCompression: compression(properties),
      parallel: parallel(properties),
    },
  };
};

export const get: Handler<"get"> = async (statement, execution) => {
  const { file, stage, properties } = statement;
  const location = await locationOf(stage, execution);
  const key = internalStage(location);
  const files = listFiles(location, execution.account.stages, patternOf(properties));
  return {
    ...shapedResult(GET_RESULT, [], GET_STATEMENT),
    transfer: {
      kind: "download",
      target: localPath(file),
      stage: key,
      directory: location.path.slice(0, location.path.lastIndexOf("/") + 1),
      paths: files.map(({ path }) => path),
      parallel: parallel(properties),
    },
  };
};
