/** Recorded cases that do not pass, one by one, with the reason. Key: file and line of the record. */

const STATEMENTS = "three statements in one text, which are refused when the client asks for one";
const PROPRIETARY = "Snowflake's algorithm is not public; ours is stable, with other values";
const APPROXIMATE = "an estimate on Snowflake (1030), the exact count here (1024)";
const PHYSICAL = "SYSTEM$TYPEOF prints how a constant happens to be stored";
const CACHED_SEQUENCE =
  "Snowflake draws identity values in blocks of a hundred; here they have no gaps";

const FUNCTIONS = "sql-reference-functions";

function lines(file: string, reason: string, ...numbers: readonly number[]): [string, string][] {
  return numbers.map((line) => [`${file}:${line}`, reason]);
}

export const EXPLAINED: ReadonlyMap<string, string> = new Map([
  ...lines(`${FUNCTIONS}/System/system_stream_has_data.slt`, STATEMENTS, 18),
  ...lines("sql-reference-commands/Tables_views_sequences/truncate-table.slt", CACHED_SEQUENCE, 40),
  ...lines(`${FUNCTIONS}/Aggregate/approx_count_distinct.slt`, APPROXIMATE, 9),
  ...lines(`${FUNCTIONS}/Aggregate/approx_count_distinct-rev2.slt`, APPROXIMATE, 1),
  ...lines(`${FUNCTIONS}/Conversion/cast.slt`, PHYSICAL, 27, 34),
  ...lines(`${FUNCTIONS}/Data_generation/uniform.slt`, PROPRIETARY, 19),
  ...lines(`${FUNCTIONS}/Hash/hash.slt`, PROPRIETARY, 1, 15, 20, 25),
  ...lines(`${FUNCTIONS}/Hash/hash_agg.slt`, PROPRIETARY, 17),
  ...lines(`${FUNCTIONS}/Hash/hash_agg-rev2.slt`, PROPRIETARY, 1),
]);
