/** docs/conformance.md: the figures, and every case that does not pass with its reason. */

import type { Outcome } from "./cases.ts";
import { DOCUMENTED_REASONS } from "./documented.ts";
import { EXPLAINED } from "./explained.ts";
import { SKIPPED } from "./skip.ts";

const UNEXPLAINED = "ours, not explained yet";

function share(passed: number, all: number): string {
  return `${passed} of ${all} (${((100 * passed) / Math.max(1, all)).toFixed(1)} %)`;
}

function grouped(pairs: readonly (readonly [label: string, reason: string])[]): string[] {
  const groups = new Map<string, string[]>();
  for (const [label, reason] of pairs) groups.set(reason, [...(groups.get(reason) ?? []), label]);
  const lines: string[] = [];
  for (const [reason, labels] of [...groups].sort((a, b) => b[1].length - a[1].length)) {
    lines.push(`### ${reason} (${labels.length})`, "");
    lines.push(compact(labels).join(", "), "");
  }
  return lines;
}

/** Labels of one file together: `file: 3, 5`. */
function compact(labels: readonly string[]): string[] {
  const files = new Map<string, string[]>();
  for (const label of labels) {
    const [, file = label, place = ""] = /^(.*?)[:#](\d+)$/.exec(label) ?? [];
    const name = file.replace(/^documentation\/snowflake_split_(\d+)\.sql$/, "$1");
    files.set(name, [...(files.get(name) ?? []), place]);
  }
  return [...files].map(([file, places]) => `\`${file}\`: ${places.join(" ")}`);
}

/** @param recorded outcomes that count @param documented one outcome for each different example */
export function conformancePage(
  recorded: readonly Outcome[],
  documented: readonly Outcome[],
): string {
  const queries = recorded.filter(({ kind }) => kind === "query");
  const errors = recorded.filter(({ kind }) => kind === "error");
  const passed = (list: readonly Outcome[]) => list.filter((outcome) => outcome.passed).length;
  const rows = documented.filter((outcome) => outcome.rowsEqual).length;
  const failedRecorded = recorded.filter((outcome) => !outcome.passed);
  const failedDocumented = documented.filter((outcome) => !outcome.passed);
  return [
    "# Conformance",
    "",
    "Made by `npm run conformance -- --write`; not edited by hand.",
    "",
    "| cases | pass |",
    "|---|---|",
    `| recorded queries | ${share(passed(queries), queries.length)} |`,
    `| recorded errors, by code | ${share(passed(errors), errors.length)} |`,
    `| documentation examples, equal rows | ${share(rows, documented.length)} |`,
    `| documentation examples, rows and column names | ${share(passed(documented), documented.length)} |`,
    "",
    `Of the examples with equal rows ${documented.filter(({ byKind }) => byKind).length} are SHOW and DESCRIBE that are equal in the columns which their page prints,`,
    "with times, owner, database, schema and bytes of the page's account compared by kind only.",
    "",
    "## Recorded cases that do not pass",
    "",
    "File and lines.",
    "",
    ...grouped(failedRecorded.map(({ label }) => [label, EXPLAINED.get(label) ?? UNEXPLAINED])),
    "## Recorded cases set aside",
    "",
    "They say nothing about Snowflake: written for, or edited for, another engine or account.",
    "",
    ...grouped([...SKIPPED]),
    "## Documentation examples that do not pass",
    "",
    "File number and steps.",
    "",
    ...grouped(
      failedDocumented.map(({ label, rowsEqual }) => [
        label,
        DOCUMENTED_REASONS.get(label) ?? (rowsEqual ? "column names only" : UNEXPLAINED),
      ]),
    ),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
}
