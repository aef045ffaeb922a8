/** One table with a column of every type, and a result over it. */

import { GEO_HOST_FUNCTIONS } from "../../translator/geo/host.ts";
import { duckType } from "../../translator/types/physical.ts";
import type { SnowType } from "../../translator/types/types.ts";
import { VARIANT_HOST_FUNCTIONS } from "../../translator/variant/host.ts";
import { SessionParameters } from "../session/parameters.ts";
import { type DuckDatabase, openDatabase } from "../storage/database.ts";
import { Transactions } from "../storage/transactions.ts";
import { type MaterializeLimits, materialize } from "./materialize.ts";
import { ResultStore } from "./store.ts";
import type { StoredResult } from "./stored.ts";
import type { ResultColumn, RowSource } from "./stream.ts";

export type ResultsKit = {
  readonly database: DuckDatabase;
  readonly transactions: Transactions;
  readonly store: ResultStore;
  readonly parameters: SessionParameters;
  close(): Promise<void>;
};

const HOST_FUNCTIONS = [...VARIANT_HOST_FUNCTIONS, ...GEO_HOST_FUNCTIONS];

export async function openResultsKit(): Promise<ResultsKit> {
  const database = await openDatabase({ hostFunctions: HOST_FUNCTIONS, threads: 2 });
  const connection = await database.connect();
  const store = new ResultStore(undefined);
  return {
    database,
    transactions: new Transactions(database, connection),
    store,
    parameters: new SessionParameters(),
    close: async () => {
      await store.close();
      await database.close();
    },
  };
}

/** Puts every result with more rows than `inlineRows` into a file. */
export function limits(inlineRows: number): MaterializeLimits {
  return { inlineRows, inlineBytes: Number.MAX_SAFE_INTEGER };
}

let lastQuery = 0;

export async function storedResult(
  kit: ResultsKit,
  columns: readonly ResultColumn[],
  rows: RowSource,
  size: MaterializeLimits = limits(50_000),
): Promise<StoredResult> {
  const stream = { columns, rows };
  const stored = await materialize(stream, kit.transactions, kit.store, kit.parameters, size);
  const queryId = `query-${++lastQuery}`;
  const result = {
    queryId,
    sessionId: 1,
    statementType: 4096,
    columns,
    stats: undefined,
    ...stored,
  };
  kit.store.put(result);
  return result;
}

/** A column of a type: three values as DuckDB SQL of the physical type, and their cells on the wire. */
export type TypeCase = {
  readonly type: SnowType;
  readonly sql: readonly string[];
  readonly cells: readonly (string | null)[];
};

const zoned = (instant: string, minutes: number) =>
  `struct_pack(instant := TIMESTAMPTZ '${instant}', offset_minutes := ${minutes}::SMALLINT)`;
const timestamp = (flavor: "ntz" | "ltz" | "tz", scale: number): SnowType => ({
  kind: "timestamp",
  flavor,
  scale,
});

