/**
 * CREATE and ALTER of the objects whose grammar is a list of options and fixed phrases. What each kind of
 * object knows is data: object_specs.ts and its neighbours.
 * https://docs.snowflake.com/en/sql-reference/sql/create
 */

import type { ObjectName, TypeName } from "../ast/expressions.ts";
import { printTypeName } from "../ast/printer-parts.ts";
import type { TimeTravel } from "../ast/queries.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseTimeTravel } from "../parse/time-travel.ts";
import {
  acceptCommonAlteration,
  type CommonAlteration,
  printCommonAlteration,
} from "./alterations.ts";
import {
  type CreateHead,
  type CreatePrefix,
  type Persistence,
  parseCreateHead,
  persistenceOf,
  printCreateHead,
  printPersistence,
} from "./create_head.ts";
import { acceptForm, type Clause, compileForms, printClause } from "./forms.ts";
import { acceptIfExists, atEnd } from "./grammar.ts";
import { acceptObjectKind, type ObjectKind, parseClassName } from "./object_kinds.ts";
import { type ObjectSpec, objectSpec } from "./object_specs.ts";
import { parenthesized, printObjectName, printTimeTravel, spaced } from "./print.ts";
import { atProperty, type Property, parseProperty, printProperties } from "./properties.ts";
import { acceptSignature } from "./signature.ts";
import {
  acceptContacts,
  acceptTags,
  type ContactAssignment,
  printContacts,
  printTags,
  type TagAssignment,
} from "./tags.ts";

export type CreateObjectStatement = {
  readonly kind: "create_object";
  /** A kind of object, or a class (CREATE SNOWFLAKE.ML.FORECAST f (…)). */
  readonly object: ObjectKind | { readonly class: ObjectName };
  readonly persistence: Persistence;
  /** SECURE, UNIQUE, VERSIONED before the kind. */
  readonly modifiers: readonly string[];
  readonly clone?:
    | { readonly name: ObjectName; readonly timeTravel?: TimeTravel | undefined }
    | undefined;
  readonly properties: readonly Property[];
  readonly tags: readonly TagAssignment[];
  readonly contacts: readonly ContactAssignment[];
  /** Fixed phrases in the order they were written. */
  readonly clauses: readonly Clause[];
} & CreateHead;

export type AlterObjectStatement = {
  readonly kind: "alter_object";
  readonly object: ObjectKind | { readonly class: ObjectName };
  readonly ifExists: boolean;
  /** Undefined for ALTER ACCOUNT SET, ALTER USER SET and the like: the current one. */
  readonly name?: ObjectName | undefined;
  /** The argument types of a function or procedure. */
  readonly signature?: readonly TypeName[] | undefined;
  readonly alteration:
    | CommonAlteration
    | {
        readonly kind: "clause";
        readonly clause: Clause;
        /** Options after the phrase. */
        readonly properties: readonly Property[];
      };
};

/** Phrases that every CREATE takes. */
const COMMON_FORMS = compileForms(`
  COPY GRANTS
  COPY TAGS
  WITH MANAGED ACCESS
  IGNORE TABLES WITH INSUFFICIENT DATA RETENTION
  IGNORE HYBRID TABLES
  INCLUDE INTERNAL STAGES
`);

/** After CREATE and its modifiers. @throws a syntax error for words that are no kind of object */
export function parseCreateObject(cursor: Cursor, prefix: CreatePrefix): CreateObjectStatement {
  const object = acceptObjectKind(cursor) ?? { class: parseClassName(cursor) };
  const head = parseCreateHead(cursor, prefix);
  const spec = objectSpec(object);
  const draft = {
    clone: undefined as CreateObjectStatement["clone"],
    properties: [] as Property[],
    tags: [] as TagAssignment[],
    contacts: [] as ContactAssignment[],
    clauses: [] as Clause[],
  };
  while (!atEnd(cursor)) acceptPart(cursor, draft, spec);
  const modifiers = ["SECURE", "UNIQUE", "VERSIONED"].filter((word) =>
    [...prefix.modifiers].some((modifier) => modifier === word),
  );
  const persistence = persistenceOf(prefix);
  return { kind: "create_object", object, persistence, modifiers, ...head, ...draft };
}

