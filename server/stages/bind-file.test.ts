import { expect, it } from "vitest";
import { parseBindRows } from "./bind-file.ts";

it.each([
  ["", []],
  [
    "1,a\n2,b\n",
    [
      ["1", "a"],
      ["2", "b"],
    ],
  ],
  [
    "1,a\r\n2,b",
    [
      ["1", "a"],
      ["2", "b"],
    ],
  ],
  [',"",x\n', [[null, "", "x"]]],
  ["a,\n", [["a", null]]],
  ["a,", [["a", null]]],
  ["\n", [[null]]],
  ['"it said ""no"", then\nleft","b\\c"\n', [['it said "no", then\nleft', "b\\c"]]],
])("%j", (text, rows) => {
  expect(parseBindRows(text)).toEqual(rows);
});
