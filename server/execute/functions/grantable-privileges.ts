/** EXPLAIN_GRANTABLE_PRIVILEGES. https://docs.snowflake.com/en/sql-reference/functions/explain_grantable_privileges */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { BoundExpression } from "../../../translator/bind/bound.ts";
import { constant } from "../../../translator/bind/fold.ts";
import { ALL_PRIVILEGES, OWNERSHIP } from "../grant-privileges.ts";
import { type ServerRequest, textArgument } from "./request.ts";

const PARENTS: Readonly<Record<string, string>> = {
  ACCOUNT: "",
  DATABASE: "ACCOUNT",
  WAREHOUSE: "ACCOUNT",
  USER: "ACCOUNT",
  SCHEMA: "DATABASE",
};

/** Grants that this account knows; inherited ones and those of callers it refuses. */
const SINGLE: readonly string[] = ["INDIVIDUAL"];
const BULK: readonly string[] = ["INDIVIDUAL", "ALL", "FUTURE"];

/** @throws 001008 for a value that is none of the documented ones */
export function explainGrantable(request: ServerRequest): BoundExpression {
  const { call } = request;
  const [grantee = "ROLE", objectType, grantType] = [0, 1, 2].map((index) =>
    textArgument(request, index)?.toUpperCase(),
  );
  check("grantee", grantee, ["ROLE", "APPLICATION"]);
  check("grant_type", grantType, [...BULK, "INHERITED", "CALLER", "INHERITED_CALLER"]);
  const kinds = Object.keys(ALL_PRIVILEGES).map((kind) => kind.replaceAll("_", " "));
  check("object_type", objectType, kinds);
  const shown = kinds.filter((kind) => objectType === undefined || kind === objectType);
  const list = shown.map((singular) => ({
    parent: PARENTS[singular] ?? "SCHEMA",
    singular,
    plural: singular === "ACCOUNT" ? "ACCOUNTS" : `${singular}S`,
    privileges: privilegesOf(singular, grantee, grantType),
  }));
  return constant(call.type, JSON.stringify(list), call.span.start);
}

function check(name: string, value: string | undefined, known: readonly string[]): void {
  if (value === undefined || known.includes(value)) return;
  throw snowflakeError("invalidParameterValue", { value, name });
}

function privilegesOf(
  kind: string,
  grantee: string,
  grantType: string | undefined,
): Readonly<Record<string, readonly string[]>> {
  const own = ALL_PRIVILEGES[kind.replaceAll(" ", "_")] ?? [];
  const isOwned = kind !== "ACCOUNT" && grantee === "ROLE";
  const types = (PARENTS[kind] ?? "SCHEMA") === "ACCOUNT" || kind === "ACCOUNT" ? SINGLE : BULK;
  if (grantType !== undefined && !types.includes(grantType)) return {};
  const names = isOwned ? [...own, OWNERSHIP] : own;
  return Object.fromEntries(names.map((name) => [name, types]));
}
