/**
 * SHOW and DESCRIBE of masking policies, row access policies and tags.
 * https://docs.snowflake.com/en/sql-reference/sql/show-masking-policies
 * https://docs.snowflake.com/en/sql-reference/sql/show-tags
 */

import { typeText } from "../../../translator/types/names.ts";
import type { PolicyObject, TagObject } from "../../catalog/governance-objects.ts";
import { policies, tags } from "../../catalog/information-schema/objects.ts";
import { policySignature } from "../../catalog/policy-text.ts";
import type { Execution, StatementOf, StatementResult } from "../execution.ts";
import { DESCRIBE_STATEMENT } from "../statement-types.ts";
import { applyClauses } from "./clauses.ts";
import { ownerRoleType, type ShowRow, shapedResult, shapeOf } from "./rows.ts";
import { onceByName, scopePlaces } from "./scope.ts";

type Statement = StatementOf<"show">;

export const showMaskingPolicies = (statement: Statement, execution: Execution) =>
  showPolicies(statement, "masking_policy", execution);

export const showRowAccessPolicies = (statement: Statement, execution: Execution) =>
  showPolicies(statement, "row_access_policy", execution);

async function showPolicies(
  statement: Statement,
  kind: PolicyObject["kind"],
  execution: Execution,
): Promise<StatementResult> {
  const { snapshot } = execution.account.catalog;
  const rows = scopePlaces(statement.scope, execution).flatMap(({ database, schema }) =>
    schema === undefined
      ? []
      : policies(snapshot, schema, kind).map((policy) =>
          policyRow(policy, database.name, schema.name),
        ),
  );
  return listed(rows, statement, execution);
}

export async function showTags(
  statement: Statement,
  execution: Execution,
): Promise<StatementResult> {
  const { snapshot } = execution.account.catalog;
  const rows = scopePlaces(statement.scope, execution).flatMap(({ database, schema }) =>
    schema === undefined
      ? []
      : tags(snapshot, schema).map((tag) => tagRow(tag, database.name, schema.name)),
  );
  return listed(rows, statement, execution);
}

function listed(rows: readonly ShowRow[], statement: Statement, execution: Execution) {
  const left = applyClauses(onceByName(rows, statement.scope, execution), statement);
  return shapedResult(shapeOf(statement.subject), left);
}

function policyRow(policy: PolicyObject, database: string, schema: string): ShowRow {
  const isExempt = policy.kind === "masking_policy" && policy.exempt;
  return {
    created_on: policy.createdAt,
    name: policy.name,
    database_name: database,
    schema_name: schema,
    kind: policy.kind.toUpperCase(),
    owner: policy.owner,
    comment: policy.comment,
    options: isExempt ? JSON.stringify({ EXEMPT_OTHER_POLICIES: "TRUE" }) : "",
    owner_role_type: ownerRoleType(policy.owner),
  };
}

function tagRow(tag: TagObject, database: string, schema: string): ShowRow {
  const { allowedValues } = tag;
  return {
    created_on: tag.createdAt,
    name: tag.name,
    database_name: database,
    schema_name: schema,
    owner: tag.owner,
    comment: tag.comment,
    allowed_values: allowedValues === undefined ? null : JSON.stringify(allowedValues),
    owner_role_type: ownerRoleType(tag.owner),
    propagate: null,
    on_conflict: null,
  };
}

/** https://docs.snowflake.com/en/sql-reference/sql/desc-masking-policy */
export function describePolicy(policy: PolicyObject): StatementResult {
  const row = {
    name: policy.name,
    signature: policySignature(policy),
    return_type: typeText(policy.returns),
    body: policy.body,
  };
  return shapedResult("name, signature, return_type, body", [row], DESCRIBE_STATEMENT);
}
