/**
 * What every kind of CREATE … TABLE has after the name: columns, constraints, a source, options.
 * https://docs.snowflake.com/en/sql-reference/sql/create-table
 */

import type { Expression, Identifier, ObjectName } from "../ast/expressions.ts";
import { printExpression, printQuery } from "../ast/printer.ts";
import { printIdentifier } from "../ast/printer-parts.ts";
import type { Query, TimeTravel } from "../ast/queries.ts";
import { quoteString } from "../lex/literals.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseQuery } from "../parse/query.ts";
import { parseTimeTravel } from "../parse/time-travel.ts";
import { type ColumnDefinition, parseColumnDefinition, printColumnDefinition } from "./columns.ts";
import {
  atTableConstraint,
  parseTableConstraint,
  printConstraint,
  type TableConstraint,
} from "./constraints.ts";
import { acceptForm, type Clause, compileForms, type Forms, printClause } from "./forms.ts";
import { expressionList, identifierList } from "./grammar.ts";
import {
  optionalColumns,
  parenthesized,
  printObjectName,
  printTimeTravel,
  spaced,
} from "./print.ts";
import {
  atProperty,
  type Property,
  type PropertyNames,
  parseProperty,
  printProperties,
} from "./properties.ts";
import {
  acceptContacts,
  acceptTablePolicy,
  acceptTags,
  type ContactAssignment,
  type PolicyAttachment,
  printContacts,
  printPolicy,
  printTags,
  type TagAssignment,
} from "./tags.ts";

export type TableIndex = {
  readonly name: Identifier;
  readonly columns: readonly Identifier[];
  readonly include: readonly Identifier[];
};

export type TableSource =
  | { readonly kind: "query"; readonly query: Query }
  | { readonly kind: "like"; readonly table: ObjectName }
  | {
      readonly kind: "clone";
      readonly table: ObjectName;
      readonly timeTravel?: TimeTravel | undefined;
    }
  | { readonly kind: "template"; readonly query: Query };

export type TableBody = {
  readonly columns: readonly ColumnDefinition[];
  readonly constraints: readonly TableConstraint[];
  readonly indexes: readonly TableIndex[];
  readonly source?: TableSource | undefined;
  readonly clusterBy: readonly Expression[];
  readonly partitionBy: readonly Expression[];
  readonly copyGrants: boolean;
  readonly policies: readonly PolicyAttachment[];
  readonly tags: readonly TagAssignment[];
  readonly contacts: readonly ContactAssignment[];
  readonly comment?: string | undefined;
  readonly properties: readonly Property[];
  /** Phrases of special kinds of tables: REQUIRE USER, BACKFILL FROM …. */
  readonly clauses: readonly Clause[];
};

type Draft = { -readonly [Key in keyof TableBody]: TableBody[Key] } & {
  columns: ColumnDefinition[];
  constraints: TableConstraint[];
  indexes: TableIndex[];
  policies: PolicyAttachment[];
  tags: TagAssignment[];
  contacts: ContactAssignment[];
  properties: Property[];
  clauses: Clause[];
};

/** What one kind of table allows. */
export type TableGrammar = {
  readonly object: string;
  readonly properties: PropertyNames;
  readonly forms: Forms;
  /** Whether it takes PARTITION BY. */
  readonly partitioned?: boolean | undefined;
};

/** Phrases that every kind of table takes. */
const COMMON_FORMS = compileForms(`
  COPY TAGS
  READ ONLY
  IGNORE ROW ACCESS POLICY
  IGNORE TABLES WITH INSUFFICIENT DATA RETENTION
  FROM {BACKUP|SNAPSHOT} SET <name> IDENTIFIER <text>
  FROM ARCHIVE OF <name> [AS <name>] WHERE <expression>
`);

/** Everything after the table's name, up to the end of the statement. */
export function parseTableBody(cursor: Cursor, grammar: TableGrammar): TableBody {
  const draft: Draft = {
    columns: [],
    constraints: [],
    indexes: [],
    clusterBy: [],
    partitionBy: [],
    copyGrants: false,
    policies: [],
    tags: [],
    contacts: [],
    properties: [],
    clauses: [],
  };
  if (cursor.acceptPunctuation("(")) parseElements(cursor, draft);
  while (acceptTableClause(cursor, draft, grammar)) {
    // Each turn takes one clause; they come in any order.
  }
  return draft;
}

/** Columns, constraints and indexes up to the closing parenthesis. A trailing comma is allowed. */
function parseElements(cursor: Cursor, draft: Draft): void {
  do {
    if (cursor.atPunctuation(")")) break;
    if (atTableConstraint(cursor)) {
      draft.constraints.push(parseTableConstraint(cursor));
    } else if (cursor.atKeyword("INDEX") && cursor.atPunctuation("(", 2)) {
      draft.indexes.push(parseIndex(cursor));
    } else {
      draft.columns.push(parseColumnDefinition(cursor));
    }
  } while (cursor.acceptPunctuation(","));
  cursor.expectPunctuation(")");
}

