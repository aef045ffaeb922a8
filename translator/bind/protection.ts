/**
 * Masking and row access policies: whoever reads a relation that has them reads a query over it instead, whose columns are what
 * the policies' bodies make of the stored values and whose rows are those that the row access policy lets through.
 * https://docs.snowflake.com/en/user-guide/security-column-intro
 * https://docs.snowflake.com/en/user-guide/security-row-intro
 */

import { must } from "../base/assert.ts";
import { fitLength } from "../functions/assignment.ts";
import { BOOLEAN, INTEGER, type SnowType } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression, BoundFrom, BoundQuery, BoundSelect, OutputColumn } from "./bound.ts";
import type { RelationPolicy, RelationProtection } from "./catalog.ts";
import { castTo } from "./coerce.ts";
import { constant } from "./fold.ts";
import { bindSqlBody, parseSqlBody } from "./user-functions.ts";

/** More rows than a relation can have. */
const ALL_ROWS = "9223372036854775807";

/** The items of a protected relation's query besides its columns: a row's identity, a stored value. */
type ExtraItem = BoundSelect["items"][number];

export type ProtectedSource = {
  readonly protection: RelationProtection;
  /** Where the stored values come from. */
  readonly from: BoundFrom;
  /** The stored value of each column. */
  readonly stored: readonly BoundExpression[];
  /** What the columns are called outside. */
  readonly columns: readonly OutputColumn[];
  readonly extra?: readonly ExtraItem[] | undefined;
};

/** @throws 000002 for a policy whose body reads what the policy itself protects */
export function protectedQuery(source: ProtectedSource, binder: Binder): BoundQuery {
  const { protection, from, stored, columns } = source;
  const items = columns.map(({ physical }, index) => ({
    expression: visible(protection, index, stored, binder),
    physical,
  }));
  const { rowAccess } = protection;
  const where =
    rowAccess &&
    castTo(
      policyValue({ policy: rowAccess, protection, column: undefined }, stored, binder),
      BOOLEAN,
      binder,
    );
  const body: BoundSelect = {
    kind: "select",
    distinct: false,
    items: [...items, ...(source.extra ?? [])],
    columns,
    from: [from],
    where,
    grouping: undefined,
    having: undefined,
    qualify: undefined,
  };
  return {
    kind: "query",
    recursive: false,
    ctes: [],
    body,
    columns,
    orderBy: [],
    // The engine moves conditions of the reader's past a WHERE, but not past a LIMIT: a condition that fails on a hidden row
    // would tell of its values.
    limit: where && constant(INTEGER, ALL_ROWS),
    offset: undefined,
    protects: { relation: protection.relation, rowAccess: rowAccess !== undefined },
  };
}

/** A column as its masking policy shows it. The result has the column's type: longer text is an error, as in a cast. */
function visible(
  protection: RelationProtection,
  index: number,
  stored: readonly BoundExpression[],
  binder: Binder,
): BoundExpression {
  const own = must(stored[index]);
  const policy = protection.masks.get(index);
  if (policy === undefined) return own;
  const column = own.kind === "column" ? own.name : undefined;
  const value = policyValue({ policy, protection, column }, stored, binder);
  return asColumn(value, own.type, binder);
}

function asColumn(value: BoundExpression, type: SnowType, binder: Binder): BoundExpression {
  const isLonger =
    value.type.kind === type.kind &&
    "length" in value.type &&
    "length" in type &&
    value.type.length > type.length;
  return isLonger ? fitLength(value, type) : castTo(value, type, binder, { implicit: true });
}

type Application = {
  readonly policy: RelationPolicy;
  readonly protection: RelationProtection;
  /** The column that is masked. */
  readonly column: string | undefined;
};

/** The body's value for the stored values of the policy's columns. */
function policyValue(
  { policy, protection, column }: Application,
  stored: readonly BoundExpression[],
  binder: Binder,
): BoundExpression {
  const active = binder.context.policy?.active ?? [];
  if (active.includes(policy.id)) {
    const feature = `policy ${policy.name.name} reads what it protects`;
    throw binder.error("unsupportedFeature", { feature });
  }
  const inner = binder.derive({
    context: {
      ...binder.context,
      policy: { active: [...active, policy.id], relation: protection.relation, column },
      // A body sees its arguments and the session; nothing that the reader's statement brings.
      bind: () => undefined,
      pipe: undefined,
    },
  });
  return bindPolicyBody(
    policy,
    policy.columns.map((index) => must(stored[index])),
    inner,
  );
}

/**
 * The value of a policy's body for its arguments.
 * @throws what the body does not bind for
 */
export function bindPolicyBody(
  { name, parameters, body }: Pick<RelationPolicy, "name" | "parameters" | "body">,
  values: readonly BoundExpression[],
  binder: Binder,
): BoundExpression {
  const named = parameters.map((parameter, index) => ({
    name: parameter.name,
    expression: castTo(must(values[index]), parameter.type, binder, { implicit: true }),
  }));
  return bindSqlBody(parseSqlBody(body), named, name, binder);
}
