import { report } from "./report.ts";
import { ROOT } from "./root.ts";
import { runStep, type StepResult } from "./step.ts";
import { testSteps } from "./steps.ts";

/**
 * `npm test`: every step, one after the other, and the closing line. `npm test -- net client` runs
 * the steps whose names begin with one of these words; `npm test -- --list` only names them.
 */
async function main(args: readonly string[]): Promise<void> {
  const all = testSteps(ROOT);
  if (args.includes("--list")) {
    process.stdout.write(`${all.map(({ name }) => name).join("\n")}\n`);
    return;
  }
  const steps = all.filter(
    ({ name }) => args.length === 0 || args.some((word) => name.startsWith(word)),
  );
  if (steps.length === 0) throw new Error(`no step begins with ${args.join(" or ")}; see --list`);

  const results: StepResult[] = [];
  for (const step of steps) {
    process.stdout.write(`\n${step.name}: ${step.command.join(" ")}\n`);
    results.push(await runStep(step, ROOT, true));
  }
  process.exitCode = report(results);
}

await main(process.argv.slice(2));
