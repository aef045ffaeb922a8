import { describe, expect, it } from "vitest";
import { must } from "../base/assert.ts";
import { Cursor } from "../parse/cursor.ts";
import { parseRowPattern } from "../parse/row-pattern.ts";
import { compilePattern } from "./match-pattern.ts";
import { findMatches, type MatchOptions } from "./match-run.ts";

const SYMBOLS = ["A", "B", "C"];
const PAST: MatchOptions["skip"] = { kind: "past_last_row" };

function program(pattern: string) {
  const parsed = parseRowPattern(new Cursor(pattern));
  return must(compilePattern(parsed, (name) => SYMBOLS.indexOf(name)));
}

/**
 * Each match as its first row and the symbols of its rows, hidden ones in lower case.
 * @param rows for each row the symbols whose condition is true
 */
function matches(
  pattern: string,
  rows: readonly string[],
  skip: MatchOptions["skip"] = PAST,
): readonly string[] {
  const masks = rows.map((row) => SYMBOLS.map((name) => (row.includes(name) ? "1" : "0")).join(""));
  const options = { program: program(pattern), bits: [0, 1, 2], rows: "all" as const, skip };
  const found = new Map<number, string>();
  for (const { match = 0, row, symbol, shown } of findMatches(masks, options)) {
    const name = symbol === undefined ? "" : must(SYMBOLS[symbol]);
    const before = found.get(match) ?? `${row}:`;
    found.set(match, before + (shown ? name : name.toLowerCase()));
  }
  return [...found.values()];
}

describe("matching row patterns", () => {
  it("takes as many rows as possible, or as few with ?", () => {
    const rows = ["A", "AB", "AB", "B"];
    expect(matches("A+ B", rows)).toEqual(["1:AAAB"]);
    expect(matches("A+? B", rows)).toEqual(["1:AB", "3:AB"]);
    expect(matches("A{2}", rows)).toEqual(["1:AA"]);
    expect(matches("A{1,2} B{0,1}", rows)).toEqual(["1:AAB"]);
    expect(matches("A?", ["A", "B"])).toEqual(["1:A", "2:"]);
  });

  it("prefers the earlier alternative, and binds | tighter than a sequence", () => {
    expect(matches("A | B", ["AB", "B"])).toEqual(["1:A", "2:B"]);
    expect(matches("A B | C A", ["A", "C", "A"])).toEqual(["1:ACA"]);
    expect(matches("(A B) | (C A)", ["C", "A", "B"])).toEqual(["1:CA"]);
  });

  it("tries permutations in the written order", () => {
    expect(matches("PERMUTE(A, B, C)", ["C", "A", "B"])).toEqual(["1:CAB"]);
    expect(matches("PERMUTE(A, B)", ["AB", "AB"])).toEqual(["1:AB"]);
  });

  it("hides what is excluded, and knows both ends of the partition", () => {
    expect(matches("A {- B+ -} C", ["A", "B", "B", "C"])).toEqual(["1:AbbC"]);
    expect(matches("^ A", ["A", "A"])).toEqual(["1:A"]);
    expect(matches("A $", ["A", "A"])).toEqual(["2:A"]);
  });

  it("goes on where AFTER MATCH SKIP says", () => {
    const rows = ["A", "A", "B"];
    expect(matches("A+ B", rows, { kind: "next_row" })).toEqual(["1:AAB", "2:AB"]);
    const toB: MatchOptions["skip"] = { kind: "to_last", name: "B", symbols: [1] };
    expect(matches("A B C | B", ["A", "B", "BC", "B"], toB)).toEqual(["1:ABC"]);
    expect(() => matches("A+", rows, { kind: "to_first", name: "A", symbols: [0] })).toThrow(
      /first row of the match/,
    );
    expect(() => matches("A+", rows, toB)).toThrow(/no row of the match/);
  });

  it("takes time that grows with the rows, also for patterns of many ways", () => {
    const rows = Array.from({ length: 3_000 }, () => "A");
    expect(matches("(A* A*)* B", rows)).toEqual([]);
  });

  it("ends for loops that take no row", () => {
    expect(matches("(A?)* B", ["A", "B"])).toEqual(["1:AB"]);
  });

  it("refuses a pattern that is too long when it is written out", () => {
    const parsed = parseRowPattern(new Cursor("(A{1000}){1000}"));
    expect(compilePattern(parsed, () => 0)).toBeUndefined();
  });
});