function parseIndex(cursor: Cursor): TableIndex {
  cursor.expectKeyword("INDEX");
  const name = cursor.identifier();
  const columns = identifierList(cursor);
  const include = cursor.acceptKeyword("INCLUDE") ? identifierList(cursor) : [];
  return { name, columns, include };
}

function acceptTableClause(cursor: Cursor, draft: Draft, grammar: TableGrammar): boolean {
  if (acceptSource(cursor, draft) || acceptAttachment(cursor, draft)) return true;
  if (cursor.acceptKeyword("CLUSTER", "BY")) {
    draft.clusterBy = parseClusterBy(cursor);
  } else if (grammar.partitioned && cursor.acceptKeyword("PARTITION", "BY")) {
    draft.partitionBy = expressionList(cursor);
  } else if (cursor.acceptKeyword("COPY", "GRANTS")) {
    draft.copyGrants = true;
  } else if (cursor.acceptKeyword("COMMENT")) {
    cursor.acceptPunctuation("=");
    draft.comment = cursor.stringLiteral();
  } else {
    const clause = acceptForm(cursor, grammar.forms) ?? acceptForm(cursor, COMMON_FORMS);
    if (clause !== undefined) {
      draft.clauses.push(clause);
      return true;
    }
    if (cursor.atKeyword("WITH") && cursor.atPunctuation("=", 2)) cursor.next();
    if (!atProperty(cursor)) return false;
    draft.properties.push(parseProperty(cursor, grammar.properties, grammar.object));
    if (cursor.atPunctuation(",") && cursor.atPunctuation("=", 2)) cursor.next();
  }
  return true;
}

/** After CLUSTER BY: `(a, b)` or `LINEAR (a, b)`. */
export function parseClusterBy(cursor: Cursor): Expression[] {
  cursor.acceptKeyword("LINEAR");
  return expressionList(cursor);
}

function acceptSource(cursor: Cursor, draft: Draft): boolean {
  if (cursor.acceptKeyword("AS")) {
    draft.source = { kind: "query", query: parseQuery(cursor) };
  } else if (cursor.acceptKeyword("LIKE")) {
    draft.source = { kind: "like", table: cursor.objectName() };
  } else if (cursor.acceptKeyword("CLONE")) {
    draft.source = {
      kind: "clone",
      table: cursor.objectName(),
      timeTravel: parseTimeTravel(cursor),
    };
  } else if (cursor.acceptKeyword("USING", "TEMPLATE")) {
    cursor.expectPunctuation("(");
    draft.source = { kind: "template", query: parseQuery(cursor) };
    cursor.expectPunctuation(")");
  } else {
    return false;
  }
  return true;
}

function acceptAttachment(cursor: Cursor, draft: Draft): boolean {
  const policy = acceptTablePolicy(cursor);
  if (policy !== undefined) draft.policies.push(policy);
  const tags = policy === undefined ? acceptTags(cursor) : undefined;
  if (tags !== undefined) draft.tags.push(...tags);
  const contacts = policy === undefined && tags === undefined ? acceptContacts(cursor) : undefined;
  if (contacts !== undefined) draft.contacts.push(...contacts);
  return policy !== undefined || tags !== undefined || contacts !== undefined;
}

/** The body, the query last. */
export function printTableBody(body: TableBody): string {
  const elements = [
    ...body.columns.map(printColumnDefinition),
    ...body.constraints.map(printConstraint),
    ...body.indexes.map(printIndex),
  ];
  return spaced(
    elements.length > 0 && parenthesized(elements, (text) => text),
    body.source?.kind !== "query" && body.source && printSource(body.source),
    body.clusterBy.length > 0 && `CLUSTER BY ${parenthesized(body.clusterBy, printExpression)}`,
    body.partitionBy.length > 0 &&
      `PARTITION BY ${parenthesized(body.partitionBy, printExpression)}`,
    printProperties(body.properties),
    ...body.clauses.map(printClause),
    body.copyGrants && "COPY GRANTS",
    ...body.policies.map((policy) => `WITH ${printPolicy(policy)}`),
    printTags(body.tags),
    printContacts(body.contacts),
    body.comment !== undefined && `COMMENT = ${quoteString(body.comment)}`,
    body.source?.kind === "query" && printSource(body.source),
  );
}

function printIndex({ name, columns, include }: TableIndex): string {
  const included = optionalColumns(include);
  return spaced(
    `INDEX ${printIdentifier(name)}`,
    optionalColumns(columns),
    included && `INCLUDE ${included}`,
  );
}

function printSource(source: TableSource): string {
  switch (source.kind) {
    case "query":
      return `AS ${printQuery(source.query)}`;
    case "like":
      return `LIKE ${printObjectName(source.table)}`;
    case "clone":
      return spaced(
        `CLONE ${printObjectName(source.table)}`,
        source.timeTravel && printTimeTravel(source.timeTravel),
      );
    case "template":
      return `USING TEMPLATE (${printQuery(source.query)})`;
  }
}
