import { expect, test } from "vitest";
import { completeStatements } from "./prompt.ts";

test("a statement is complete at its semicolon", () => {
  expect(completeStatements("select 1")).toEqual({ complete: [], rest: "select 1" });
  expect(completeStatements("select 1;")).toEqual({ complete: ["select 1"], rest: "" });
  expect(completeStatements("select 1 ; select\n2; select")).toEqual({
    complete: ["select 1", "select\n2"],
    rest: " select",
  });
});

test("semicolons in strings, comments and blocks do not end it", () => {
  expect(completeStatements("select ';").complete).toEqual([]);
  expect(completeStatements("select ';';").complete).toEqual(["select ';'"]);
  expect(completeStatements("select /* ;").complete).toEqual([]);
  expect(completeStatements("begin let x := 1; return x;").complete).toEqual([]);
  expect(completeStatements("begin let x := 1; return x; end;").complete).toHaveLength(1);
});

test("empty statements leave nothing behind", () => {
  expect(completeStatements(" ; ;")).toEqual({ complete: [], rest: "" });
});
