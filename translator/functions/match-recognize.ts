/**
 * The table function that MATCH_RECOGNIZE becomes: numbered rows with the truth values of their symbols in, the rows of the
 * matches out. The patterns themselves run in JavaScript (match-run.ts), once for each partition.
 * https://docs.snowflake.com/en/sql-reference/constructs/match_recognize
 */

import { must } from "../base/assert.ts";
import type { HostFunction } from "../base/host.ts";
import { numberType, type SnowType, TEXT } from "../types/types.ts";
import { list, strict, text } from "../variant/host-arguments.ts";
import { type FunctionEntry, family, type LoweringCall, sig } from "./define.ts";
import { findMatches, type MatchedRow, type MatchOptions } from "./match-run.ts";

/** Row numbers, match numbers and partition numbers. */
export const MATCH_POSITION: SnowType = numberType(18, 0);

/** The columns of the rows that go in, in order. */
export const MATCH_INPUT = { partition: "c1", row: "c2", mask: "c3" } as const;
/** The columns of what comes out, in order. */
export const MATCH_OUTPUT = {
  partition: "c1",
  row: "c2",
  match: "c3",
  sequence: "c4",
  classifier: "c5",
  shown: "c6",
} as const;

const optionsByText = new Map<string, MatchOptions>();
const OPTIONS_MAX = 100;

function optionsOf(written: string): MatchOptions {
  const known = optionsByText.get(written);
  if (known !== undefined) return known;
  if (optionsByText.size >= OPTIONS_MAX) optionsByText.clear();
  const options = JSON.parse(written) as MatchOptions;
  optionsByText.set(written, options);
  return options;
}

/** `match sequence row symbol shown`, a field that is missing as `-`. */
function rowText({ match, sequence, row, symbol, shown }: MatchedRow): string {
  return [match ?? "-", sequence ?? "-", row, symbol ?? "-", shown ? 1 : 0].join(" ");
}

export const MATCH_HOST_FUNCTIONS: readonly HostFunction[] = [
  strict("_mr_match", ["VARCHAR[]", "VARCHAR"], "VARCHAR[]", (masks, options) =>
    findMatches(
      list(masks).map((mask) => mask ?? ""),
      optionsOf(text(options)),
    ).map(rowText),
  ),
];

/**
 * The entry for one use of MATCH_RECOGNIZE. Its argument `rows` is a query with the columns of MATCH_INPUT.
 * @param symbols the symbols' names, by number
 */
export function matchEntry(options: MatchOptions, symbols: readonly string[]): FunctionEntry {
  const lower = (call: LoweringCall): string => {
    const { quote } = call.context;
    const { partition, row, mask } = MATCH_INPUT;
    const rows = must(call.named("rows")).sql;
    const masks = `list(${mask} ORDER BY ${row})`;
    const matches = `_mr_match(${masks}, ${quote(JSON.stringify(options))})`;
    const names = `[${symbols.map((name) => quote(name)).join(", ")}]`;
    const integer = (index: number): string => `TRY_CAST(p[${index}] AS DECIMAL(18,0))`;
    return [
      `SELECT k AS c1, ${integer(3)} AS c2, ${integer(1)} AS c3, ${integer(2)} AS c4,`,
      `  list_extract(${names}, TRY_CAST(p[4] AS BIGINT) + 1) AS c5, p[5] = '1' AS c6`,
      `FROM (SELECT ${partition} AS k, string_split(unnest(${matches}), ' ') AS p`,
      `  FROM ${rows} AS r GROUP BY ${partition}) AS m`,
    ].join("\n");
  };
  return family("row pattern")("MATCH_RECOGNIZE", {
    kind: "table",
    doc: "match_recognize",
    summary: "Rows of the matches of a row pattern",
    signatures: [sig("rows any", TEXT, lower)],
    host: MATCH_HOST_FUNCTIONS,
  });
}
