/** INFORMATION_SCHEMA's table functions whose rows come from what runs here: tasks, dynamic tables. */

import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { QualifiedName, Relation } from "../../translator/bind/catalog.ts";
import { parseShape } from "../catalog/information-schema/column-spec.ts";
import { FUNCTION_SHAPES } from "../catalog/information-schema/function-shapes.ts";
import { type InlineRow, inlineRelation } from "../catalog/information-schema/inline.ts";
import { INFORMATION_SCHEMA } from "../catalog/information-schema/objects.ts";
import { type Arguments, named } from "../catalog/information-schema-functions.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import type { Session } from "../session/session.ts";
import type { AccountState } from "./execution.ts";

export type FunctionScope = { readonly session: Session; readonly snapshot: Snapshot };

/** Where a function's rows come from. */
export type RowSource = {
  /** In the order of positional arguments. */
  readonly parameters: readonly string[];
  readonly rows: (args: Arguments, account: AccountState, scope: FunctionScope) => InlineRow[];
};

/**
 * The rows of one of the functions, by name.
 * @returns undefined for another function
 * @throws 001008 for an argument that cannot be read
 */
export function functionRows(
  sources: Readonly<Record<string, RowSource>>,
  name: QualifiedName,
  args: Arguments,
  account: AccountState,
  scope: FunctionScope,
): Relation | undefined {
  if (name.schema !== INFORMATION_SCHEMA) return undefined;
  const source = Object.hasOwn(sources, name.name) ? sources[name.name] : undefined;
  if (source === undefined) return undefined;
  const rows = source.rows(named(args, source.parameters), account, scope);
  return inlineRelation(name, parseShape(must(FUNCTION_SHAPES[name.name])), rows);
}

/** A BOOLEAN argument. @throws 001008 */
export function isTrue(args: Arguments, name: string, fallback = false): boolean {
  const text = args.get(name)?.toLowerCase();
  if (text === undefined) return fallback;
  if (text === "true" || text === "false") return text === "true";
  throw snowflakeError("invalidParameterValue", { value: text, name });
}
