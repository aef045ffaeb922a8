/** Literals with a grammar of their own: typed, interval, array, object. */

import type { Expression, ObjectLiteral, Star } from "../ast/expressions.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpression } from "./expressions.ts";
import { parsePrimary } from "./primary.ts";
import { atStar, parseStar } from "./stars.ts";
import { parseIntervalQualifier, parseTypeName } from "./types.ts";

/** Types that may stand before a string: DATE '2024-01-01'. Docs: data-types-datetime. */
const LITERAL_TYPES = new Set([
  "DATE",
  "TIME",
  "TIMESTAMP",
  "TIMESTAMP_NTZ",
  "TIMESTAMP_LTZ",
  "TIMESTAMP_TZ",
  "TIMESTAMPNTZ",
  "TIMESTAMPLTZ",
  "TIMESTAMPTZ",
  "DATETIME",
  "DECFLOAT",
  "UUID",
]);

/** A word with a string behind it: `DATE '…'` or `INTERVAL '…' [unit [TO unit]]`; undefined for other words. */
export function parseTypedLiteral(cursor: Cursor): Expression | undefined {
  const { start, value: word, end } = cursor.peek();
  if (word === "INTERVAL") {
    cursor.next();
    const value = cursor.stringLiteral();
    const [unit, toUnit] = parseIntervalQualifier(cursor);
    return {
      kind: "interval_literal",
      value,
      ...(unit !== undefined && { unit }),
      ...(toUnit !== undefined && { toUnit }),
      span: cursor.spanFrom(start),
    };
  }
  if (!LITERAL_TYPES.has(word)) return undefined;
  cursor.next();
  const span = { start, end };
  const type = { name: word, parameters: [], elements: [], fields: [], span };
  const value = cursor.stringLiteral();
  return { kind: "typed_literal", type, value, span: cursor.spanFrom(start) };
}

/** Where the string stands in `PERIOD(DATE) '…'` and in `PERIOD(TIME(0)) '…'`, in tokens. */
const PERIOD_STRING = { plain: 4, sized: 7 } as const;

/** At `PERIOD(T) '…'`: a call of a function PERIOD has no string behind it. */
export function atPeriodLiteral(cursor: Cursor): boolean {
  if (!cursor.atKeyword("PERIOD") || !cursor.atPunctuation("(", 1)) return false;
  const at = cursor.atPunctuation(")", PERIOD_STRING.plain - 1)
    ? PERIOD_STRING.plain
    : PERIOD_STRING.sized;
  return cursor.atPunctuation(")", at - 1) && cursor.atString(at);
}

/** `PERIOD(DATE) '[2024-01-01, 2024-12-31)'`. Docs: data-types-period, "Typed literal". */
export function parsePeriodLiteral(cursor: Cursor): Expression {
  const { start } = cursor.peek();
  const type = parseTypeName(cursor);
  const value = cursor.stringLiteral();
  return { kind: "typed_literal", type, value, span: cursor.spanFrom(start) };
}

/** `[a, b, …]`; empty too. Docs: data-types-semistructured, "ARRAY constants". */
export function parseArray(cursor: Cursor): Expression {
  const { start } = cursor.peek();
  cursor.expectPunctuation("[");
  const items = cursor.atPunctuation("]")
    ? []
    : cursor.commaSeparated(() => parseExpression(cursor));
  cursor.expectPunctuation("]");
  return { kind: "array_literal", items, span: cursor.spanFrom(start) };
}

/** `{'k': v, …}`, `{}`, `{*}`, `{t.* EXCLUDE a, 'k': v}`. Docs: data-types-semistructured, "OBJECT constants". */
export function parseObject(cursor: Cursor): Expression {
  const { start } = cursor.peek();
  cursor.expectPunctuation("{");
  const entries: ObjectLiteral["entries"][number][] = [];
  const stars: Star[] = [];
  if (!cursor.atPunctuation("}")) {
    cursor.commaSeparated(() => {
      if (atStar(cursor)) {
        stars.push(parseStar(cursor));
        return;
      }
      const key = parsePrimary(cursor);
      cursor.expectPunctuation(":");
      entries.push({ key, value: parseExpression(cursor) });
    });
  }
  cursor.expectPunctuation("}");
  return { kind: "object_literal", entries, stars, span: cursor.spanFrom(start) };
}
