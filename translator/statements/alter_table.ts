/**
 * ALTER TABLE (also ICEBERG, EVENT, HYBRID, EXTERNAL, DYNAMIC and INTERACTIVE TABLE).
 * https://docs.snowflake.com/en/sql-reference/sql/alter-table
 */

import type { Expression, Identifier, ObjectName } from "../ast/expressions.ts";
import { printExpression } from "../ast/printer.ts";
import { printIdentifier } from "../ast/printer-parts.ts";
import type { Cursor } from "../parse/cursor.ts";
import {
  type ColumnAlteration,
  parseColumnAlterations,
  printColumnAlterations,
} from "./alter_column.ts";
import { ALTER_TABLE_FORMS } from "./alter_table_forms.ts";
import {
  acceptCommonAlteration,
  type CommonAlteration,
  printCommonAlteration,
} from "./alterations.ts";
import { type ColumnDefinition, parseColumnDefinition, printColumnDefinition } from "./columns.ts";
import {
  acceptConstraintReference,
  atTableConstraint,
  type ConstraintProperties,
  type ConstraintReference,
  parseConstraintProperties,
  parseTableConstraint,
  printConstraint,
  printConstraintProperties,
  printConstraintReference,
  type TableConstraint,
} from "./constraints.ts";
import { TABLE_GRAMMARS, type TableKind } from "./create_table.ts";
import { acceptForm, type Clause, printClause } from "./forms.ts";
import { acceptIfExists, acceptIfNotExists, commaList } from "./grammar.ts";
import { commas, parenthesized, printObjectName, spaced } from "./print.ts";
import { parseClusterBy } from "./table_body.ts";
import {
  type AttachedPolicyKind,
  acceptTablePolicy,
  type PolicyAttachment,
  printPolicy,
} from "./tags.ts";

export type AddedColumn = { readonly ifNotExists: boolean; readonly definition: ColumnDefinition };

export type TableAlteration =
  | CommonAlteration
  | { readonly kind: "add_columns"; readonly columns: readonly AddedColumn[] }
  | {
      readonly kind: "drop_columns";
      readonly ifExists: boolean;
      readonly columns: readonly Identifier[];
      readonly behavior?: "CASCADE" | "RESTRICT" | undefined;
    }
  | { readonly kind: "rename_column"; readonly from: Identifier; readonly to: Identifier }
  | { readonly kind: "alter_columns"; readonly alterations: readonly ColumnAlteration[] }
  | { readonly kind: "add_constraint"; readonly constraint: TableConstraint }
  | {
      readonly kind: "drop_constraint";
      readonly constraint: ConstraintReference;
      readonly behavior?: "CASCADE" | "RESTRICT" | undefined;
    }
  | { readonly kind: "rename_constraint"; readonly from: Identifier; readonly to: Identifier }
  | {
      readonly kind: "alter_constraint";
      readonly constraint: ConstraintReference;
      readonly properties: ConstraintProperties;
    }
  | { readonly kind: "cluster_by"; readonly expressions: readonly Expression[] }
  | { readonly kind: "add_policy"; readonly policy: PolicyAttachment }
  | {
      readonly kind: "drop_policy";
      readonly policyKind: AttachedPolicyKind;
      readonly policy: ObjectName;
      /** DROP ROW ACCESS POLICY a, ADD ROW ACCESS POLICY b ON (…) in one statement. */
      readonly replacement?: PolicyAttachment | undefined;
    }
  /** Any other documented phrase. */
  | { readonly kind: "clause"; readonly clause: Clause };

export type AlterTableStatement = {
  readonly kind: "alter_table";
  readonly object: TableKind;
  readonly ifExists: boolean;
  readonly name: ObjectName;
  /** The other dynamic tables that one statement refreshes. */
  readonly others: readonly ObjectName[];
  readonly alteration: TableAlteration;
};

const TABLE_KINDS: readonly TableKind[] = [
  "HYBRID TABLE",
  "EVENT TABLE",
  "EXTERNAL TABLE",
  "ICEBERG TABLE",
  "DYNAMIC TABLE",
  "INTERACTIVE TABLE",
  "TABLE",
];

