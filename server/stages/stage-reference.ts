/** The text of a stage reference, taken apart. https://docs.snowflake.com/en/user-guide/data-load-local-file-system-create-stage */

import { snowflakeError } from "../../translator/base/errors.ts";

export type ParsedReference =
  /** `@~/path`. */
  | { readonly kind: "user"; readonly path: string }
  /** `@[db.][schema.]stage/path` and `@[db.][schema.]%table/path`; the parts of the name as stored. */
  | { readonly kind: "stage" | "table"; readonly name: readonly string[]; readonly path: string };

const QUOTED = /"((?:[^"]|"")*)"/y;
const BARE = /[^"./%]+/y;

/**
 * Takes a reference apart.
 * @param reference with its @
 * @throws 001003 when it is not one
 */
export function parseStageReference(reference: string): ParsedReference {
  let offset = 1;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = offset;
    const found = pattern.exec(reference);
    if (found === null) return undefined;
    offset = pattern.lastIndex;
    return found[1]?.replaceAll('""', '"') ?? found[0].toUpperCase();
  };
  if (reference.startsWith("@~")) {
    offset = 2;
    return { kind: "user", path: pathFrom(reference, offset) };
  }
  const name: string[] = [];
  let kind: "stage" | "table" = "stage";
  for (;;) {
    if (reference[offset] === "%") {
      kind = "table";
      offset++;
    }
    name.push(take(QUOTED) ?? take(BARE) ?? "");
    if (reference[offset] !== "." || kind === "table") break;
    offset++;
  }
  if (name.at(-1) === "" || name.length > 3) throw malformed(reference);
  return { kind, name, path: pathFrom(reference, offset) };
}

/** What comes after the name: nothing, or a slash and the path. */
function pathFrom(reference: string, offset: number): string {
  const rest = reference.slice(offset);
  if (rest === "") return "";
  if (!rest.startsWith("/")) throw malformed(reference);
  return rest.replace(/^\/+/, "");
}

function malformed(reference: string) {
  return snowflakeError("syntax", {
    messages: `syntax error line 1 at position 0 unexpected '${reference}'.`,
  });
}
