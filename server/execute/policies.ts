/**
 * CREATE and ALTER of masking and row access policies.
 * https://docs.snowflake.com/en/sql-reference/sql/create-masking-policy
 * https://docs.snowflake.com/en/sql-reference/sql/create-row-access-policy
 */

import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { QualifiedName } from "../../translator/bind/catalog.ts";
import { constant } from "../../translator/bind/fold.ts";
import { bindPolicyBody } from "../../translator/bind/protection.ts";
import { PrequeryNeeded } from "../../translator/bind/query-prequery.ts";
import type { Clause } from "../../translator/statements/forms.ts";
import { createBinder } from "../../translator/translate.ts";
import { castability } from "../../translator/types/coercion.ts";
import { resolveTypeName, typeText } from "../../translator/types/names.ts";
import { BOOLEAN, type SnowType } from "../../translator/types/types.ts";
import type { PolicyObject } from "../catalog/governance-objects.ts";
import { isPolicyUsed } from "../catalog/protection.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import { commonFields } from "./account-objects.ts";
import { taggedChange } from "./alter-tags.ts";
import { checkDistinct } from "./columns.ts";
import type { ObjectCreator } from "./create-object.ts";
import { kindTitle, markDropped } from "./drop.ts";
import type { Execution, StatementOf, StatementResult } from "./execution.ts";
import { NO_ANSWERS } from "./functions/request.ts";
import { findMember, findSchema, memberName, notFound, shown, shownQualified } from "./names.ts";
import { propertyRecord } from "./properties.ts";
import { bindOptions } from "./server-functions.ts";
import { alreadyExists, created, executed } from "./status.ts";

export type PolicyWord = "MASKING POLICY" | "ROW ACCESS POLICY";
type PolicyKind = PolicyObject["kind"];

const KINDS: Readonly<Record<PolicyWord, PolicyKind>> = {
  "MASKING POLICY": "masking_policy",
  "ROW ACCESS POLICY": "row_access_policy",
};

/** The kind that the words of a statement mean; undefined for policies of other kinds. */
export function policyKind(word: string): PolicyKind | undefined {
  return word === "MASKING POLICY" || word === "ROW ACCESS POLICY" ? KINDS[word] : undefined;
}

export const createMaskingPolicy: ObjectCreator = (statement, execution) =>
  createPolicy(statement, "MASKING POLICY", execution);

export const createRowAccessPolicy: ObjectCreator = (statement, execution) =>
  createPolicy(statement, "ROW ACCESS POLICY", execution);

async function createPolicy(
  statement: StatementOf<"create_object">,
  word: PolicyWord,
  execution: Execution,
): Promise<StatementResult> {
  const name = memberName(statement.name, execution, `CREATE ${word}`);
  if (statement.clone !== undefined || statement.orAlter) {
    const form = statement.clone === undefined ? "CREATE OR ALTER" : "CLONE of a";
    throw snowflakeError("unsupportedFeature", { feature: `${form} ${word}` });
  }
  const done = await execution.ddl(async (snapshot) => {
    const schema = findSchema(snapshot, name.database, name.schema);
    const existing = findMember(snapshot, KINDS[word], name, execution);
    if (existing !== undefined && statement.ifNotExists) return { changes: [], result: false };
    if (existing !== undefined && !statement.orReplace) {
      throw snowflakeError("objectExists", { name: shown(name.name) });
    }
    if (existing !== undefined) checkUnused(existing.id, existing.name, snapshot);
    const policy = newPolicy(statement, word, name, schema.id, execution);
    checkBody(policy, name, execution);
    const replaced = existing === undefined ? [] : [markDropped(existing, execution)];
    return {
      changes: [...replaced, { kind: "put" as const, object: policy }],
      result: true,
    };
  });
  return done ? created(kindTitle(word), name.name) : alreadyExists(name.name);
}

/** @throws 003531 for a policy that a table, view or tag uses */
export function checkUnused(id: number, name: string, snapshot: Snapshot): void {
  if (isPolicyUsed(id, snapshot)) throw snowflakeError("policyInUse", { name: shown(name) });
}

function newPolicy(
  statement: StatementOf<"create_object">,
  word: PolicyWord,
  name: QualifiedName,
  schemaId: number,
  execution: Execution,
): PolicyObject {
  const { parameters, returns, body } = signatureOf(statement.clauses, execution);
  checkDistinct(parameters.map((parameter) => parameter.name));
  const { EXEMPT_OTHER_POLICIES: exempt, ...options } = propertyRecord(
    statement.properties,
    execution,
  );
  const fields = {
    ...commonFields(name.name, options, execution),
    schemaId,
    parameters,
    returns,
    body,
  };
  if (word === "ROW ACCESS POLICY") {
    if (returns.kind !== "boolean") throw mismatch(BOOLEAN, returns);
    return { ...fields, kind: "row_access_policy" };
  }
  const [first] = parameters;
  if (first === undefined || first.type.kind !== returns.kind) {
    throw snowflakeError("maskingTypeMismatch");
  }
  return { ...fields, kind: "masking_policy", exempt: exempt?.toLowerCase() === "true" };
}

