/**
 * Recorded cases that say nothing about Snowflake: edited for or written by another engine, or tied to the account they ran on.
 * They are set aside, each with its reason. Key: file and line of the record.
 */

const MERGE = "base/09_fuse_engine/09_0036_merge_into_without_distributed_enable.slt";
const FUNCTIONS = "sql-reference-functions";
const TABLES = [
  "sql-reference-commands/Tables_views_sequences",
  "sql-reference-commands/Tables_views_and_sequences",
];

const OTHER_DIALECT =
  "another engine's dialect: backticks, UPDATE *, NUMBERS(), JSON type, OR REPLACE IF NOT EXISTS";
const FOLLOWS_DIALECT = "depends on a statement in another engine's dialect";
const OTHER_PRINT = "another engine prints booleans as 0 and 1";
const EDITED = "edited: a CREATE OR REPLACE was put in, the rows expected are those from before it";
const OTHER_TYPES = "another engine's type names (Decimal128, Int32, Utf8, Date32)";
const SAMPLE_DATA =
  "needs the shared database SNOWFLAKE_SAMPLE_DATA or another database of the recorded account";
const EARLIER_FILE = "needs a table that another recorded file left behind";

function lines(file: string, reason: string, ...numbers: readonly number[]): [string, string][] {
  return numbers.map((line) => [`${file}:${line}`, reason]);
}

export const SKIPPED: ReadonlyMap<string, string> = new Map([
  ...lines(MERGE, EDITED, 89, 99, 110),
  ...lines(MERGE, OTHER_DIALECT, 379, 442, 530, 549, 601, 660, 676, 760, 798, 945, 965, 985),
  ...lines(MERGE, FOLLOWS_DIALECT, 383, 448, 533, 552, 622, 763, 766, 769, 772, 802),
  ...lines(MERGE, FOLLOWS_DIALECT, 1005, 1008, 1011, 1014, 1017, 1020, 1023, 1026),
  ...lines(MERGE, OTHER_PRINT, 516, 523, 570, 827, 838),
  ...lines(`${FUNCTIONS}/Conversion/cast-rev2.slt`, OTHER_TYPES, 1, 13, 25, 37, 49),
  ...TABLES.flatMap((folder) => lines(`${folder}/show-tables.slt`, SAMPLE_DATA, 1, 4, 9, 15, 22)),
  ...lines(
    "sql-reference-commands/Tables_views_sequences/create-table.slt",
    EARLIER_FILE,
    72,
    75,
    80,
  ),
]);
