import { describe, expect, test } from "vitest";
import type { OutputFormat } from "../config/options.ts";
import { cellLines, displayWidth } from "./display-width.ts";
import { printResult } from "./print-result.ts";
import type { WireColumn, WireRow } from "./wire-client.ts";

const PARAMETERS = new Map<string, unknown>([
  ["TIMEZONE", "America/Los_Angeles"],
  ["DATE_OUTPUT_FORMAT", "YYYY-MM-DD"],
  ["TIME_OUTPUT_FORMAT", "HH24:MI:SS"],
  ["TIMESTAMP_OUTPUT_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM"],
  ["TIMESTAMP_NTZ_OUTPUT_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF3"],
  ["TIMESTAMP_LTZ_OUTPUT_FORMAT", ""],
  ["TIMESTAMP_TZ_OUTPUT_FORMAT", ""],
  ["BINARY_OUTPUT_FORMAT", "HEX"],
]);

async function printed(
  format: OutputFormat,
  columns: readonly (readonly [name: string, type: string])[],
  ...batches: readonly (readonly WireRow[])[]
): Promise<string> {
  let text = "";
  const result = {
    queryId: "",
    columns: columns.map(([name, type]): WireColumn => ({ name, type, scale: 0 })),
    parameters: PARAMETERS,
    total: 0,
    database: undefined,
    schema: undefined,
    async *batches() {
      yield* batches;
    },
  };
  await printResult(
    result,
    format,
    (part) => {
      text += part;
    },
    3.4,
  );
  return text;
}

test("a table aligns by display width, numbers to the right, and shows NULL", async () => {
  const columns = [
    ["N", "fixed"],
    ["TEXT", "text"],
  ] as const;
  expect(
    await printed(
      "table",
      columns,
      [
        ["1", "漢字"],
        ["-20", null],
      ],
      [["3", "a\nb\tc"]],
    ),
  ).toBe(
    [
      "┌─────┬────────┐",
      "│   N │ TEXT   │",
      "├─────┼────────┤",
      "│   1 │ 漢字   │",
      "│ -20 │ NULL   │",
      "│   3 │ a      │",
      "│     │ b    c │",
      "└─────┴────────┘",
      "3 rows (3 ms)",
      "",
    ].join("\n"),
  );
});

test("cells print in the session's output formats", async () => {
  const columns = [
    ["D", "date"],
    ["T", "time"],
    ["N", "timestamp_ntz"],
    ["L", "timestamp_ltz"],
    ["Z", "timestamp_tz"],
    ["B", "boolean"],
    ["X", "binary"],
  ] as const;
  const row = [
    "19724",
    "3661.500000000",
    "-0.250000000",
    "1704164645.000000000",
    "1704157445.123000000 1560",
    "1",
    "AB01",
  ];
  expect(await printed("csv", columns, [row])).toBe(
    "D,T,N,L,Z,B,X\n2024-01-02,01:01:01,1969-12-31 23:59:59.750,2024-01-01 19:04:05.000 -0800," +
      "2024-01-02 03:04:05.123 +0200,true,AB01\n",
  );
});

describe("csv", () => {
  test("tells NULL from the empty text and quotes what it must", async () => {
    const columns = [
      ["A", "text"],
      ['B"', "text"],
    ] as const;
    expect(
      await printed("csv", columns, [
        [null, ""],
        ['a,"b', "c\nd"],
      ]),
    ).toBe('A,"B"""\n,""\n"a,""b","c\nd"\n');
  });
});

describe("json", () => {
  test("keeps all digits, nests variants, separates equal names", async () => {
    const columns = [
      ["A", "fixed"],
      ["A", "real"],
      ["V", "variant"],
      ["W", "array"],
    ] as const;
    const rows = [
      ["12345678901234567890123456789012345678", "NaN", '{\n  "a b": 1.10\n}', "[undefined]"],
      [null, "1e+300", null, "[\n  1\n]"],
    ];
    expect(await printed("json", columns, rows)).toBe(
      '[\n  {"A": 12345678901234567890123456789012345678, "A_2": "NaN", "V": {"a b":1.10}, "W": "[undefined]"},\n' +
        '  {"A": null, "A_2": 1e+300, "V": null, "W": [1]}\n]\n',
    );
  });

  test("of no rows is an empty array", async () => {
    expect(await printed("json", [["A", "text"]], [])).toBe("[]\n");
  });
});

test("display width counts what a terminal draws", () => {
  expect(displayWidth("abc")).toBe(3);
  expect(displayWidth("e\u0301")).toBe(1);
  expect(displayWidth("漢字")).toBe(4);
  expect(displayWidth("👩‍👩‍👧")).toBe(2);
  expect(displayWidth("ｱ")).toBe(1);
});

test("control characters do not reach the terminal", () => {
  expect(cellLines("a\u001b[31mb\r\nc\u0007")).toEqual(["a\\x1b[31mb", "c\\x07"]);
});
