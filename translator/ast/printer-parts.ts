/** What the printer's parts share: text and nodes in a row, names, types, ORDER BY, windows. */

import { quoteString } from "../lex/literals.ts";
import type {
  Argument,
  Expression,
  Identifier,
  ObjectName,
  StarModifiers,
  TypeName,
  WindowFrameBound,
  WindowSpecification,
} from "./expressions.ts";
import type { OrderItem, Query } from "./queries.ts";
import type { AstNode } from "./walk.ts";

/** A piece of output: text, or a node that is yet to be printed. */
export type Part = string | AstNode;

export function expressionPart(node: Expression): Part {
  return { sort: "expression", node };
}

export function queryPart(node: Query): Part {
  return { sort: "query", node };
}

/** The parts of every item, with a separator between. */
export function joined(items: readonly (readonly Part[])[], separator = ", "): Part[] {
  return items.flatMap((item, i) => (i === 0 ? item : [separator, ...item]));
}

export function expressionList(items: readonly Expression[]): Part[] {
  return joined(items.map((item) => [expressionPart(item)]));
}

/** `prefix expression` when there is one. */
export function optional(prefix: string, node: Expression | undefined, suffix = ""): Part[] {
  return node === undefined ? [] : [prefix, expressionPart(node), suffix];
}

export function printIdentifier({ name, quoted }: Identifier): string {
  return quoted ? `"${name.replaceAll('"', '""')}"` : name;
}

export function printIdentifiers(identifiers: readonly Identifier[]): string {
  return identifiers.map(printIdentifier).join(", ");
}

export function printQualified(parts: readonly Identifier[]): string {
  return parts.map(printIdentifier).join(".");
}

export function namePart(name: ObjectName): Part[] {
  if (name.kind === "identifier_function") {
    return ["IDENTIFIER(", expressionPart(name.argument), ")"];
  }
  if (name.kind === "reference_function") return [`REFERENCE(${quoteString(name.reference)})`];
  const method = name.method === undefined ? "" : `!${printIdentifier(name.method)}`;
  return [printQualified(name.parts) + method];
}

/** A type name as Snowflake SQL. */
export function printTypeName(type: TypeName): string {
  const nullability = (nullable: boolean) => (nullable ? "" : " NOT NULL");
  const inner = [
    ...type.elements.map((element) => printTypeName(element.type) + nullability(element.nullable)),
    ...type.fields.map(
      (field) =>
        `${printIdentifier(field.name)} ${printTypeName(field.type)}${nullability(field.nullable)}`,
    ),
    ...type.parameters.map(String),
  ];
  const parameters = inner.length > 0 ? `(${inner.join(", ")})` : "";
  const collation = type.collation === undefined ? "" : ` COLLATE ${quoteString(type.collation)}`;
  return type.name + parameters + collation;
}

export function printDirection({ descending, nulls }: Omit<OrderItem, "expression">): string {
  return (descending ? " DESC" : "") + (nulls === undefined ? "" : ` NULLS ${nulls.toUpperCase()}`);
}

export function orderParts(items: readonly OrderItem[]): Part[] {
  return joined(items.map((item) => [expressionPart(item.expression), printDirection(item)]));
}

function boundParts(bound: WindowFrameBound): Part[] {
  switch (bound.kind) {
    case "unbounded_preceding":
      return ["UNBOUNDED PRECEDING"];
    case "unbounded_following":
      return ["UNBOUNDED FOLLOWING"];
    case "current_row":
      return ["CURRENT ROW"];
    case "preceding":
      return [expressionPart(bound.offset), " PRECEDING"];
    case "following":
      return [expressionPart(bound.offset), " FOLLOWING"];
  }
}

/** `(w PARTITION BY … ORDER BY … ROWS …)`, or the name alone for OVER w. */
export function windowParts(window: WindowSpecification, named = false): Part[] {
  const { base, partitionBy, orderBy, frame } = window;
  const clauses: Part[][] = [];
  if (base !== undefined) clauses.push([printIdentifier(base)]);
  if (partitionBy.length > 0) clauses.push(["PARTITION BY ", ...expressionList(partitionBy)]);
  if (orderBy.length > 0) clauses.push(["ORDER BY ", ...orderParts(orderBy)]);
  if (frame !== undefined) {
    const bounds =
      frame.end === undefined
        ? boundParts(frame.start)
        : ["BETWEEN ", ...boundParts(frame.start), " AND ", ...boundParts(frame.end)];
    clauses.push([`${frame.unit.toUpperCase()} `, ...bounds]);
  }
  if (base !== undefined && clauses.length === 1 && !named) return joined(clauses);
  return ["(", ...joined(clauses, " "), ")"];
}

export function argumentParts(args: readonly Argument[]): Part[] {
  return joined(
    args.map(({ name, value }) =>
      name === undefined
        ? [expressionPart(value)]
        : [`${printIdentifier(name)} => `, expressionPart(value)],
    ),
  );
}

/** `t.* EXCLUDE (…) …`. */
export function starParts(qualifier: readonly Identifier[], modifiers: StarModifiers): Part[] {
  const { ilike, exclude, replace, rename } = modifiers;
  const parts: Part[] = [qualifier.length > 0 ? `${printQualified(qualifier)}.*` : "*"];
  if (ilike !== undefined) parts.push(` ILIKE ${quoteString(ilike)}`);
  if (exclude.length > 0) parts.push(` EXCLUDE (${printIdentifiers(exclude)})`);
  if (replace.length > 0) {
    const items = replace.map(({ expression, name }) => [
      expressionPart(expression),
      ` AS ${printIdentifier(name)}`,
    ]);
    parts.push(" REPLACE (", ...joined(items), ")");
  }
  if (rename.length > 0) {
    const items = rename.map(
      ({ from, to }) => `${printIdentifier(from)} AS ${printIdentifier(to)}`,
    );
    parts.push(` RENAME (${items.join(", ")})`);
  }
  return parts;
}