/** After ALTER: a whole ALTER … TABLE, or undefined (and nothing taken) for another kind. */
export function acceptAlterTable(cursor: Cursor): AlterTableStatement | undefined {
  const object = TABLE_KINDS.find((kind) => cursor.acceptKeyword(...kind.split(" ")));
  if (object === undefined) return undefined;
  const before = acceptIfExists(cursor);
  const name = cursor.objectName();
  const others: ObjectName[] = [];
  while (object === "DYNAMIC TABLE" && cursor.acceptPunctuation(",")) {
    others.push(cursor.objectName());
  }
  if (others.length > 0 && !cursor.atKeyword("REFRESH")) cursor.unexpected();
  // ALTER EXTERNAL TABLE <name> [IF EXISTS] ADD PARTITION (docs: alter-external-table).
  const ifExists = before || (object === "EXTERNAL TABLE" && acceptIfExists(cursor));
  return {
    kind: "alter_table",
    object,
    ifExists,
    name,
    others,
    alteration: parseTableAlteration(cursor, object),
  };
}

function parseTableAlteration(cursor: Cursor, object: TableKind): TableAlteration {
  if (cursor.atKeyword("ADD") && !atOtherAdd(cursor)) return parseAdd(cursor);
  if (cursor.acceptKeyword("RENAME", "COLUMN")) {
    return { kind: "rename_column", ...parseRenaming(cursor) };
  }
  if (cursor.acceptKeyword("RENAME", "CONSTRAINT")) {
    return { kind: "rename_constraint", ...parseRenaming(cursor) };
  }
  if (cursor.acceptKeyword("CLUSTER", "BY")) {
    return { kind: "cluster_by", expressions: parseClusterBy(cursor) };
  }
  const clause = acceptForm(cursor, ALTER_TABLE_FORMS);
  if (clause !== undefined) return { kind: "clause", clause };
  const common = acceptCommonAlteration(cursor, TABLE_GRAMMARS[object]);
  if (common !== undefined) return common;
  if (cursor.atAnyKeyword("ALTER", "MODIFY") !== undefined) return parseModify(cursor);
  if (cursor.atKeyword("DROP")) return parseDrop(cursor);
  return cursor.unexpected();
}

/** ADD followed by a phrase of the table above. */
function atOtherAdd(cursor: Cursor): boolean {
  return ["SEARCH OPTIMIZATION", "DATA METRIC FUNCTION", "PARTITION", "FILES"].some(
    (phrase) =>
      cursor.atKeywordFrom(1, ...phrase.split(" ")) &&
      (phrase.includes(" ") || cursor.atPunctuation("(", 2) || cursor.atKeywordFrom(2, "FIELD")),
  );
}

function parseRenaming(cursor: Cursor): { from: Identifier; to: Identifier } {
  const from = cursor.identifier();
  cursor.expectKeyword("TO");
  return { from, to: cursor.identifier() };
}

function parseAdd(cursor: Cursor): TableAlteration {
  cursor.expectKeyword("ADD");
  const policy = acceptTablePolicy(cursor);
  if (policy !== undefined) return { kind: "add_policy", policy };
  if (atTableConstraint(cursor)) {
    return { kind: "add_constraint", constraint: parseTableConstraint(cursor) };
  }
  const grouped = cursor.atPunctuation("(") && cursor.acceptPunctuation("(");
  const columns = commaList(cursor, parseAddedColumn);
  if (grouped) cursor.expectPunctuation(")");
  return { kind: "add_columns", columns };
}

/** `[COLUMN] [IF NOT EXISTS] definition`; the words may be repeated before each column. */
function parseAddedColumn(cursor: Cursor): AddedColumn {
  cursor.acceptKeyword("ADD");
  cursor.acceptKeyword("COLUMN");
  const ifNotExists = acceptIfNotExists(cursor);
  return { ifNotExists, definition: parseColumnDefinition(cursor) };
}

function parseModify(cursor: Cursor): TableAlteration {
  cursor.expectAnyKeyword("ALTER", "MODIFY");
  const constraint = acceptConstraintReference(cursor);
  if (constraint === undefined) {
    return { kind: "alter_columns", alterations: parseColumnAlterations(cursor) };
  }
  return { kind: "alter_constraint", constraint, properties: parseConstraintProperties(cursor) };
}

