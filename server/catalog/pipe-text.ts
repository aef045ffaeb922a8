/** The statement that makes a pipe again. */

import type { PipeObject } from "./pipe-object.ts";

function text(value: string): string {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''").replaceAll("\n", "\\n")}'`;
}

/** @param name as it stands in the statement */
export function pipeDdl({ autoIngest, comment, definition }: PipeObject, name: string): string {
  const note = comment === "" ? "" : ` comment=${text(comment)}`;
  return `create or replace pipe ${name} auto_ingest=${autoIngest}${note} as ${definition};`;
}
