/**
 * Objects named in text by the functions about tags and policies: a domain, and a name that the current database and schema
 * complete. https://docs.snowflake.com/en/sql-reference/functions/tag_references
 */

import { snowflakeError } from "../../translator/base/errors.ts";
import { splitName } from "../../translator/bind/binder.ts";
import { quoted } from "./information-schema/names.ts";
import type { CatalogObject, NameSpace } from "./objects.ts";
import type { Snapshot } from "./snapshot.ts";

/** Where names resolve. */
export type NamingScope = {
  readonly snapshot: Snapshot;
  readonly database: string | undefined;
  readonly schema: string | undefined;
  readonly sessionId: string;
};

/** An object, or one of its columns. */
export type NamedObject = { readonly object: CatalogObject; readonly column?: string | undefined };

/** Spaces by domain; all table-like objects are of the domain TABLE. */
const DOMAINS: Readonly<Record<string, NameSpace>> = {
  ALERT: "alert",
  DATABASE: "database",
  INTEGRATION: "integration",
  "MASKING POLICY": "masking_policy",
  PIPE: "pipe",
  ROLE: "role",
  "ROW ACCESS POLICY": "row_access_policy",
  SCHEMA: "schema",
  STAGE: "stage",
  TABLE: "relation",
  TAG: "tag",
  TASK: "task",
  USER: "user",
  VIEW: "relation",
  WAREHOUSE: "warehouse",
};
const ON_ACCOUNT: ReadonlySet<NameSpace> = new Set([
  "database",
  "integration",
  "role",
  "user",
  "warehouse",
]);

/**
 * @param domain in any case: `table`, `COLUMN`
 * @throws 000002 for a domain that is not here, 002003 when there is no such object
 */
export function namedObject(domain: string, name: string, scope: NamingScope): NamedObject {
  const word = domain.trim().toUpperCase();
  const parts = splitName(name.trim(), { start: 0, end: 0 }).map((part) => part.name);
  if (word === "COLUMN") return namedColumn(parts, scope);
  const space = DOMAINS[word];
  if (space === undefined) {
    throw snowflakeError("unsupportedFeature", { feature: `tags of the domain ${word}` });
  }
  const object = find(space, parts, scope);
  if (object === undefined) throw missing(word, parts);
  return { object };
}

function namedColumn(parts: readonly string[], scope: NamingScope): NamedObject {
  const column = parts.at(-1) ?? "";
  const object = find("relation", parts.slice(0, -1), scope);
  if (object?.kind !== "table" && object?.kind !== "view") throw missing("COLUMN", parts);
  const found = [...object.columns].find(({ name }: { readonly name: string }) => name === column);
  if (found === undefined) throw missing("COLUMN", parts);
  return { object, column };
}

function missing(word: string, parts: readonly string[]) {
  const kind = word.charAt(0) + word.slice(1).toLowerCase();
  return snowflakeError("containerNotFound", { kind, name: parts.map(quoted).join(".") });
}

function find(
  space: NameSpace,
  parts: readonly string[],
  { snapshot, database, schema, sessionId }: NamingScope,
): CatalogObject | undefined {
  const [last = "", second, third] = [...parts].reverse();
  if (ON_ACCOUNT.has(space)) return snapshot.find(space, 0, last);
  if (space === "schema") {
    const above = second ?? database;
    return above === undefined ? undefined : snapshot.schema(above, last);
  }
  const inDatabase = third ?? database;
  const inSchema = second === "" ? "PUBLIC" : (second ?? schema);
  if (inDatabase === undefined || inSchema === undefined) return undefined;
  const container = snapshot.schema(inDatabase, inSchema);
  return container && snapshot.find(space, container.id, last, sessionId);
}
