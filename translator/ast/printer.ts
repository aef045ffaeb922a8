/**
 * The printer: nodes back to Snowflake SQL. Parsing the text gives the same tree except for spans. A tree
 * that was not parsed must bring its own parentheses (`parenthesized` nodes).
 */

import type { Expression } from "./expressions.ts";
import { expressionParts } from "./printer-expressions.ts";
import { fromParts } from "./printer-from.ts";
import type { Part } from "./printer-parts.ts";
import { bodyParts, queryParts } from "./printer-queries.ts";
import type { FromItem, Query } from "./queries.ts";
import type { AstNode } from "./walk.ts";

function partsOf(item: AstNode): readonly Part[] {
  switch (item.sort) {
    case "expression":
      return expressionParts(item.node);
    case "query":
      return queryParts(item.node);
    case "body":
      return bodyParts(item.node);
    case "from":
      return fromParts(item.node);
  }
}

/** Works off a stack of text and nodes, so that the depth of the tree does not matter. */
function print(root: AstNode): string {
  const output: string[] = [];
  const stack: Part[] = [root];
  for (let part = stack.pop(); part !== undefined; part = stack.pop()) {
    if (typeof part === "string") output.push(part);
    else for (const inner of partsOf(part).toReversed()) stack.push(inner);
  }
  return output.join("");
}

/** An expression as Snowflake SQL. */
export function printExpression(node: Expression): string {
  return print({ sort: "expression", node });
}

/** A query as Snowflake SQL. */
export function printQuery(node: Query): string {
  return print({ sort: "query", node });
}

/** A FROM item as Snowflake SQL. */
export function printFromItem(node: FromItem): string {
  return print({ sort: "from", node });
}