/** Cells are what wire.md 2.3 says of the values. The last value of each is NULL. */
export const TYPE_CASES: readonly TypeCase[] = [
  { type: { kind: "number", precision: 38, scale: 0 }, sql: ["7", "-8"], cells: ["7", "-8"] },
  {
    type: { kind: "number", precision: 38, scale: 0 },
    sql: [`'${"9".repeat(38)}'`, `'-${"9".repeat(38)}'`],
    cells: ["9".repeat(38), `-${"9".repeat(38)}`],
  },
  {
    type: { kind: "number", precision: 38, scale: 37 },
    sql: ["'1.0000000000000000000000000000000000001'", "'-0.5'"],
    cells: ["1.0000000000000000000000000000000000001", `-0.5${"0".repeat(36)}`],
  },
  {
    type: { kind: "number", precision: 4, scale: 2 },
    sql: ["1.5", "-0.05"],
    cells: ["1.50", "-0.05"],
  },
  {
    type: { kind: "number", precision: 9, scale: 0 },
    sql: ["100000", "-1"],
    cells: ["100000", "-1"],
  },
  {
    type: { kind: "number", precision: 18, scale: 3 },
    sql: ["'123456789012345.678'", "0"],
    cells: ["123456789012345.678", "0.000"],
  },
  { type: { kind: "float" }, sql: ["1.5", "'-inf'"], cells: ["1.5", "-inf"] },
  { type: { kind: "float" }, sql: ["'nan'", "3"], cells: ["NaN", "3"] },
  { type: { kind: "text", length: 100 }, sql: ["'a\"b\n'", "''"], cells: ['a"b\n', ""] },
  {
    type: { kind: "text", length: 100 },
    sql: ["'übergroß 🦆 and more'", "chr(0)"],
    cells: ["übergroß 🦆 and more", "\0"],
  },
  { type: { kind: "boolean" }, sql: ["true", "false"], cells: ["1", "0"] },
  { type: { kind: "date" }, sql: ["'1969-12-31'", "'9999-12-31'"], cells: ["-1", "2932896"] },
  {
    type: { kind: "time", scale: 9 },
    sql: ["'01:01:01.123456'", "'00:00:00'"],
    cells: ["3661.123456000", "0.000000000"],
  },
  { type: { kind: "time", scale: 0 }, sql: ["'01:01:01'", "'23:59:59'"], cells: ["3661", "86399"] },
  {
    type: { kind: "time", scale: 3 },
    sql: ["'00:00:00.25'", "'00:00:01'"],
    cells: ["0.250", "1.000"],
  },
  {
    type: timestamp("ntz", 9),
    sql: ["'1969-12-31 23:59:58.75'", "'2023-11-14 22:13:20.000123'"],
    cells: ["-1.250000000", "1700000000.000123000"],
  },
  {
    type: timestamp("ntz", 0),
    sql: ["'0001-01-01 00:00:00'", "'1970-01-01'"],
    cells: ["-62135596800", "0"],
  },
  {
    type: timestamp("ltz", 3),
    sql: ["'1969-12-31 23:59:59.5+00'", "'2023-11-14 22:13:20+00'"],
    cells: ["-0.500", "1700000000.000"],
  },
  {
    type: timestamp("tz", 9),
    sql: [zoned("2023-11-14 22:13:20.123+00", 0), zoned("1969-12-31 23:59:58.75+00", -480)],
    cells: ["1700000000.123000000 1440", "-1.250000000 960"],
  },
  {
    type: { kind: "binary", length: 100 },
    sql: ["'\\xDE\\xAD'", "'a long one of more than twelve bytes'"],
    cells: [
      "DEAD",
      Buffer.from("a long one of more than twelve bytes").toString("hex").toUpperCase(),
    ],
  },
  {
    type: { kind: "variant" },
    sql: [`'{"a":[1,"x"]}'`, `'"text"'`],
    cells: ['{\n  "a": [\n    1,\n    "x"\n  ]\n}', '"text"'],
  },
  {
    type: { kind: "geography", format: "GEOJSON" },
    sql: [
      `'{"coordinates":[-122.35,37.55],"type":"Point"}'`,
      `'{"coordinates":[0,0],"type":"Point"}'`,
    ],
    cells: [
      '{\n  "coordinates": [\n    -122.35,\n    37.55\n  ],\n  "type": "Point"\n}',
      '{\n  "coordinates": [\n    0,\n    0\n  ],\n  "type": "Point"\n}',
    ],
  },
  {
    type: { kind: "geography", format: "EWKT" },
    sql: [
      `'{"coordinates":[-122.35,37.55],"type":"Point"}'`,
      `'{"coordinates":[0,0],"type":"Point"}'`,
    ],
    cells: ["SRID=4326;POINT(-122.35 37.55)", "SRID=4326;POINT(0 0)"],
  },
  {
    type: { kind: "geometry", format: "EWKB" },
    sql: [
      `'SRID=4326;{"coordinates":[-122.35,37.55],"type":"Point"}'`,
      `'{"coordinates":[0,0],"type":"Point"}'`,
    ],
    cells: [
      "0101000020E61000006666666666965EC06666666666C64240",
      `010100002000000000${"0".repeat(32)}`,
    ],
  },
  { type: { kind: "array" }, sql: ["'[]'", "'[null]'"], cells: ["[]", "[\n  null\n]"] },
  {
    type: { kind: "decfloat" },
    sql: ["'1.23e5'", "'-0.5'"],
    cells: ["1.23e5", "-0.5"],
  },
  {
    type: { kind: "vector", element: "int", dimension: 3 },
    sql: ["[1, 2, 3]", "[-1, 0, 1]"],
    cells: ["[1,2,3]", "[-1,0,1]"],
  },
  {
    type: { kind: "vector", element: "float", dimension: 2 },
    sql: ["[1, 2.5]", "[0, -1]"],
    cells: ["[1.000000,2.500000]", "[0.000000,-1.000000]"],
  },
  {
    type: { kind: "interval", from: "year", to: "month", precision: 9, fraction: 9 },
    sql: ["14", "-1"],
    cells: ["14", "-1"],
  },
  {
    type: { kind: "interval", from: "day", to: "second", precision: 9, fraction: 9 },
    sql: ["86401500000000", "-86399999999999999999999"],
    cells: ["86401500000000", "-86399999999999999999999"],
  },
  {
    type: {
      kind: "object",
      fields: [
        { name: "z", type: { kind: "text", length: 10 }, nullable: true },
        { name: "a", type: { kind: "float" }, nullable: true },
      ],
    },
    sql: [`'{"a":1,"z":"x"}'`, "'{}'"],
    cells: ['{\n  "z": "x",\n  "a": 1\n}', "{}"],
  },
];

export const TYPE_COLUMNS: readonly ResultColumn[] = TYPE_CASES.map(({ type }, i) => ({
  name: `C${i}`,
  type,
  nullable: true,
}));

/** Two rows of values and one of NULLs, repeated. */
export function typeQuery(repeat: number): string {
  const row = (index: number) =>
    `SELECT ${index} AS part, ${TYPE_CASES.map(({ type, sql }, i) => `(${sql[index] ?? "NULL"})::${duckType(type)} AS c${i}`).join(", ")}`;
  const list = TYPE_CASES.map((_, i) => `c${i}`).join(", ");
  const rows = `(${[0, 1, 2].map(row).join(" UNION ALL ")})`;
  return `SELECT ${list} FROM ${rows}, range(${repeat}) AS r(n) ORDER BY n, part`;
}

export function typeRows(repeat: number): (string | null)[][] {
  const three = [0, 1, 2].map((row) => TYPE_CASES.map(({ cells }) => cells[row] ?? null));
  return Array.from({ length: repeat }, () => three).flat();
}
