import { report } from "./report.ts";
import { ROOT } from "./root.ts";
import { runStep, type StepResult } from "./step.ts";
import { CHECK_STEPS } from "./steps.ts";

/** Steps that run side by side; the machine that this has to be quick on has two cores. */
const SIDE_BY_SIDE = 2;

/** `npm run check`: everything a push needs, side by side, with the output of what failed. */
async function main(): Promise<void> {
  const waiting = [...CHECK_STEPS];
  const results: StepResult[] = [];
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      results.push(await runStep(step, ROOT, false));
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
  process.exitCode = report(results);
}

await main();
