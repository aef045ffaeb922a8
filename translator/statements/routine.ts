/**
 * CREATE FUNCTION and CREATE PROCEDURE.
 * https://docs.snowflake.com/en/sql-reference/sql/create-function
 * https://docs.snowflake.com/en/sql-reference/sql/create-procedure
 */

import type { Expression, Identifier, TypeName } from "../ast/expressions.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseExpression } from "../parse/expressions.ts";
import { parseTypeName } from "../parse/types.ts";
import type { NameAndType } from "./columns.ts";
import {
  type CreateHead,
  type CreatePrefix,
  parseCreateHead,
  persistenceOf,
} from "./create_head.ts";
import { parenthesizedOrEmpty, restOfStatement } from "./grammar.ts";
import { atProperty, type Property, parseProperty, propertyNames } from "./properties.ts";
import { acceptTags, type TagAssignment } from "./tags.ts";

export type RoutineParameter = {
  readonly name: Identifier;
  readonly type: TypeName;
  readonly mode?: "IN" | "INPUT" | "OUT" | "OUTPUT" | undefined;
  /** NOT NULL was written. */
  readonly notNull: boolean;
  readonly default?: Expression | undefined;
  /** TABLE (NUMBER, VARCHAR): an argument of a data metric function. */
  readonly table?: readonly NameAndType[] | undefined;
};

export type RoutineReturns =
  | { readonly kind: "type"; readonly type: TypeName; readonly nullable?: boolean | undefined }
  /** RETURNS TABLE (); empty when the columns are found at run time. */
  | { readonly kind: "table"; readonly columns: readonly NameAndType[] };

export type RoutineBody =
  /** Between quotes or dollar signs. */
  | { readonly kind: "text"; readonly text: string; readonly dollarQuoted: boolean }
  /** A scripting block, or an SQL expression, without quotes. */
  | { readonly kind: "block"; readonly text: string };

export type RoutineDefinition = {
  readonly parameters: readonly RoutineParameter[];
  readonly returns?: RoutineReturns | undefined;
  /** Upper-case; undefined means SQL. */
  readonly language?: string | undefined;
  readonly nullInput?: "called" | "returns_null" | undefined;
  readonly volatility?: "volatile" | "immutable" | undefined;
  readonly memoizable: boolean;
  readonly executeAs?: "OWNER" | "CALLER" | "RESTRICTED CALLER" | undefined;
  readonly copyGrants: boolean;
  readonly tags: readonly TagAssignment[];
  /** RUNTIME_VERSION, PACKAGES, IMPORTS, HANDLER, COMMENT, … */
  readonly properties: readonly Property[];
  readonly body?: RoutineBody | undefined;
};

export type RoutineKind =
  | "FUNCTION"
  | "PROCEDURE"
  | "EXTERNAL FUNCTION"
  | "DATA METRIC FUNCTION"
  | "AGGREGATE FUNCTION";

export type CreateRoutineStatement = {
  readonly kind: "create_function" | "create_procedure";
  readonly object: RoutineKind;
  readonly temporary: boolean;
  readonly secure: boolean;
  readonly definition: RoutineDefinition;
} & CreateHead;

export const ROUTINE_PROPERTIES = propertyNames(`
  RUNTIME_VERSION PACKAGES ARTIFACT_REPOSITORY ARTIFACT_REPOSITORY_PACKAGES IMPORTS HANDLER EXTERNAL_ACCESS_INTEGRATIONS SECRETS
  TARGET_PATH COMMENT API_INTEGRATION HEADERS CONTEXT_HEADERS MAX_BATCH_ROWS COMPRESSION
  REQUEST_TRANSLATOR RESPONSE_TRANSLATOR SERVICE ENDPOINT RESOURCE_CONSTRAINT LOG_LEVEL TRACE_LEVEL
  METRIC_LEVEL MAX_BATCH_RETRIES ON_BATCH_FAILURE BATCH_TIMEOUT_SECS AUTO_EVENT_LOGGING
  ENABLE_CONSOLE_OUTPUT
`);

const KINDS = ["EXTERNAL FUNCTION", "DATA METRIC FUNCTION", "FUNCTION", "PROCEDURE"] as const;

/** After CREATE and its modifiers. */
export function acceptCreateRoutine(
  cursor: Cursor,
  prefix: CreatePrefix,
): CreateRoutineStatement | undefined {
  const word = KINDS.find((kind) => cursor.acceptKeyword(...kind.split(" ")));
  if (word === undefined) return undefined;
  const object = prefix.modifiers.has("AGGREGATE") ? "AGGREGATE FUNCTION" : word;
  const head = parseCreateHead(cursor, prefix);
  return {
    kind: object === "PROCEDURE" ? "create_procedure" : "create_function",
    object,
    temporary: persistenceOf(prefix) === "temporary",
    secure: prefix.modifiers.has("SECURE"),
    ...head,
    definition: parseRoutineDefinition(cursor, object),
  };
}

type Draft = { -readonly [Key in keyof RoutineDefinition]: RoutineDefinition[Key] } & {
  tags: TagAssignment[];
  properties: Property[];
};

/**
 * From the parameters to the body.
 * @param beforeCall a CALL follows the body (WITH p AS PROCEDURE …)
 * @param blockText  reads a body that is a block without quotes and gives its text; the rest of the statement when undefined
 */
export function parseRoutineDefinition(
  cursor: Cursor,
  object: RoutineKind,
  beforeCall = false,
  blockText?: (() => string) | undefined,
): RoutineDefinition {
  const draft: Draft = {
    parameters: parenthesizedOrEmpty(cursor, parseParameter),
    memoizable: false,
    copyGrants: false,
    tags: [],
    properties: [],
  };
  while (acceptClause(cursor, draft, object)) {
    // Each turn takes one clause; they come in any order.
  }
  if (cursor.acceptKeyword("AS")) draft.body = parseBody(cursor, beforeCall, blockText);
  return draft;
}

