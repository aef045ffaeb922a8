import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { ROOT, repositoryFiles } from "./root.ts";

const FOLDERS = ["translator", "server", "src", "compat-tests", "scripts", "bench", "examples"];
const SOURCE = /\.ts$/;

type Violation = {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string; readonly severity: string };
};
type Rule = { readonly name: string; readonly comment?: string | undefined };
type Cruise = {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly Violation[];
    readonly ruleSetUsed: { readonly forbidden: readonly Rule[] };
  };
};

/**
 * Runs dependency-cruiser with .dependency-cruiser.mjs and prints each violation with the reason of
 * the rule. Fails also when a source file was not cruised: with a TypeScript that it cannot load,
 * dependency-cruiser reports no violations in no modules and exits 0.
 */
function main(): void {
  const sources = repositoryFiles().filter(
    (file) => SOURCE.test(file) && FOLDERS.includes(file.split("/")[0] ?? ""),
  );
  const folders = FOLDERS.filter((folder) => sources.some((file) => file.startsWith(`${folder}/`)));
  const cruise = cruiseOf(folders);

  const seen = new Set(cruise.modules.map(({ source }) => source));
  const unseen = sources.filter((file) => !seen.has(file));
  const violations = cruise.summary.violations.filter(({ rule }) => rule.severity === "error");

  for (const { from, to, rule } of violations) {
    process.stdout.write(`${rule.name}: ${from} imports ${to}\n`);
  }
  for (const { name, comment } of cruise.summary.ruleSetUsed.forbidden) {
    const broken = violations.some(({ rule }) => rule.name === name);
    if (broken) process.stdout.write(`  why ${name}: ${comment ?? "no reason given"}\n`);
  }
  for (const file of unseen) process.stdout.write(`not cruised: ${file}\n`);
  process.stdout.write(`${sources.length} files, ${violations.length} violations\n`);
  process.exitCode = violations.length + unseen.length === 0 ? 0 : 1;
}

function cruiseOf(folders: readonly string[]): Cruise {
  const reasons = ["--output-type", "json", "--config", ".dependency-cruiser.mjs"];
  const binary = join(ROOT, "node_modules", ".bin", "depcruise");
  const json = execFileSync(binary, [...reasons, ...folders], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 512 * 1024 * 1024,
    shell: process.platform === "win32",
  });
  return JSON.parse(json) as Cruise;
}

main();
