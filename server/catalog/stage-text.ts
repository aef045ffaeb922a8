/** The statements that make file formats and stages again, for GET_DDL. */

import { formatOf, storedFormat } from "../stages/file-format.ts";
import { givenOptions } from "../stages/format-text.ts";
import type { FileFormatObject, StageObject } from "./objects.ts";

/** The value as a SQL constant. */
function text(value: string): string {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''").replaceAll("\n", "\\n")}'`;
}

/** @param name as it stands in the statement */
export function fileFormatDdl(object: FileFormatObject, name: string): string {
  const options = [
    ...(object.type === "CSV" ? [] : [`TYPE = ${object.type}`]),
    ...givenOptions(formatOf(object)),
    ...(object.comment === "" ? [] : [`COMMENT = ${text(object.comment)}`]),
  ];
  const kind = object.sessionId === undefined ? "" : "TEMPORARY ";
  return [`CREATE OR REPLACE ${kind}FILE FORMAT ${name}`, ...options.map(indented), ";"].join("\n");
}

function indented(line: string): string {
  return `\t${line}`;
}

/** Credentials are not printed: they are not kept. */
export function stageDdl(stage: StageObject, name: string): string {
  const { url, encryption, storageIntegration, directory } = stage;
  const options = [
    ...(url === undefined ? [] : [`URL = ${text(url)}`]),
    ...(storageIntegration === "" ? [] : [`STORAGE_INTEGRATION = ${storageIntegration}`]),
    ...(stage.endpoint === "" ? [] : [`ENDPOINT = ${text(stage.endpoint)}`]),
    ...(encryption === "" ? [] : [`ENCRYPTION = (TYPE = ${text(encryption)})`]),
    ...(directory.enabled
      ? [
          `DIRECTORY = (ENABLE = TRUE AUTO_REFRESH = ${String(directory.autoRefresh).toUpperCase()})`,
        ]
      : []),
    ...formatDdl(stage),
    ...copyDdl(stage),
    ...(stage.comment === "" ? [] : [`COMMENT = ${text(stage.comment)}`]),
  ];
  const kind = stage.sessionId === undefined ? "" : "TEMPORARY ";
  return [`CREATE OR REPLACE ${kind}STAGE ${name}`, ...options.map(indented), ";"].join("\n");
}

function formatDdl({ format }: StageObject): string[] {
  if (format === undefined) return [];
  if (format.kind === "named") return [`FILE_FORMAT = (FORMAT_NAME = ${text(format.name)})`];
  const options = [`TYPE = ${format.type}`, ...givenOptions(storedFormat(format))];
  return [`FILE_FORMAT = (${options.join(" ")})`];
}

function copyDdl({ copyOptions }: StageObject): string[] {
  const options = Object.entries(copyOptions).map(([name, value]) => `${name} = ${value}`);
  return options.length === 0 ? [] : [`COPY_OPTIONS = (${options.join(" ")})`];
}
