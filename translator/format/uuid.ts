/**
 * UUIDs as text.
 * https://docs.snowflake.com/en/sql-reference/data-types-uuid
 */

import { snowflakeError } from "../base/errors.ts";

/** Hyphens and braces may be left out, as to_uuid's page shows. */
const UUID_TEXT = /^\{?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\}?$/i;

/**
 * The canonical form of a UUID's text: 8-4-4-4-12 digits in lower case.
 * @throws 100094 for a text that is none
 */
export function canonicalUuid(text: string): string {
  if (!UUID_TEXT.test(text)) throw snowflakeError("uuidNotRecognized", { value: text });
  const hex = text.replace(/[{}-]/g, "").toLowerCase();
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
