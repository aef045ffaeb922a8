/**
 * References: texts that stand for an object or a query in IDENTIFIER(…) and TABLE(…). They live as long as the session, those
 * of a call too; privileges are recorded nowhere, because access control is not enforced.
 * https://docs.snowflake.com/en/sql-reference/functions/system_reference
 */

import { createHash } from "node:crypto";
import { snowflakeError } from "../../../translator/base/errors.ts";
import { splitName } from "../../../translator/bind/binder.ts";
import type { BoundExpression } from "../../../translator/bind/bound.ts";
import { textConstant } from "../../../translator/bind/fold.ts";
import { parseStatement } from "../../../translator/statements/statement.ts";
import { grantedOn, grantKind } from "../../catalog/information-schema/grants.ts";
import { locateObject } from "../drop.ts";
import { notFound } from "../names.ts";
import { translateFor } from "../query-plan.ts";
import { answered, requiredText, type ServerRequest, textArgument } from "./request.ts";

const SCOPES: readonly string[] = ["CALL", "SESSION", "PERSISTENT"];
const NO_SPAN = { start: 0, end: 0 };

/** `ENT_REF_TABLE_17_5AEB…`: the same for the same arguments in a session. */
function referenceText(kind: string, id: number, parts: readonly unknown[]): string {
  const hash = createHash("sha1").update(JSON.stringify(parts)).digest("hex").toUpperCase();
  return `ENT_REF_${kind.replaceAll(" ", "_")}_${id}_${hash}`;
}

/** @throws 002003 when there is no such object, 505028 when it is of another kind, 001008 for an unknown scope */
export function reference(request: ServerRequest): BoundExpression {
  const { execution, call } = request;
  const { session, account } = execution;
  const kind = requiredText(request, 0).toUpperCase();
  const written = requiredText(request, 1);
  const scope = (textArgument(request, 2) ?? "CALL").toUpperCase();
  if (!SCOPES.includes(scope)) {
    throw snowflakeError("invalidParameterValue", { value: scope, name: "REFERENCE_SCOPE" });
  }
  const privileges = call.arguments.slice(3).map((_, index) => textArgument(request, index + 3));
  const { snapshot } = account.catalog;
  const name = { kind: "name" as const, parts: splitName(written, NO_SPAN), span: NO_SPAN };
  const object = locateObject(snapshot, kind, name, execution, "SYSTEM$REFERENCE");
  const on = object && grantedOn(snapshot, object.id);
  if (object === undefined || on === undefined) throw notFound(titled(kind), written);
  const actual = grantKind(object).replaceAll("_", " ");
  if (actual !== kind) throw snowflakeError("referenceKind", { actual, expected: kind });
  const text = referenceText(kind, object.id, [session.id, kind, scope, privileges]);
  const parts = [on.database, on.schema, on.name].filter((part) => part !== undefined);
  session.references.set(text, { kind: "object", parts });
  return textConstant(text, call.span.start);
}

function titled(kind: string): string {
  return kind.charAt(0) + kind.slice(1).toLowerCase();
}

/**
 * A reference to a SELECT, which TABLE(…) reads like a view.
 * @throws what the query throws when it is compiled, 000002 for a statement that is no query
 * https://docs.snowflake.com/en/sql-reference/functions/system_query_reference
 */
export function queryReference(request: ServerRequest): BoundExpression {
  const { session } = request.execution;
  const text = requiredText(request, 0);
  textArgument(request, 1);
  return answered(request, async () => {
    const statement = parseStatement(text);
    if (statement.kind !== "select") {
      const feature = `SYSTEM$QUERY_REFERENCE of ${statement.kind.replaceAll("_", " ")}`;
      throw snowflakeError("unsupportedFeature", { feature: feature.toUpperCase() });
    }
    const described = { ...request.execution, describeOnly: true };
    const translated = await translateFor(statement, text, described);
    if (translated.kind !== "query") throw new Error("a SELECT translates to a query");
    const name = referenceText("QUERY", session.references.size + 1, [session.id, text]);
    session.references.set(name, {
      kind: "query",
      query: statement.query,
      text,
      columns: translated.columns,
      database: session.database ?? "",
      schema: session.schema ?? "",
    });
    return name;
  });
}
