/**
 * A kind of object as a resource: what each has in common is made here from a small descriptor. Every request becomes
 * statements; nothing here changes the account by itself.
 * https://docs.snowflake.com/en/developer-guide/snowflake-rest-api/snowflake-rest-api
 */

import type { ObjectName } from "../../../translator/ast/expressions.ts";
import { snowflakeError } from "../../../translator/base/errors.ts";
import type { CreateHead } from "../../../translator/statements/create_head.ts";
import type { ObjectKind } from "../../../translator/statements/object_kinds.ts";
import type { ShowStatement } from "../../../translator/statements/show.ts";
import type { Statement } from "../../../translator/statements/statement.ts";
import { type Readings, read } from "./columns.ts";
import { type Fields, refused } from "./fields.ts";
import { objectName, storedName } from "./names.ts";
import type { ObjectRequest, Runner, ShownRow } from "./request.ts";
import * as statements from "./statements.ts";

/** What a request does: one statement whose success is the answer, or more. */
export type Work = Statement | ((runner: Runner) => Promise<unknown>);

/** Reads all of the request, and runs nothing. */
export type Plan = (request: ObjectRequest) => Work;

export type Method = "GET" | "POST" | "PUT" | "DELETE";

export type Endpoint = {
  readonly method: Method;
  /** `/databases/{database}/schemas/{name}:clone`: parts in braces are the request's. */
  readonly path: string;
  readonly plan: Plan;
};

export type Level = "account" | "database" | "schema";

type ListParameter =
  | "like"
  | "startsWith"
  | "showLimit"
  | "fromName"
  | "history"
  | "rootOnly"
  /** Each object as it would be fetched. */
  | "deep";

export const ALL_LIST_PARAMETERS: readonly ListParameter[] = [
  "like",
  "startsWith",
  "showLimit",
  "fromName",
];

export type Detail = (row: ShownRow, request: ObjectRequest, runner: Runner) => Promise<object>;

export type Resource = {
  readonly collection: string;
  readonly level: Level;
  readonly kind: ObjectKind;
  /** What SHOW says, as JSON. */
  readonly columns: Readings;
  /** What fetching an object adds. */
  readonly detail?: Detail | undefined;
  /** Rows of SHOW that are no objects of this resource are left out. */
  readonly isListed?: ((row: ShownRow) => boolean) | undefined;
  readonly listParameters: readonly ListParameter[];
  /** Properties of answers that a request may repeat. */
  readonly readOnly: readonly string[];
  readonly create: (head: CreateHead, fields: Fields, request: ObjectRequest) => Statement;
  /** False where there is no PUT. */
  readonly hasPut?: boolean | undefined;
  /** DELETE knows `restrict`. */
  readonly hasRestrict?: boolean | undefined;
  /** POST on one object by the verb after its name. */
  readonly actions?: Readonly<Record<string, Plan>> | undefined;
  /** Anything else, by its path after the collection's. */
  readonly more?: readonly Endpoint[] | undefined;
};

/** The path of what has objects of a level in it. */
const BASES: Readonly<Record<Level, string>> = {
  account: "",
  database: "/databases/{database}",
  schema: "/databases/{database}/schemas/{schema}",
};

/** The object of the path. */
export function target({ place, name }: ObjectRequest): ObjectName {
  return objectName(...place, storedName(name));
}

/** Where a clone, or an object under another name, is to be: the request's own place unless its parameters say another. */
export function targetPlace({ place, query }: ObjectRequest): readonly string[] {
  const [database, schema] = place;
  const given = (parameter: string, own: string | undefined) => {
    const value = query.text(parameter);
    return value === undefined ? own : storedName(value);
  };
  const parts = [
    database && given("targetDatabase", database),
    schema && given("targetSchema", schema),
  ];
  return parts.filter((part) => part !== undefined);
}

export function endpointsOf(resource: Resource): readonly Endpoint[] {
  const all = `${BASES[resource.level]}/${resource.collection}`;
  const one = `${all}/{name}`;
  const endpoints: Endpoint[] = [
    { method: "GET", path: all, plan: (request) => list(resource, request) },
    { method: "POST", path: all, plan: (request) => create(resource, request) },
    { method: "GET", path: one, plan: (request) => fetched(resource, request) },
    { method: "DELETE", path: one, plan: (request) => dropped(resource, request) },
  ];
  if (resource.hasPut === true) {
    endpoints.push({ method: "PUT", path: one, plan: (request) => put(resource, request) });
  }
  for (const [verb, plan] of Object.entries(resource.actions ?? {})) {
    endpoints.push({ method: "POST", path: `${one}:${verb}`, plan });
  }
  const more = (resource.more ?? []).map((end) => ({ ...end, path: all + end.path }));
  return [...endpoints, ...more];
}

function listClauses({ listParameters }: Resource, query: Fields): statements.ShowClauses {
  const has = (parameter: ListParameter) => listParameters.includes(parameter);
  const from = has("fromName") ? query.text("fromName") : undefined;
  const rootOnly = has("rootOnly") && query.boolean("rootOnly") === true;
  return {
    like: has("like") ? query.text("like") : undefined,
    startsWith: has("startsWith") ? query.text("startsWith") : undefined,
    history: has("history") && query.boolean("history") === true,
    limit: has("showLimit") ? statements.showLimit(query, from) : undefined,
    filter: rootOnly ? "ROOT ONLY" : undefined,
  };
}

function list(resource: Resource, request: ObjectRequest): Work {
  const { place, query } = request;
  const deep = resource.listParameters.includes("deep") && query.boolean("deep") === true;
  const shown = statements.show(resource.kind, place, listClauses(resource, query));
  return async (runner) => {
    const rows = await shownRows(resource, shown, runner);
    const answers = [];
    for (const row of rows) {
      const detail = deep ? await resource.detail?.(row, request, runner) : {};
      answers.push({ ...read(row, resource.columns), ...detail });
    }
    return answers;
  };
}

async function shownRows(
  { isListed = () => true }: Resource,
  shown: ShowStatement,
  runner: Runner,
): Promise<ShownRow[]> {
  return (await runner.rows(shown)).filter(isListed);
}

function create(resource: Resource, request: ObjectRequest): Work {
  const { body, place, query } = request;
  const name = objectName(...place, storedName(body.needed("name")));
  const statement = resource.create(statements.createHead(name, query), body, request);
  body.passOver(resource.readOnly);
  return statement;
}

function put(resource: Resource, request: ObjectRequest): Work {
  const { body, name } = request;
  if (storedName(body.text("name") ?? name) !== storedName(name)) {
    throw refused("the name in the body is another than the path's");
  }
  const statement = resource.create(statements.alterHead(target(request)), body, request);
  body.passOver(resource.readOnly);
  return statement;
}

function fetched(resource: Resource, request: ObjectRequest): Work {
  const { place } = request;
  const name = storedName(request.name);
  const shown = statements.show(resource.kind, place, statements.likeName(name));
  return async (runner) => {
    const rows = await shownRows(resource, shown, runner);
    const row = rows.find((candidate) => candidate["name"] === name);
    if (row === undefined) throw notThere(resource.kind, name);
    return { ...read(row, resource.columns), ...(await resource.detail?.(row, request, runner)) };
  };
}

function notThere(kind: ObjectKind, name: string) {
  const title = kind.charAt(0) + kind.slice(1).toLowerCase();
  const shown = /^[A-Z_][A-Z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
  return snowflakeError("containerNotFound", { kind: title, name: shown });
}

function dropped({ kind, hasRestrict }: Resource, request: ObjectRequest): Work {
  return statements.drop(kind, target(request), request.query, hasRestrict);
}
