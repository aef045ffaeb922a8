/** Printing expressions: one node to its text and the nodes inside it. */

import { quoteString } from "../lex/literals.ts";
import type {
  BindReference,
  CallExpression,
  CaseExpression,
  Expression,
  LambdaExpression,
  LikeExpression,
  ObjectLiteral,
  PathExpression,
  StringLiteral,
  UnaryExpression,
} from "./expressions.ts";
import {
  argumentParts,
  expressionList,
  expressionPart as inner,
  joined,
  namePart,
  optional,
  orderParts,
  type Part,
  printIdentifier,
  printQualified,
  printTypeName,
  queryPart,
  starParts,
  windowParts,
} from "./printer-parts.ts";

/** An expression as text and child nodes. */
export function expressionParts(node: Expression): readonly Part[] {
  switch (node.kind) {
    case "number_literal":
      return [node.text];
    case "string_literal":
      return [stringText(node)];
    case "binary_literal":
      return [`X'${node.hex}'`];
    case "boolean_literal":
      return [node.value ? "TRUE" : "FALSE"];
    case "null_literal":
      return ["NULL"];
    case "typed_literal":
      return [`${printTypeName(node.type)} ${quoteString(node.value)}`];
    case "interval_literal": {
      const units = [node.unit, node.toUnit].filter((unit) => unit !== undefined).join(" TO ");
      return [`INTERVAL ${quoteString(node.value)} ${units}`.trimEnd()];
    }
    case "column":
      return [printQualified(node.parts)];
    case "positional":
      return [[...node.qualifier.map(printIdentifier), `$${node.index}`].join(".")];
    case "session_variable":
      return [`$${node.name}`];
    case "bind":
      return [bindText(node)];
    case "star":
      return starParts(node.qualifier, node.modifiers);
    case "default":
      return ["DEFAULT"];
    case "identifier_function":
      return ["IDENTIFIER(", inner(node.argument), ")"];
    case "array_literal":
      return ["[", ...expressionList(node.items), "]"];
    case "object_literal":
      return objectParts(node);
    case "tuple":
      return ["(", ...expressionList(node.items), ")"];
    case "lambda":
      return lambdaParts(node);
    case "parenthesized":
      return ["(", inner(node.inner), ")"];
    case "subquery":
      return ["(", queryPart(node.query), ")"];
    case "exists":
      return ["EXISTS (", queryPart(node.query), ")"];
    case "case":
      return caseParts(node);
    case "call":
      return callParts(node);
    case "path":
      return pathParts(node);
    default:
      return operatorParts(node);
  }
}

type OperatorKind =
  | "unary"
  | "binary"
  | "is"
  | "distinct_from"
  | "between"
  | "in_list"
  | "in_query"
  | "quantified"
  | "like"
  | "cast"
  | "collate";

function operatorParts(node: Extract<Expression, { kind: OperatorKind }>): readonly Part[] {
  switch (node.kind) {
    case "unary":
      return unaryParts(node);
    case "binary":
      return [inner(node.left), ` ${node.operator.toUpperCase()} `, inner(node.right)];
    case "is":
      return [inner(node.operand), ` IS ${not(node)}${node.test.toUpperCase()}`];
    case "distinct_from":
      return [inner(node.left), ` IS ${not(node)}DISTINCT FROM `, inner(node.right)];
    case "between": {
      const { operand, low, high } = node;
      return [inner(operand), ` ${not(node)}BETWEEN `, inner(low), " AND ", inner(high)];
    }
    case "in_list":
      return [inner(node.operand), ` ${not(node)}IN (`, ...expressionList(node.items), ")"];
    case "in_query":
      return [inner(node.operand), ` ${not(node)}IN (`, queryPart(node.query), ")"];
    case "quantified": {
      const words = ` ${node.operator} ${node.quantifier.toUpperCase()} (`;
      return [inner(node.operand), words, queryPart(node.query), ")"];
    }
    case "like":
      return likeParts(node);
    case "cast": {
      const type = printTypeName(node.type);
      if (node.style === "operator") return [inner(node.operand), `::${type}`];
      const target = [type, ...node.options].join(" ");
      return [`${node.style.toUpperCase()}(`, inner(node.operand), ` AS ${target})`];
    }
    case "collate":
      return [inner(node.operand), ` COLLATE ${quoteString(node.collation)}`];
  }
}

