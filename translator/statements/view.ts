/**
 * CREATE VIEW, CREATE MATERIALIZED VIEW and their ALTER.
 * https://docs.snowflake.com/en/sql-reference/sql/create-view
 */

import type { Expression, ObjectName } from "../ast/expressions.ts";
import { printExpression, printQuery } from "../ast/printer.ts";
import type { Query } from "../ast/queries.ts";
import { quoteString } from "../lex/literals.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseQuery } from "../parse/query.ts";
import {
  type ColumnAlteration,
  parseColumnAlterations,
  printColumnAlterations,
} from "./alter_column.ts";
import {
  acceptCommonAlteration,
  acceptSet,
  type CommonAlteration,
  parseUnset,
  printCommonAlteration,
  type SetAlteration,
  type UnsetAlteration,
} from "./alterations.ts";
import { type ColumnDefinition, parseColumnDefinition, printColumnDefinition } from "./columns.ts";
import {
  type CreateHead,
  type CreatePrefix,
  parseCreateHead,
  persistenceOf,
  printCreateHead,
} from "./create_head.ts";
import { acceptForm, type Clause, compileForms, printClause } from "./forms.ts";
import { acceptIfExists, parenthesizedList } from "./grammar.ts";
import { parenthesized, printObjectName, spaced } from "./print.ts";
import {
  atProperty,
  type Property,
  parseProperty,
  printProperties,
  propertyNames,
} from "./properties.ts";
import { parseClusterBy } from "./table_body.ts";
import {
  type AttachedPolicyKind,
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

export type ViewKind = "VIEW" | "MATERIALIZED VIEW";

export type CreateViewStatement = {
  readonly kind: "create_view";
  readonly object: ViewKind;
  readonly secure: boolean;
  readonly temporary: boolean;
  readonly recursive: boolean;
  readonly copyGrants: boolean;
  /** Without types; empty when not written. */
  readonly columns: readonly ColumnDefinition[];
  readonly clusterBy: readonly Expression[];
  readonly policies: readonly PolicyAttachment[];
  readonly tags: readonly TagAssignment[];
  readonly contacts: readonly ContactAssignment[];
  readonly comment?: string | undefined;
  readonly properties: readonly Property[];
  /** Its span is the text that SHOW VIEWS and GET_DDL repeat. */
  readonly query: Query;
} & CreateHead;

export type ViewAlteration =
  | CommonAlteration
  | { readonly kind: "alter_columns"; readonly alterations: readonly ColumnAlteration[] }
  | { readonly kind: "add_policy"; readonly policy: PolicyAttachment }
  | {
      readonly kind: "drop_policy";
      readonly policyKind: AttachedPolicyKind;
      readonly policy: ObjectName;
      readonly replacement?: PolicyAttachment | undefined;
    }
  | { readonly kind: "cluster_by"; readonly expressions: readonly Expression[] }
  /** `SET SECURE COMMENT = …`: what else is set beside SECURE. */
  | { readonly kind: "set_secure"; readonly others?: SetAlteration | undefined }
  | { readonly kind: "unset_secure"; readonly others?: UnsetAlteration | undefined }
  | { readonly kind: "clause"; readonly clause: Clause };

export type AlterViewStatement = {
  readonly kind: "alter_view";
  readonly object: ViewKind;
  readonly ifExists: boolean;
  readonly name: ObjectName;
  readonly alteration: ViewAlteration;
};

export const VIEW_PROPERTIES = propertyNames("CHANGE_TRACKING COMMENT DATA_METRIC_SCHEDULE");

const FORMS = compileForms(`
  DROP ALL ROW ACCESS POLICIES
  DROP CLUSTERING KEY
  SUSPEND RECLUSTER
  RESUME RECLUSTER
  SUSPEND
  RESUME
  SET {AGGREGATION|JOIN|PRIVACY} POLICY <name> [FORCE]
  SET AGGREGATION POLICY <name> ENTITY KEY <identifiers> [FORCE]
  SET JOIN POLICY <name> ALLOWED JOIN KEYS <identifiers> [FORCE]
  UNSET {AGGREGATION|JOIN|PRIVACY} POLICY
  {ADD|DROP|MODIFY} DATA METRIC FUNCTION <metrics>
`);

/** After CREATE and its modifiers. */
export function acceptCreateView(
  cursor: Cursor,
  prefix: CreatePrefix,
): CreateViewStatement | undefined {
  const object = acceptViewKind(cursor);
  if (object === undefined) return undefined;
  const head = parseCreateHead(cursor, prefix);
  const draft = {
    copyGrants: cursor.acceptKeyword("COPY", "GRANTS"),
    columns: cursor.atPunctuation("(") ? parenthesizedList(cursor, parseColumnDefinition) : [],
    clusterBy: [] as Expression[],
    policies: [] as PolicyAttachment[],
    tags: [] as TagAssignment[],
    contacts: [] as ContactAssignment[],
    comment: undefined as string | undefined,
    properties: [] as Property[],
  };
  while (!cursor.acceptKeyword("AS")) {
    const policy = acceptTablePolicy(cursor);
    const tags = policy === undefined ? acceptTags(cursor) : undefined;
    const contacts = tags === undefined ? acceptContacts(cursor) : undefined;
    if (policy !== undefined) draft.policies.push(policy);
    else if (tags !== undefined) draft.tags.push(...tags);
    else if (contacts !== undefined) draft.contacts.push(...contacts);
    else if (cursor.acceptKeyword("COPY", "GRANTS")) draft.copyGrants = true;
    else if (cursor.acceptKeyword("CLUSTER", "BY")) draft.clusterBy = parseClusterBy(cursor);
    else if (cursor.acceptKeyword("COMMENT")) {
      cursor.acceptPunctuation("=");
      draft.comment = cursor.stringLiteral();
    } else if (atProperty(cursor))
      draft.properties.push(parseProperty(cursor, VIEW_PROPERTIES, object));
    else cursor.unexpected();
  }
  const query = parseQuery(cursor);
  return {
    kind: "create_view",
    object,
    secure: prefix.modifiers.has("SECURE"),
    temporary: persistenceOf(prefix) === "temporary",
    recursive: prefix.modifiers.has("RECURSIVE"),
    ...head,
    ...draft,
    query,
  };
}

function acceptViewKind(cursor: Cursor): ViewKind | undefined {
  if (cursor.acceptKeyword("VIEW")) return "VIEW";
  return cursor.acceptKeyword("MATERIALIZED", "VIEW") ? "MATERIALIZED VIEW" : undefined;
}

export function printCreateView(statement: CreateViewStatement): string {
  return spaced(
    printCreateHead(
      statement,
      statement.object,
      statement.secure && "SECURE",
      statement.temporary && "TEMPORARY",
      statement.recursive && "RECURSIVE",
    ),
    statement.columns.length > 0 && parenthesized(statement.columns, printColumnDefinition),
    statement.copyGrants && "COPY GRANTS",
    statement.comment !== undefined && `COMMENT = ${quoteString(statement.comment)}`,
    ...statement.policies.map((policy) => `WITH ${printPolicy(policy)}`),
    printTags(statement.tags),
    printContacts(statement.contacts),
    printProperties(statement.properties),
    statement.clusterBy.length > 0 &&
      `CLUSTER BY ${parenthesized(statement.clusterBy, printExpression)}`,
    `AS ${printQuery(statement.query)}`,
  );
}

/** After ALTER. */
export function acceptAlterView(cursor: Cursor): AlterViewStatement | undefined {
  const object = acceptViewKind(cursor);
  if (object === undefined) return undefined;
  const ifExists = acceptIfExists(cursor);
  const name = cursor.objectName();
  return {
    kind: "alter_view",
    object,
    ifExists,
    name,
    alteration: parseAlteration(cursor, object),
  };
}

function parseAlteration(cursor: Cursor, object: ViewKind): ViewAlteration {
  if (cursor.acceptKeyword("SET", "SECURE")) {
    return { kind: "set_secure", others: acceptSet(cursor, VIEW_PROPERTIES, object) };
  }
  if (cursor.acceptKeyword("UNSET", "SECURE")) {
    const more = cursor.acceptPunctuation(",") || cursor.at("word");
    const others = more ? parseUnset(cursor, VIEW_PROPERTIES, object) : undefined;
    return { kind: "unset_secure", others };
  }
  if (cursor.acceptKeyword("CLUSTER", "BY")) {
    return { kind: "cluster_by", expressions: parseClusterBy(cursor) };
  }
  const clause = acceptForm(cursor, FORMS);
  if (clause !== undefined) return { kind: "clause", clause };
  const common = acceptCommonAlteration(cursor, { object, properties: VIEW_PROPERTIES });
  if (common !== undefined) return common;
  if (cursor.acceptAnyKeyword("ALTER", "MODIFY") !== undefined) {
    return { kind: "alter_columns", alterations: parseColumnAlterations(cursor) };
  }
  const verb = cursor.expectAnyKeyword("ADD", "DROP");
  const policy = acceptTablePolicy(cursor) ?? cursor.unexpected();
  if (verb === "ADD") return { kind: "add_policy", policy };
  const replaced = cursor.acceptPunctuation(",");
  if (replaced) cursor.expectKeyword("ADD");
  return {
    kind: "drop_policy",
    policyKind: policy.policyKind,
    policy: policy.policy,
    replacement: replaced ? (acceptTablePolicy(cursor) ?? cursor.unexpected()) : undefined,
  };
}

export function printAlterView(statement: AlterViewStatement): string {
  return spaced(
    `ALTER ${statement.object}`,
    statement.ifExists && "IF EXISTS",
    printObjectName(statement.name),
    printAlteration(statement.alteration),
  );
}

function printBesideSecure(others: SetAlteration | UnsetAlteration | undefined): string {
  if (others === undefined) return "SECURE";
  return `SECURE ${printCommonAlteration(others).replace(/^(?:UN)?SET /, "")}`;
}

function printAlteration(alteration: ViewAlteration): string {
  switch (alteration.kind) {
    case "set_secure":
      return `SET ${printBesideSecure(alteration.others)}`;
    case "unset_secure":
      return `UNSET ${printBesideSecure(alteration.others)}`;
    case "cluster_by":
      return `CLUSTER BY ${parenthesized(alteration.expressions, printExpression)}`;
    case "clause":
      return printClause(alteration.clause);
    case "alter_columns":
      return `ALTER ${printColumnAlterations(alteration.alterations)}`;
    case "add_policy":
      return `ADD ${printPolicy(alteration.policy)}`;
    case "drop_policy":
      return spaced(
        `DROP ${alteration.policyKind} ${printObjectName(alteration.policy)}`,
        alteration.replacement && `, ADD ${printPolicy(alteration.replacement)}`,
      );
    default:
      return printCommonAlteration(alteration);
  }
}
