/**
 * SYSTEM$GET_TAG and its relatives.
 * https://docs.snowflake.com/en/sql-reference/functions/system_get_tag
 * https://docs.snowflake.com/en/user-guide/tag-based-masking-policies
 */

import type { BoundExpression } from "../../../translator/bind/bound.ts";
import { constant } from "../../../translator/bind/fold.ts";
import { BOOLEAN, TEXT } from "../../../translator/types/types.ts";
import type { TagObject } from "../../catalog/governance-objects.ts";
import { tagValueOf } from "../../catalog/governance-rows.ts";
import { type NamingScope, namedObject } from "../../catalog/named-object.ts";
import type { CatalogObject } from "../../catalog/objects.ts";
import { notFound } from "../names.ts";
import { requiredText, type ServerRequest } from "./request.ts";

/** Names resolve where the call stands: in a policy's body in the policy's schema. */
function scopeOf({ binder, execution }: ServerRequest): NamingScope {
  const { database, schema, sessionId } = binder.context;
  return { snapshot: execution.snapshot, database, schema, sessionId };
}

function tagNamed(request: ServerRequest): TagObject {
  const name = requiredText(request, 0);
  const { object } = namedObject("TAG", name, scopeOf(request));
  if (object.kind === "tag") return object;
  throw notFound("Tag", name);
}

function text(value: string | null, request: ServerRequest): BoundExpression {
  return constant(TEXT, value, request.call.span.start);
}

function valueOn(
  request: ServerRequest,
  object: CatalogObject,
  column: string | undefined,
): string | null {
  const { snapshot } = request.execution;
  return tagValueOf(tagNamed(request), object, column, snapshot)?.value ?? null;
}

/** The value on the object that the second and third arguments name. */
function valueOnNamed(request: ServerRequest): string | null {
  const domain = requiredText(request, 2);
  const { object, column } = namedObject(domain, requiredText(request, 1), scopeOf(request));
  return valueOn(request, object, column);
}

/** @throws 002003 when there is no such tag or object */
export function getTag(request: ServerRequest): BoundExpression {
  return text(valueOnNamed(request), request);
}

/** https://docs.snowflake.com/en/sql-reference/functions/system_tag_value_contains */
export function tagValueContains(request: ServerRequest): BoundExpression {
  const isThere = valueOnNamed(request) === requiredText(request, 3);
  return constant(BOOLEAN, isThere, request.call.span.start);
}

/** A JSON array; NULL for a tag that allows any value. */
export function getTagAllowedValues(request: ServerRequest): BoundExpression {
  const { allowedValues } = tagNamed(request);
  return text(allowedValues === undefined ? null : JSON.stringify(allowedValues), request);
}

export function getTagOnCurrentColumn(request: ServerRequest): BoundExpression {
  const { policy } = request.binder.context;
  return onProtected(request, policy?.column);
}

export function getTagOnCurrentTable(request: ServerRequest): BoundExpression {
  return onProtected(request, undefined);
}

/** @throws 000002 outside of a policy's body */
function onProtected(request: ServerRequest, column: string | undefined): BoundExpression {
  const { binder, call, execution } = request;
  const { policy } = binder.context;
  if (policy === undefined) {
    const feature = `${call.entry.name} outside of a policy`;
    throw binder.error("unsupportedFeature", { feature }, call.span);
  }
  const { database, schema, name } = policy.relation;
  const container = execution.snapshot.schema(database, schema);
  const object =
    container && execution.snapshot.find("relation", container.id, name, binder.context.sessionId);
  // While a policy is created there is no table yet, but the tag has to be there.
  const value = object === undefined ? tagged(request) : valueOn(request, object, column);
  return text(value, request);
}

function tagged(request: ServerRequest): null {
  tagNamed(request);
  return null;
}
