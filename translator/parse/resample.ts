/** RESAMPLE after a FROM item, and SEMANTIC_VIEW as one. Docs: resample, semantic_view. */

import type { FromItem, SemanticMember } from "../ast/queries.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpression, parseOperand } from "./expressions.ts";
import { parseTableAlias } from "./from.ts";
import { atStar, parseStar } from "./stars.ts";

type Resample = Extract<FromItem, { kind: "resample" }>;

/** `RESAMPLE (USING c INCREMENT BY e [PARTITION BY …] [METADATA_COLUMNS …]) [alias]`. */
export function parseResample(cursor: Cursor, source: FromItem): FromItem {
  cursor.expectKeyword("RESAMPLE");
  cursor.expectPunctuation("(");
  cursor.expectKeyword("USING");
  const column = parseOperand(cursor);
  cursor.expectKeyword("INCREMENT", "BY");
  const increment = parseOperand(cursor);
  const partitionBy = cursor.acceptClause("PARTITION", "BY")
    ? cursor.commaSeparated(() => parseExpression(cursor))
    : [];
  const metadata = cursor.acceptKeyword("METADATA_COLUMNS")
    ? cursor.commaSeparated(() => parseMetadataColumn(cursor))
    : [];
  cursor.expectPunctuation(")");
  const alias = parseTableAlias(cursor);
  return {
    kind: "resample",
    source,
    column,
    increment,
    partitionBy,
    metadata,
    ...(alias && { alias }),
    span: cursor.spanFrom(source.span.start),
  };
}

function parseMetadataColumn(cursor: Cursor): Resample["metadata"][number] {
  const word = cursor.expectAnyKeyword("IS_GENERATED", "BUCKET_START");
  cursor.expectPunctuation("(");
  cursor.expectPunctuation(")");
  const alias = cursor.optionalAlias();
  const kind = word === "IS_GENERATED" ? "is_generated" : "bucket_start";
  return { kind, ...(alias && { alias }) };
}

type SemanticView = Extract<FromItem, { kind: "semantic_view" }>;

const KINDS = { METRICS: "metrics", FACTS: "facts", DIMENSIONS: "dimensions" } as const;
const CLAUSES = ["METRICS", "FACTS", "DIMENSIONS"] as const;

/** `SEMANTIC_VIEW (v [METRICS …] [FACTS …] [DIMENSIONS …] [WHERE …]) [alias]`. */
export function parseSemanticView(cursor: Cursor): FromItem {
  const { start } = cursor.peek();
  cursor.expectKeyword("SEMANTIC_VIEW");
  cursor.expectPunctuation("(");
  const name = cursor.objectName();
  const clauses: SemanticView["clauses"][number][] = [];
  for (;;) {
    const word = cursor.acceptAnyKeyword(...CLAUSES);
    if (word === undefined) break;
    const members = cursor.commaSeparated(() => parseMember(cursor));
    clauses.push({ kind: KINDS[word], members });
  }
  const where = cursor.acceptKeyword("WHERE") ? parseExpression(cursor) : undefined;
  cursor.expectPunctuation(")");
  const alias = parseTableAlias(cursor);
  const span = cursor.spanFrom(start);
  return {
    kind: "semantic_view",
    name,
    clauses,
    ...(where && { where }),
    ...(alias && { alias }),
    span,
  };
}

/** An expression or `t.*`, with an alias that is no word of the next clause. */
function parseMember(cursor: Cursor): SemanticMember {
  if (atStar(cursor)) return { expression: parseStar(cursor) };
  const expression = parseExpression(cursor);
  const atClause = cursor.atAnyKeyword(...CLAUSES) !== undefined;
  const alias = atClause ? undefined : cursor.optionalAlias();
  return { expression, ...(alias && { alias }) };
}
