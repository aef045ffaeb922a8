import { describe, expect, it } from "vitest";
import { applyClauses, likePattern } from "./clauses.ts";

const rows = ["A", "JDEMO1", "JDEMO2", "JDEMO3", "a_b", "aXb"].map((name) => ({ name }));
const names = (clauses: Parameters<typeof applyClauses>[1]) =>
  applyClauses(rows, clauses).map(({ name }) => name);

describe("clauses of SHOW", () => {
  it("matches LIKE without case, with an escape", () => {
    expect(likePattern("%demo_").test("JDEMO1")).toBe(true);
    expect(likePattern("demo%").test("JDEMO1")).toBe(false);
    expect(likePattern("a.b").test("aXb")).toBe(false);
    expect(likePattern("x-^$.*+?()[]{}|/'-%").test("x-^$.*+?()[]{}|/'-y")).toBe(true);
    expect(names({ like: "A_B" })).toEqual(["a_b", "aXb"]);
    expect(names({ like: "A\\_B" })).toEqual(["a_b"]);
  });

  it("takes STARTS WITH and FROM by the letter, and limits last", () => {
    expect(names({ startsWith: "a" })).toEqual(["a_b", "aXb"]);
    expect(names({ limit: { rows: 2, from: "J" } })).toEqual(["JDEMO1", "JDEMO2"]);
    expect(names({ limit: { rows: 9, from: "JDEMO2" }, like: "j%" })).toEqual(["JDEMO3"]);
  });
});