/** `AS (a T, …) RETURNS T -> body` of CREATE. */
function signatureOf(clauses: readonly Clause[], { text, parameters: session }: Execution) {
  const clause = clauses.find(({ form }) => form.startsWith("AS ("));
  if (clause === undefined) {
    throw snowflakeError("syntax", {
      messages: "syntax error line 1 at position 0 unexpected '<EOF>'.",
    });
  }
  const options = { timestampMapping: session.text("TIMESTAMP_TYPE_MAPPING") };
  let parameters: PolicyObject["parameters"] = [];
  let returns: SnowType = BOOLEAN;
  for (const argument of clause.arguments) {
    if (argument.kind === "type") returns = resolveTypeName(argument.type, options);
    if (argument.kind !== "columns") continue;
    parameters = argument.columns.map(({ name, type }) => ({
      name: name.name,
      type: resolveTypeName(must(type, `argument ${name.name} has no type`), options),
    }));
  }
  return { parameters, returns, body: bodyOf(clause, text) };
}

/** The body's own text. */
function bodyOf(clause: Clause, text: string): string {
  const found = clause.arguments.find(({ kind }) => kind === "expression");
  if (found?.kind !== "expression") throw new Error("a policy has a body");
  const { start, end } = found.expression.span;
  return text.slice(start, end);
}

function mismatch(declared: SnowType, actual: SnowType) {
  return snowflakeError("returnTypeMismatch", {
    declared: typeText(declared),
    actual: typeText(actual),
  });
}

/** A body is bound at once, with NULLs for its arguments, so that errors show now and not to those who read the table. */
function checkBody(
  { parameters, returns, body, kind }: PolicyObject,
  name: QualifiedName,
  execution: Execution,
): void {
  try {
    const options = bindOptions(execution, NO_ANSWERS);
    const context = {
      ...execution.context,
      policy: { active: [], relation: name, column: undefined },
      bind: () => undefined,
    };
    const nulls = parameters.map(({ type }) => ({ ...constant(type, null) }));
    const binder = createBinder(body, context, options);
    const { type } = bindPolicyBody({ name, parameters, body }, nulls, binder);
    if (type.kind === "null" || type.kind === returns.kind) return;
    if (kind === "row_access_policy" && castability(type, returns) !== "none") return;
    if (castability(type, returns) === "implicit") return;
    if (kind === "masking_policy") throw snowflakeError("maskingTypeMismatch");
    throw mismatch(returns, type);
  } catch (error) {
    // Columns that depend on data are not known before the policy is used.
    if (!(error instanceof PrequeryNeeded)) throw error;
  }
}

/** ALTER of either kind: RENAME TO, SET BODY, comment, tags. @throws 000002 for another change */
export async function alterPolicy(
  statement: StatementOf<"alter_object">,
  word: PolicyWord,
  execution: Execution,
): Promise<StatementResult> {
  const name = memberName(must(statement.name), execution, `ALTER ${word}`);
  await execution.ddl(async (snapshot) => {
    const found = findMember(snapshot, KINDS[word], name, execution);
    if (found?.kind !== "masking_policy" && found?.kind !== "row_access_policy") {
      if (statement.ifExists) return { changes: [], result: undefined };
      throw notFound(kindTitle(word), shownQualified(name));
    }
    const object = {
      ...alteredPolicy(found, statement.alteration, snapshot, execution),
      alteredAt: execution.account.now(),
    };
    return { changes: [{ kind: "put", object }], result: undefined };
  });
  return executed();
}

function alteredPolicy(
  policy: PolicyObject,
  alteration: StatementOf<"alter_object">["alteration"],
  snapshot: Snapshot,
  execution: Execution,
): PolicyObject {
  const word = policy.kind === "masking_policy" ? "MASKING POLICY" : "ROW ACCESS POLICY";
  switch (alteration.kind) {
    case "rename": {
      const target = memberName(alteration.name, execution, `ALTER ${word}`);
      const schema = findSchema(snapshot, target.database, target.schema);
      if (findMember(snapshot, policy.kind, target, execution) !== undefined) {
        throw snowflakeError("objectExists", { name: shown(target.name) });
      }
      return { ...policy, name: target.name, schemaId: schema.id };
    }
    case "set": {
      const { COMMENT: comment, ...rest } = propertyRecord(alteration.properties, execution);
      const [other] = Object.keys(rest);
      if (comment === undefined || other !== undefined) {
        throw snowflakeError("unsupportedFeature", { feature: `ALTER ${word} SET ${other ?? ""}` });
      }
      return { ...policy, comment };
    }
    case "unset":
      return { ...policy, comment: "" };
    case "set_tags":
    case "unset_tags":
      return taggedChange(policy, alteration, snapshot, execution);
    case "clause": {
      if (!alteration.clause.form.startsWith("SET BODY")) break;
      const changed = { ...policy, body: bodyOf(alteration.clause, execution.text) };
      const place = snapshot.qualify(policy.schemaId);
      checkBody(changed, { ...place, name: policy.name }, execution);
      return changed;
    }
    default:
      break;
  }
  throw snowflakeError("unsupportedFeature", { feature: `ALTER ${word} ${alteration.kind}` });
}
