import { expect, test } from "vitest";
import { closing, countsOf, failuresIn, skipsIn, sum } from "./counts.ts";

test("a closing line counts, the last one decides", () => {
  const lines = ["1 passed, 0 failed", "noise", "cases: 12 passed, 3 failed, 4 skipped"];
  expect(countsOf(lines, 1)).toEqual({ passed: 12, failed: 3, skipped: 4 });
});

test("a sentence that holds a closing line is not one", () => {
  expect(countsOf(["so 3 passed, 1 failed then"], 0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
});

test("vitest's summary counts tests, not files", () => {
  const lines = [" Test Files  1 failed | 2 passed (3)", "      Tests  1 failed | 9 passed (10)"];
  expect(countsOf(lines, 1)).toEqual({ passed: 9, failed: 1, skipped: 0 });
});

test("a step that ends badly has failed, even when every test it counted passed", () => {
  expect(countsOf(["5 passed, 0 failed, 1 skipped"], 2)).toEqual({
    passed: 5,
    failed: 1,
    skipped: 1,
  });
  expect(countsOf([], 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test("a silent step that ends well is one test; no test files are none", () => {
  expect(countsOf([], 0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
  expect(countsOf(["No test files found, exiting with code 0"], 0)).toEqual({
    passed: 0,
    failed: 0,
    skipped: 0,
  });
});

test("skip lines are kept with their reasons", () => {
  expect(skipsIn(["SKIPPED python 5.x: no python3", "skipper"])).toEqual([
    "SKIPPED python 5.x: no python3",
  ]);
});

test("sums close with one line", () => {
  const counts = [
    { passed: 1, failed: 0, skipped: 2 },
    { passed: 3, failed: 1, skipped: 0 },
  ];
  expect(closing(sum(counts))).toBe("4 passed, 1 failed, 2 skipped");
});

test("what failed is kept once, with the assertion's words", () => {
  const name = "FAIL  engine server/a.engine.test.ts > files > are split";
  const lines = [
    `  ${name}`,
    "AssertionError: expected 1 to be 2",
    "not okay",
    name,
    "FAILED select",
  ];
  expect(failuresIn(lines)).toEqual([name, "AssertionError: expected 1 to be 2", "FAILED select"]);
});
