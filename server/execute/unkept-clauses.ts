/** Clauses that mockhaus reads and cannot keep: they are refused by name, whatever handler would run. */

import { snowflakeError } from "../../translator/base/errors.ts";
import { phraseOf } from "../../translator/statements/forms.ts";
import type { Property } from "../../translator/statements/properties.ts";
import type { Statement } from "../../translator/statements/statement.ts";

/** Phrases of CREATE TABLE that are kept, or that change nothing here. */
const KEPT_PHRASES: readonly string[] = [
  "COPY TAGS",
  "IGNORE TABLES WITH INSUFFICIENT DATA RETENTION",
];

/** Options of tables that add columns or tables of their own when they are on. */
const UNKEPT_OPTIONS: readonly string[] = ["ERROR_LOGGING", "ROW_TIMESTAMP"];

/** @throws 000002 for the first clause that would be ignored */
export function refuseUnkept(statement: Statement): void {
  if ("contacts" in statement && statement.contacts.length > 0) throw unsupported("WITH CONTACT");
  const isTable =
    statement.kind === "create_table" ||
    (statement.kind === "create_special_table" && statement.object === "HYBRID TABLE");
  if (isTable) {
    const clause = statement.clauses.find(({ form }) => !KEPT_PHRASES.includes(form));
    if (clause !== undefined) throw unsupported(`CREATE TABLE … ${phraseOf(clause)}`);
    refuseOptions(statement.properties);
  }
  if (statement.kind === "alter_table" && statement.alteration.kind === "set") {
    refuseOptions(statement.alteration.properties);
  }
}

function refuseOptions(properties: readonly Property[]): void {
  for (const { name, value } of properties) {
    const isOff = value.kind === "boolean" && !value.value;
    if (UNKEPT_OPTIONS.includes(name) && !isOff) throw unsupported(name);
  }
}

function unsupported(feature: string) {
  return snowflakeError("unsupportedFeature", { feature });
}