function not({ negated }: { readonly negated: boolean }): string {
  return negated ? "NOT " : "";
}

function stringText({ value, dollarQuoted }: StringLiteral): string {
  return dollarQuoted ? `$$${value}$$` : quoteString(value);
}

function bindText({ index, name }: BindReference): string {
  return name === undefined ? `:${index}` : `:${printIdentifier(name)}`;
}

const UNARY_PREFIXES: Readonly<Record<UnaryExpression["operator"], string>> = {
  "-": "-",
  "+": "+",
  not: "NOT ",
  prior: "PRIOR ",
  connect_by_root: "CONNECT_BY_ROOT ",
  spread: "**",
  outer_join: "",
};

function unaryParts({ operator, operand }: UnaryExpression): Part[] {
  if (operator === "outer_join") return [inner(operand), "(+)"];
  // Two minus signs in a row would begin a comment.
  const space = operator === "-" && operand.kind === "unary" ? " " : "";
  return [UNARY_PREFIXES[operator] + space, inner(operand)];
}

function likeParts(node: LikeExpression): Part[] {
  const words = ` ${not(node)}${node.operator.toUpperCase()} `;
  const patterns = expressionList(node.patterns);
  const right: Part[] =
    node.quantifier === undefined
      ? patterns
      : [`${node.quantifier.toUpperCase()} (`, ...patterns, ")"];
  return [inner(node.operand), words, ...right, ...optional(" ESCAPE ", node.escape)];
}

function objectParts({ entries, stars }: ObjectLiteral): Part[] {
  const pairs = entries.map(({ key, value }) => [inner(key), ": ", inner(value)]);
  return ["{", ...joined([...stars.map((star) => [inner(star)]), ...pairs]), "}"];
}

function lambdaParts({ parameters, body }: LambdaExpression): Part[] {
  const list = parameters.map(({ name, type }) =>
    type === undefined ? printIdentifier(name) : `${printIdentifier(name)} ${printTypeName(type)}`,
  );
  return [`(${list.join(", ")}) -> `, inner(body)];
}

function caseParts({ operand, branches, otherwise }: CaseExpression): Part[] {
  return [
    "CASE",
    ...optional(" ", operand),
    ...branches.flatMap((branch) => [" WHEN ", inner(branch.when), " THEN ", inner(branch.then)]),
    ...optional(" ELSE ", otherwise),
    " END",
  ];
}

function pathParts({ base, steps }: PathExpression): Part[] {
  const parts: Part[] = [inner(base)];
  steps.forEach((step, i) => {
    if (step.kind === "index") {
      parts.push("[", inner(step.expression), "]");
    } else {
      const key = step.quoted ? `"${step.name.replaceAll('"', '""')}"` : step.name;
      parts.push((i === 0 ? ":" : ".") + key);
    }
  });
  return parts;
}

function callParts(node: CallExpression): Part[] {
  if (node.bare) return namePart(node.name);
  const { withinGroup, over } = node;
  return [
    ...namePart(node.name),
    node.distinct ? "(DISTINCT " : "(",
    ...argumentParts(node.arguments),
    ")",
    ...(withinGroup.length > 0
      ? [" WITHIN GROUP (ORDER BY ", ...orderParts(withinGroup), ")"]
      : []),
    node.fromLast ? " FROM LAST" : "",
    node.nulls === undefined ? "" : ` ${node.nulls.toUpperCase()} NULLS`,
    ...(over === undefined ? [] : [" OVER ", ...windowParts(over)]),
  ];
}