/** `[IN | OUT] name [IN | OUT] type [DEFAULT e]`, or `name TABLE (a NUMBER)`. */
function parseParameter(cursor: Cursor): RoutineParameter {
  const before = atMode(cursor) ? cursor.acceptAnyKeyword(...MODES) : undefined;
  const name = cursor.identifier();
  const mode = before ?? cursor.acceptAnyKeyword(...MODES);
  if (cursor.atKeyword("TABLE") && cursor.atPunctuation("(", 1)) {
    const { start, end } = cursor.next();
    const table = parenthesizedOrEmpty(cursor, parseTableColumn);
    const span = { start, end };
    return {
      name,
      mode,
      notNull: false,
      table,
      type: { name: "TABLE", parameters: [], elements: [], fields: [], span },
    };
  }
  const type = parseTypeName(cursor);
  const notNull = cursor.acceptKeyword("NOT", "NULL");
  const hasDefault = cursor.acceptKeyword("DEFAULT") || cursor.acceptPunctuation("=>");
  return { name, type, mode, notNull, default: hasDefault ? parseExpression(cursor) : undefined };
}

const MODES = ["IN", "INPUT", "OUT", "OUTPUT"] as const;
const AFTER_TYPE = ["DEFAULT", "NOT", "PRECISION", "VARYING"];

/** `OUT x NUMBER` as opposed to a parameter that is called `output`: `output NUMBER`. */
function atMode(cursor: Cursor): boolean {
  const third = cursor.peek(2);
  return (
    cursor.atKeyword("IN") ||
    (third.kind === "word" && !AFTER_TYPE.includes(third.value) && !cursor.atPunctuation("(", 1))
  );
}

/** `name type`, or a bare type in data metric functions. */
function parseTableColumn(cursor: Cursor): NameAndType {
  const token = cursor.peek();
  const alone = cursor.atPunctuation(",", 1) || cursor.atPunctuation(")", 1);
  if (alone) {
    const span = { start: token.start, end: token.start };
    return { name: { name: "", quoted: false, span }, type: parseTypeName(cursor) };
  }
  const name = cursor.identifier();
  return { name, type: parseTypeName(cursor) };
}

function acceptClause(cursor: Cursor, draft: Draft, object: RoutineKind): boolean {
  if (cursor.acceptKeyword("RETURNS", "NULL", "ON", "NULL", "INPUT")) {
    draft.nullInput = "returns_null";
  } else if (cursor.acceptKeyword("RETURNS")) {
    draft.returns = parseReturns(cursor);
  } else if (cursor.acceptKeyword("LANGUAGE")) {
    draft.language = cursor.identifier().name;
  } else if (cursor.acceptKeyword("CALLED", "ON", "NULL", "INPUT")) {
    draft.nullInput = "called";
  } else if (cursor.acceptKeyword("STRICT")) {
    draft.nullInput = "returns_null";
  } else if (cursor.acceptKeyword("VOLATILE")) {
    draft.volatility = "volatile";
  } else if (cursor.acceptKeyword("IMMUTABLE")) {
    draft.volatility = "immutable";
  } else if (cursor.acceptKeyword("MEMOIZABLE")) {
    draft.memoizable = true;
  } else if (cursor.acceptKeyword("COPY", "GRANTS")) {
    draft.copyGrants = true;
  } else if (cursor.acceptKeyword("EXECUTE", "AS")) {
    draft.executeAs = cursor.acceptKeyword("RESTRICTED", "CALLER")
      ? "RESTRICTED CALLER"
      : cursor.expectAnyKeyword("OWNER", "CALLER");
  } else {
    return acceptOption(cursor, draft, object);
  }
  return true;
}

function acceptOption(cursor: Cursor, draft: Draft, object: RoutineKind): boolean {
  const tags = acceptTags(cursor);
  if (tags !== undefined) {
    draft.tags.push(...tags);
    return true;
  }
  if (!atProperty(cursor)) return false;
  draft.properties.push(parseProperty(cursor, ROUTINE_PROPERTIES, object));
  cursor.acceptPunctuation(",");
  return true;
}

function parseReturns(cursor: Cursor): RoutineReturns {
  if (cursor.acceptKeyword("TABLE")) {
    const columns = cursor.atPunctuation("(") ? parenthesizedOrEmpty(cursor, parseTableColumn) : [];
    if (cursor.acceptKeyword("NOT")) cursor.expectKeyword("NULL");
    return { kind: "table", columns };
  }
  const type = parseTypeName(cursor);
  if (cursor.acceptKeyword("NOT", "NULL")) return { kind: "type", type, nullable: false };
  return { kind: "type", type, nullable: cursor.acceptKeyword("NULL") ? true : undefined };
}

function parseBody(
  cursor: Cursor,
  beforeCall: boolean,
  blockText: (() => string) | undefined,
): RoutineBody {
  const { kind } = cursor.peek();
  if (kind === "string" || kind === "dollar_string") {
    return { kind: "text", text: cursor.stringLiteral(), dollarQuoted: kind === "dollar_string" };
  }
  if (blockText !== undefined) return { kind: "block", text: blockText() };
  const text = beforeCall ? textBeforeCall(cursor) : restOfStatement(cursor);
  return { kind: "block", text };
}

/** The text of a block up to the CALL after its END. */
function textBeforeCall(cursor: Cursor): string {
  const { start } = cursor.peek();
  while (!(cursor.atKeyword("CALL") && cursor.previous().value === "END")) {
    if (cursor.atEnd()) cursor.unexpected();
    cursor.next();
  }
  return cursor.text.slice(start, cursor.previous().end);
}
