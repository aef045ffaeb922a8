/** The statements of the object API that are alike for all kinds of objects, as trees. */

import type { ObjectName } from "../../../translator/ast/expressions.ts";
import type { TimeTravel } from "../../../translator/ast/queries.ts";
import type { CreateHead, Persistence } from "../../../translator/statements/create_head.ts";
import type { Clause } from "../../../translator/statements/forms.ts";
import type {
  AlterObjectStatement,
  CreateObjectStatement,
} from "../../../translator/statements/object.ts";
import { type ObjectKind, pluralOf } from "../../../translator/statements/object_kinds.ts";
import type { Property } from "../../../translator/statements/properties.ts";
import type { ShowScope, ShowStatement } from "../../../translator/statements/show.ts";
import type { Statement } from "../../../translator/statements/statement.ts";
import { type Fields, refused } from "./fields.ts";
import { expression, objectName, textLiteral } from "./names.ts";

/** Rows of SHOW at most, as on Snowflake. */
const ROWS_MAX = 10_000;

const PLACE_KINDS = ["DATABASE", "SCHEMA"] as const;

/** `IN DATABASE d`, `IN SCHEMA d.s`; undefined for objects of the account. */
function scopeOf(place: readonly string[]): ShowScope | undefined {
  const kind = PLACE_KINDS[place.length - 1];
  return kind === undefined ? undefined : { kind, name: objectName(...place) };
}

export type ShowClauses = Partial<
  Pick<ShowStatement, "like" | "startsWith" | "limit" | "history" | "filter">
>;

export function show(
  kind: ObjectKind,
  place: readonly string[],
  clauses: ShowClauses = {},
): ShowStatement {
  return {
    kind: "show",
    terse: false,
    subject: pluralOf(kind),
    history: false,
    scope: scopeOf(place),
    privileges: [],
    options: [],
    ...clauses,
  };
}

/** Only what has the name, apart from its case. */
export function likeName(stored: string): ShowClauses {
  return { like: stored.replace(/[\\%_]/g, "\\$&") };
}

export function showLimit(query: Fields, from: string | undefined): ShowStatement["limit"] {
  const rows = query.integer("showLimit");
  if (rows !== undefined && (rows < 1 || rows > ROWS_MAX)) {
    throw refused(`showLimit is a number from 1 to ${ROWS_MAX}`);
  }
  return rows === undefined && from === undefined ? undefined : { rows: rows ?? ROWS_MAX, from };
}

export function describe(
  object: ObjectKind,
  name: ObjectName,
  signature?: Extract<DescribeTarget, { kind: "object" }>["signature"],
): Statement {
  return { kind: "describe", target: { kind: "object", object, name, signature } };
}

type DescribeTarget = Extract<Statement, { kind: "describe" }>["target"];

export function drop(
  object: ObjectKind,
  name: ObjectName,
  query: Fields,
  restrict = false,
): Statement {
  const ifExists = query.boolean("ifExists") ?? false;
  const behavior = restrict && query.boolean("restrict") === true ? "RESTRICT" : undefined;
  return { kind: "drop", object, name, ifExists, properties: [], behavior };
}

export function undrop(object: ObjectKind, name: ObjectName): Statement {
  return { kind: "undrop", object, name };
}

export function alter(
  object: ObjectKind,
  name: ObjectName,
  alteration: AlterObjectStatement["alteration"],
  ifExists = false,
): Statement {
  return { kind: "alter_object", object, ifExists, name, alteration };
}

/** A fixed phrase without gaps: SUSPEND. */
export function phrase(form: string): AlterObjectStatement["alteration"] {
  return { kind: "clause", clause: { form, arguments: [] }, properties: [] };
}

type CreateParts = {
  readonly persistence?: Persistence | undefined;
  readonly properties?: readonly Property[] | undefined;
  readonly clauses?: readonly Clause[] | undefined;
  readonly clone?: CreateObjectStatement["clone"];
};

export function createObject(
  object: ObjectKind,
  head: CreateHead,
  { persistence = "permanent", properties = [], clauses = [], clone }: CreateParts,
): Statement {
  return {
    kind: "create_object",
    object,
    persistence,
    modifiers: [],
    clone,
    properties,
    tags: [],
    contacts: [],
    clauses,
    ...head,
  };
}

const CREATE_MODES = ["errorIfExists", "orReplace", "ifNotExists"] as const;

/** CREATE as `createMode` asks. */
export function createHead(name: ObjectName, query: Fields): CreateHead {
  const mode = query.word("createMode", CREATE_MODES);
  return {
    orReplace: mode === "orReplace",
    orAlter: false,
    ifNotExists: mode === "ifNotExists",
    name,
  };
}

/** CREATE OR ALTER. */
export function alterHead(name: ObjectName): CreateHead {
  return { orReplace: false, orAlter: true, ifNotExists: false, name };
}

/**
 * How long an object lives, from its `kind`.
 * @throws 390400 for a temporary one: it would end with the session of the request
 */
export function persistence(fields: Fields): Persistence {
  const kind = fields.word("kind", ["PERMANENT", "TRANSIENT", "TEMPORARY", ""]);
  if (kind === "TEMPORARY") {
    throw refused("a temporary object would end with the request: make it in a session");
  }
  return kind === "TRANSIENT" ? "transient" : "permanent";
}

/** `point_of_time` of a clone or a stream. */
export function timeTravel(fields: Fields | undefined): TimeTravel | undefined {
  if (fields === undefined) return undefined;
  const by = fields.word("point_of_time_type", ["timestamp", "offset", "statement"]);
  const clause = fields.word("reference", ["at", "before"]) ?? "at";
  if (by === undefined) throw refused("the property point_of_time_type is missing");
  const text = fields.needed(by);
  fields.end();
  if (by === "statement") return { clause, by, value: textLiteral(text) };
  return { clause, by, value: by === "offset" ? expression(text) : timestamp(text) };
}

/** An expression such as TO_TIMESTAMP(1749423600), or the text of a time. */
function timestamp(text: string) {
  return /^\d{4}-/.test(text)
    ? expression(`'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'::TIMESTAMP_LTZ`)
    : expression(text);
}
