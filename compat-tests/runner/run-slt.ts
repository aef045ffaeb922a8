/**
 * Runs compat-tests/sql/**\/*.slt: in process, over the wire as JSON, over the wire as Arrow. Options: --target
 * process|json|arrow (repeatable; all by default), --only <part of a path>.
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { runRecords } from "./cases.ts";
import { inProcessTarget } from "./in-process.ts";
import { parseSlt } from "./slt.ts";
import type { Target } from "./target.ts";
import { wireTarget } from "./wire.ts";

const FOLDER = resolve(import.meta.dirname, "../sql");

const { values: options } = parseArgs({
  options: {
    target: { type: "string", multiple: true, default: ["process", "json", "arrow"] },
    only: { type: "string", default: "" },
  },
});

function open(name: string): Promise<Target> {
  if (name === "process") return inProcessTarget();
  if (name === "json" || name === "arrow") return wireTarget(name);
  throw new Error(`--target is process, json or arrow, not ${name}`);
}

function files(): string[] {
  if (!existsSync(FOLDER)) return [];
  return readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".slt") && name.includes(options.only))
    .sort();
}

let passed = 0;
let failed = 0;
for (const name of options.target) {
  const target = await open(name);
  for (const file of files()) {
    const records = parseSlt(readFileSync(join(FOLDER, file), "utf8"));
    for (const outcome of await runRecords(target, `${file} (${name})`, records)) {
      if (outcome.passed) passed++;
      else {
        failed++;
        process.stdout.write(`FAILED ${outcome.label}\n${outcome.sql}\n${outcome.detail}\n\n`);
      }
    }
  }
  await target.close();
}
process.stdout.write(`${passed} passed, ${failed} failed, 0 skipped\n`);
process.exitCode = failed === 0 ? 0 : 1;
