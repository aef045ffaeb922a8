import { describe, expect, it } from "vitest";
import type { Expression } from "../ast/expressions.ts";
import { orderParts, rowParts } from "./order-items.ts";

const span = { start: 0, end: 0 };
const number = (text: string): Expression => ({ kind: "number_literal", text, span });
const tuple = (...items: Expression[]): Expression => ({ kind: "tuple", items, span });
const parenthesized = (inner: Expression): Expression => ({ kind: "parenthesized", inner, span });

describe("rows in ORDER BY and PARTITION BY", () => {
  it("stand for their parts, at any depth", () => {
    const [a, b, c] = [number("1"), number("2"), number("3")];
    expect(rowParts(tuple(a, tuple(b, c)))).toEqual([a, b, c]);
    expect(rowParts(parenthesized(parenthesized(tuple(a, b))))).toEqual([a, b]);
  });

  it("leave one expression in parentheses as it is", () => {
    const one = parenthesized(number("1"));
    expect(rowParts(one)).toEqual([one]);
  });

  it("give their direction to each part", () => {
    const [a, b] = [number("1"), number("2")];
    const item = { descending: true, nulls: "last" as const };
    expect(orderParts([{ ...item, expression: tuple(a, b) }])).toEqual([
      { ...item, expression: a },
      { ...item, expression: b },
    ]);
  });
});
