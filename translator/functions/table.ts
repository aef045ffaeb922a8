/**
 * Table functions that need no server. Each lowers to a DuckDB SELECT whose columns are c1, c2, … in the order of
 * `columns`. Those that expand a value into rows do it by a list: DuckDB streams the list of a column, but joins
 * by value when the list is computed inside a lateral subquery, so lower/from-unnest.ts puts it beside the column.
 */

import { must } from "../base/assert.ts";
import { numberType, TEXT, VARIANT } from "../types/types.ts";
import { type FunctionEntry, family, type LoweringCall, sig } from "./define.ts";

const define = family("table");
const INDEX = numberType(38, 0);

/** A table function as the expansion of a list. */
export type Expansion = {
  /** The list; `isLean` leaves out the last column, which nobody reads. */
  readonly list: (call: LoweringCall, isLean: boolean) => string;
  /** The columns behind SEQ, over the name of an element. */
  readonly columns: readonly ((element: string) => string)[];
};

/** The SELECT of an expansion of one value: SEQ is 1. */
function expansionSql(expansion: Expansion, list: string): string {
  const columns = expansion.columns.map((column, index) => `${column("e")} AS c${index + 2}`);
  return [
    `SELECT CAST(1 AS DECIMAL(38,0)) AS c1, ${columns.join(", ")}`,
    `FROM (SELECT unnest(${list}) AS e)`,
  ].join("\n");
}

/** The SQL of an argument, or of its default. */
function argument(call: LoweringCall, name: string, otherwise: string): string {
  return call.named(name)?.sql ?? otherwise;
}

function part(index: number) {
  return (element: string): string => `json_extract_string(${element}, '$[${index}]')`;
}

const FLATTEN: Expansion = {
  list: (call, isLean) => {
    const args = [
      must(call.named("INPUT")).sql,
      argument(call, "PATH", "''"),
      argument(call, "OUTER", "false"),
      argument(call, "RECURSIVE", "false"),
      `upper(${argument(call, "MODE", "'BOTH'")})`,
    ];
    return `${isLean ? "_v_flatten_lean" : "_v_flatten"}(${args.join(", ")})`;
  },
  columns: [
    part(0),
    part(1),
    (element) => `CAST(${part(2)(element)} AS DECIMAL(38,0))`,
    part(3),
    part(4),
  ],
};

/** Pieces of a text with their numbers. */
function pieces(list: (call: LoweringCall) => string): Expansion {
  return {
    list: (call) => `list_transform(${list(call)}, lambda x, i: {'i': i, 'x': x})`,
    columns: [(element) => `CAST(${element}.i AS DECIMAL(38,0))`, (element) => `${element}.x`],
  };
}

const SPLIT = pieces((call) => {
  const [text, delimiter] = call.arguments.map((item) => item.sql);
  return `CASE WHEN ${delimiter} IS NULL THEN NULL WHEN ${delimiter} = '' THEN [${text}] ELSE string_split(${text}, ${delimiter}) END`;
});

/** Every character of the delimiter separates; empty tokens are left out. */
const STRTOK = pieces((call) => {
  const text = must(call.named("STRING")).sql;
  const delimiters = argument(call, "DELIMITER", "' '");
  const first = `left(${delimiters}, 1)`;
  const same = `translate(${text}, ${delimiters}, repeat(${first}, length(${delimiters})))`;
  const split = `CASE WHEN ${delimiters} = '' THEN [${text}] ELSE string_split(${same}, ${first}) END`;
  return `list_filter(${split}, lambda x: x <> '')`;
});

const PIECES = [
  { name: "SEQ", type: INDEX },
  { name: "INDEX", type: INDEX },
  { name: "VALUE", type: TEXT },
];

const EXPANSIONS: ReadonlyMap<string, Expansion> = new Map([
  ["FLATTEN", FLATTEN],
  ["SPLIT_TO_TABLE", SPLIT],
  ["STRTOK_SPLIT_TO_TABLE", STRTOK],
]);

function alone(expansion: Expansion) {
  return (call: LoweringCall): string => expansionSql(expansion, expansion.list(call, false));
}

const ENTRIES: readonly FunctionEntry[] = [
  define("FLATTEN", {
    kind: "table",
    doc: "flatten",
    summary: "A row for each element of a VARIANT, OBJECT or ARRAY",
    signatures: [
      sig(
        "INPUT variant, PATH? const text, OUTER? const boolean, RECURSIVE? const boolean, MODE? const text",
        VARIANT,
        alone(FLATTEN),
      ),
    ],
    columns: [
      { name: "SEQ", type: INDEX },
      { name: "KEY", type: TEXT },
      { name: "PATH", type: TEXT },
      { name: "INDEX", type: INDEX },
      { name: "VALUE", type: VARIANT },
      { name: "THIS", type: VARIANT },
    ],
  }),
  define("GENERATOR", {
    kind: "table",
    doc: "generator",
    summary: "As many rows as asked for, without columns",
    signatures: [
      sig("ROWCOUNT? const integer, TIMELIMIT? const integer", INDEX, (call) => {
        const count = argument(call, "ROWCOUNT", "0");
        return `SELECT * FROM range(CAST(coalesce(${count}, 0) AS BIGINT))`;
      }),
    ],
    columns: [],
  }),
  define("SPLIT_TO_TABLE", {
    kind: "table",
    doc: "split_to_table",
    summary: "A row for each piece of a text between separators",
    signatures: [sig("STRING text, DELIMITER text", TEXT, alone(SPLIT))],
    columns: PIECES,
  }),
  define("STRTOK_SPLIT_TO_TABLE", {
    kind: "table",
    doc: "strtok_split_to_table",
    summary: "A row for each token of a text; every character of the delimiter separates",
    signatures: [sig("STRING text, DELIMITER? text", TEXT, alone(STRTOK))],
    columns: PIECES,
  }),
];

const BY_NAME: ReadonlyMap<string, FunctionEntry> = new Map(
  ENTRIES.map((entry) => [entry.name, entry]),
);

/** All table functions of this file. */
export const TABLE_FUNCTIONS: readonly FunctionEntry[] = ENTRIES;

/** The table function of that name; undefined when it is none of these. */
export function tableFunction(name: string): FunctionEntry | undefined {
  return BY_NAME.get(name);
}

/** How the function expands a list; undefined for one that does not. */
export function expansionOf(entry: FunctionEntry): Expansion | undefined {
  return EXPANSIONS.get(entry.name);
}