type Draft = {
  clone: CreateObjectStatement["clone"];
  properties: Property[];
  tags: TagAssignment[];
  contacts: ContactAssignment[];
  clauses: Clause[];
};

function acceptPart(cursor: Cursor, draft: Draft, spec: ObjectSpec): void {
  const clause = acceptForm(cursor, spec.create) ?? acceptForm(cursor, COMMON_FORMS);
  if (clause !== undefined) {
    draft.clauses.push(clause);
    return;
  }
  const tags = acceptTags(cursor);
  if (tags !== undefined) {
    draft.tags.push(...tags);
    return;
  }
  const contacts = acceptContacts(cursor);
  if (contacts !== undefined) {
    draft.contacts.push(...contacts);
    return;
  }
  if (cursor.acceptKeyword("CLONE")) {
    draft.clone = { name: cursor.objectName(), timeTravel: parseTimeTravel(cursor) };
    return;
  }
  if (cursor.atKeyword("WITH") && cursor.atPunctuation("=", 2)) cursor.next();
  if (!atProperty(cursor)) cursor.unexpected();
  draft.properties.push(parseProperty(cursor, spec.properties, spec.name));
  cursor.acceptPunctuation(",");
}

export function printCreateObject(statement: CreateObjectStatement): string {
  const { object, clone } = statement;
  return spaced(
    printCreateHead(
      statement,
      typeof object === "string" ? object : printObjectName(object.class),
      printPersistence(statement.persistence),
      ...statement.modifiers,
    ),
    clone && `CLONE ${printObjectName(clone.name)}`,
    clone?.timeTravel && printTimeTravel(clone.timeTravel),
    printProperties(statement.properties),
    printTags(statement.tags),
    printContacts(statement.contacts),
    ...statement.clauses.map(printClause),
  );
}

/** Words after ALTER USER, ALTER ACCOUNT, ALTER WAREHOUSE that are no name. */
const VERBS = ["SET", "UNSET", "ADD", "REMOVE", "SUSPEND", "RESUME", "ABORT", "DROP"] as const;

/** After ALTER. */
export function parseAlterObject(cursor: Cursor): AlterObjectStatement {
  const object = acceptObjectKind(cursor) ?? { class: parseClassName(cursor) };
  const spec = objectSpec(object);
  const ifExists = acceptIfExists(cursor);
  const named = !(spec.mayBeUnnamed && cursor.atAnyKeyword(...VERBS) !== undefined);
  const name = named ? cursor.objectName() : undefined;
  const signature = acceptSignature(cursor);
  const alteration = parseAlteration(cursor, spec);
  return { kind: "alter_object", object, ifExists, name, signature, alteration };
}

function parseAlteration(cursor: Cursor, spec: ObjectSpec): AlterObjectStatement["alteration"] {
  const clause = acceptForm(cursor, spec.alter);
  if (clause !== undefined) {
    const properties: Property[] = [];
    while (atProperty(cursor)) {
      properties.push(parseProperty(cursor, spec.properties, spec.name));
      cursor.acceptPunctuation(",");
    }
    return { kind: "clause", clause, properties };
  }
  return (
    acceptCommonAlteration(cursor, { object: spec.name, properties: spec.properties }) ??
    cursor.unexpected()
  );
}

export function printAlterObject(statement: AlterObjectStatement): string {
  const { object, name, signature, alteration } = statement;
  return spaced(
    "ALTER",
    typeof object === "string" ? object : printObjectName(object.class),
    statement.ifExists && "IF EXISTS",
    name && printObjectName(name) + (signature ? parenthesized(signature, printTypeName) : ""),
    alteration.kind === "clause"
      ? spaced(printClause(alteration.clause), printProperties(alteration.properties))
      : printCommonAlteration(alteration),
  );
}
