/**
 * `npm run conformance`: runs the recorded cases and the documentation examples and prints passed of all by family.
 * Options: --target process|json|arrow (default process), --only <part of a path>, --failures <file> writes the failed
 * cases, --write makes docs/conformance.md, --folder <where the cases are>, --minimum-recorded / --minimum-documented percentages to fail under.
 */

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Outcome, runRecords } from "./cases.ts";
import { type Document, type DocumentStep, runDocumentation } from "./documentation.ts";
import { reasonGaps } from "./documented.ts";
import { inProcessTarget } from "./in-process.ts";
import { conformancePage } from "./page.ts";
import { SKIPPED } from "./skip.ts";
import { parseSlt } from "./slt.ts";
import type { Target } from "./target.ts";

const { values: options } = parseArgs({
  options: {
    target: { type: "string", default: "process" },
    only: { type: "string", default: "" },
    failures: { type: "string" },
    write: { type: "boolean", default: false },
    folder: {
      type: "string",
      default: resolve(import.meta.dirname, "../../../shared/conformance"),
    },
    "minimum-recorded": { type: "string", default: "0" },
    "minimum-documented": { type: "string", default: "0" },
  },
});

async function openTarget(name: string): Promise<Target> {
  if (name === "process") return inProcessTarget();
  if (name === "json" || name === "arrow") {
    const { wireTarget } = await import("./wire.ts");
    return wireTarget(name);
  }
  throw new Error(`--target is process, json or arrow, not ${name}`);
}

function sltFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".slt"))
    .sort()
    .map((name) => join(folder, name));
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function percent(passed: number, all: number): string {
  return all === 0 ? "-" : `${((100 * passed) / all).toFixed(1)} %`;
}

function table(title: string, byFamily: ReadonlyMap<string, Outcome[]>): void {
  print(`\n${title}`);
  for (const [family, outcomes] of [...byFamily].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const passed = outcomes.filter((outcome) => outcome.passed).length;
    print(
      `  ${family.padEnd(58)} ${String(passed).padStart(4)} of ${String(outcomes.length).padStart(4)}`,
    );
  }
}

function group(family: string, map: Map<string, Outcome[]>, outcomes: readonly Outcome[]): void {
  map.set(family, [...(map.get(family) ?? []), ...outcomes]);
}

async function main(): Promise<number> {
  if (!existsSync(options.folder)) {
    print(`SKIPPED conformance: no recorded cases at ${options.folder}`);
    print("0 passed, 0 failed, 1 skipped");
    return 0;
  }
  const target = await openTarget(options.target);
  const recorded = new Map<string, Outcome[]>();
  const documented = new Map<string, Outcome[]>();
  let skipped = 0;
  for (const file of sltFiles(options.folder)) {
    const name = relative(options.folder, file);
    if (!name.includes(options.only)) continue;
    const records = parseSlt(readFileSync(file, "utf8"));
    const outcomes = await runRecords(target, name, records);
    const counted = outcomes.filter(({ label }) => !SKIPPED.has(label));
    skipped += outcomes.length - counted.length;
    group(name.split("/").slice(0, -1).join("/"), recorded, counted);
  }
  const examples = join(options.folder, "documentation", "examples.jsonl");
  const documents: Document[] = [];
  for (const line of readFileSync(examples, "utf8").split("\n")) {
    if (line.trim() === "") continue;
    const { file, steps } = JSON.parse(line) as { file: string; steps: DocumentStep[] };
    const label = `documentation/${file}`;
    if (label.includes(options.only)) documents.push({ label, steps });
  }
  group("documentation", documented, await runDocumentation(target, documents));
  await target.close();
  return report(recorded, documented, skipped);
}

/** The same query stands on several pages, not always with its set-up: it passes when it does so on one of them. */
function distinct(outcomes: readonly Outcome[]): Outcome[] {
  const best = new Map<string, Outcome>();
  const rank = ({ passed, rowsEqual }: Outcome) => (passed ? 2 : rowsEqual ? 1 : 0);
  for (const outcome of outcomes) {
    const known = best.get(outcome.sql);
    if (known === undefined || rank(outcome) > rank(known)) best.set(outcome.sql, outcome);
  }
  return [...best.values()];
}

function report(
  recorded: ReadonlyMap<string, Outcome[]>,
  documented: ReadonlyMap<string, Outcome[]>,
  skipped: number,
): number {
  table("Recorded cases (queries, statements and errors)", recorded);
  table("Documentation examples with printed output (rows and names)", documented);
  const all = [...recorded.values()].flat();
  const queries = all.filter(({ kind }) => kind === "query");
  const errors = all.filter(({ kind }) => kind === "error");
  const examples = distinct([...documented.values()].flat());
  const passedOf = (list: readonly Outcome[]) => list.filter(({ passed }) => passed).length;
  const rowsEqual = examples.filter((example) => example.rowsEqual).length;
  print("");
  const line = (name: string, passed: number, count: number) =>
    print(`${name.padEnd(44)} ${passed} of ${count} (${percent(passed, count)})`);
  line("recorded queries", passedOf(queries), queries.length);
  line("recorded errors", passedOf(errors), errors.length);
  line("recorded statements", passedOf(all), all.length);
  line("documentation examples, equal rows", rowsEqual, examples.length);
  line("documentation examples, rows and names", passedOf(examples), examples.length);
  if (examples.length > 0 && "documentation/".startsWith(options.only)) {
    const { stale, missing } = reasonGaps(examples);
    if (stale.length > 0) print(`\nreasons of examples that pass: ${stale.join(", ")}`);
    if (missing.length > 0) print(`\nexamples without a reason: ${missing.join(", ")}`);
  }
  if (options.failures !== undefined) {
    const failed = [...all, ...examples].filter(({ passed }) => !passed);
    const text = failed.map(({ label, sql, detail }) => `=== ${label}\n${sql}\n--- ${detail}\n`);
    writeFileSync(options.failures, text.join("\n"));
  }
  if (options.write) {
    const page = resolve(import.meta.dirname, "../../docs/conformance.md");
    writeFileSync(page, conformancePage(all, examples));
  }
  const share = (passed: number, count: number) => (count === 0 ? 100 : (100 * passed) / count);
  const enough =
    share(passedOf(queries), queries.length) >= Number(options["minimum-recorded"]) &&
    share(rowsEqual, examples.length) >= Number(options["minimum-documented"]);
  const passed = passedOf(all) + passedOf(examples);
  print(`\nconformance: ${passed} of ${all.length + examples.length} pass, ${skipped} set aside`);
  return enough ? 0 : 1;
}

process.exitCode = await main();
