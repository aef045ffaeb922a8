/**
 * Names of unloaded files: `data_0_0_0.csv.gz`, `<prefix>_0_1_0.json`, with SINGLE the name that the location has.
 * https://docs.snowflake.com/en/sql-reference/sql/copy-into-location
 */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { FileFormat } from "../file-format.ts";

export type NamePlan = {
  /** The path below the stage that the statement has. */
  readonly path: string;
  readonly extension: string;
  readonly queryId: string | undefined;
  readonly single: boolean;
};

/** The folder of rows whose PARTITION BY is NULL. */
const NULL_PARTITION = "__NULL__";
const PREFIX = "data_";
const SINGLE_NAME = "data";

/**
 * The path of the file of that number, counted from 0.
 * @param partition the value of PARTITION BY, null for SQL NULL; undefined without PARTITION BY
 */
export function unloadedPath(
  { path, extension, queryId, single }: NamePlan,
  file: number,
  partition?: string | null,
): string {
  const isFolder = path === "" || path.endsWith("/");
  if (single) return isFolder ? `${path}${SINGLE_NAME}` : path;
  const id = queryId === undefined ? "" : `${queryId}_`;
  const name = `${id}0_${file}_0${extension}`;
  if (partition !== undefined) {
    const folder = isFolder ? path : `${path}/`;
    return `${folder}${partition ?? NULL_PARTITION}/${PREFIX}${name}`;
  }
  if (isFolder) return `${path}${PREFIX}${name}`;
  return path.endsWith("_") ? path + name : `${path}_${name}`;
}

const TEXT_COMPRESSIONS: Readonly<Record<string, string>> = {
  AUTO: ".gz",
  GZIP: ".gz",
  BROTLI: ".br",
  DEFLATE: ".deflate",
  RAW_DEFLATE: ".raw_deflate",
  NONE: "",
};

/** @throws 000002 for a compression that there is no writer for */
export function unloadedExtension(format: FileFormat): string {
  const compression = format.text("COMPRESSION") ?? "NONE";
  if (format.type === "PARQUET") {
    if (compression === "LZO") throw refused(compression);
    return compression === "NONE" ? ".parquet" : ".snappy.parquet";
  }
  const ending = TEXT_COMPRESSIONS[compression];
  if (ending === undefined) throw refused(compression);
  const own = format.text("FILE_EXTENSION");
  if (own !== null) return own.startsWith(".") ? own : `.${own}`;
  return `.${format.type.toLowerCase()}${ending}`;
}

function refused(compression: string) {
  const feature = `unloading with COMPRESSION = ${compression}`;
  return snowflakeError("unsupportedFeature", { feature });
}