function parseDrop(cursor: Cursor): TableAlteration {
  cursor.expectKeyword("DROP");
  const policy = acceptTablePolicy(cursor);
  if (policy !== undefined) return parseDropPolicy(cursor, policy);
  const constraint = acceptConstraintReference(cursor);
  if (constraint !== undefined) {
    return { kind: "drop_constraint", constraint, behavior: acceptBehavior(cursor) };
  }
  cursor.acceptKeyword("COLUMN");
  const ifExists = acceptIfExists(cursor);
  const grouped = cursor.acceptPunctuation("(");
  const columns = commaList(cursor, () => {
    cursor.acceptKeyword("COLUMN");
    return cursor.identifier();
  });
  if (grouped) cursor.expectPunctuation(")");
  return { kind: "drop_columns", ifExists, columns, behavior: acceptBehavior(cursor) };
}

function parseDropPolicy(cursor: Cursor, dropped: PolicyAttachment): TableAlteration {
  const { policyKind, policy } = dropped;
  let replacement: PolicyAttachment | undefined;
  if (cursor.acceptPunctuation(",")) {
    cursor.expectKeyword("ADD");
    replacement = acceptTablePolicy(cursor) ?? cursor.unexpected();
  }
  return { kind: "drop_policy", policyKind, policy, replacement };
}

function acceptBehavior(cursor: Cursor): "CASCADE" | "RESTRICT" | undefined {
  return cursor.acceptAnyKeyword("CASCADE", "RESTRICT");
}

export function printAlterTable(statement: AlterTableStatement): string {
  return spaced(
    `ALTER ${statement.object}`,
    statement.ifExists && "IF EXISTS",
    commas([statement.name, ...statement.others], printObjectName),
    printTableAlteration(statement.alteration),
  );
}

function printTableAlteration(alteration: TableAlteration): string {
  switch (alteration.kind) {
    case "add_columns":
      return `ADD ${commas(alteration.columns, printAddedColumn)}`;
    case "drop_columns":
      return spaced(
        "DROP COLUMN",
        alteration.ifExists && "IF EXISTS",
        commas(alteration.columns, printIdentifier),
        alteration.behavior,
      );
    case "rename_column":
      return `RENAME COLUMN ${printRenaming(alteration)}`;
    case "alter_columns":
      return `ALTER ${printColumnAlterations(alteration.alterations)}`;
    case "add_constraint":
      return `ADD ${printConstraint(alteration.constraint)}`;
    case "drop_constraint":
      return spaced("DROP", printConstraintReference(alteration.constraint), alteration.behavior);
    case "rename_constraint":
      return `RENAME CONSTRAINT ${printRenaming(alteration)}`;
    case "alter_constraint":
      return spaced(
        `ALTER ${printConstraintReference(alteration.constraint)}`,
        printConstraintProperties(alteration.properties),
      );
    case "cluster_by":
      return `CLUSTER BY ${parenthesized(alteration.expressions, printExpression)}`;
    case "add_policy":
      return `ADD ${printPolicy(alteration.policy)}`;
    case "drop_policy":
      return printDropPolicy(alteration);
    case "clause":
      return printClause(alteration.clause);
    default:
      return printCommonAlteration(alteration);
  }
}

function printDropPolicy(alteration: Extract<TableAlteration, { kind: "drop_policy" }>): string {
  const { policyKind, policy, replacement } = alteration;
  const dropped = `DROP ${policyKind} ${printObjectName(policy)}`;
  return replacement === undefined ? dropped : `${dropped}, ADD ${printPolicy(replacement)}`;
}

function printRenaming({ from, to }: { from: Identifier; to: Identifier }): string {
  return `${printIdentifier(from)} TO ${printIdentifier(to)}`;
}

function printAddedColumn({ ifNotExists, definition }: AddedColumn): string {
  return spaced("COLUMN", ifNotExists && "IF NOT EXISTS", printColumnDefinition(definition));
}
