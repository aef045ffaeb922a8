import { type ChildProcess, spawn } from "node:child_process";
import { type Counts, countsOf, failuresIn, skipsIn } from "./counts.ts";

/** One thing that `npm test` or `npm run check` runs: a command in the root of the repository. */
export type Step = {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Longest it may take; after that it and its children are ended and it counts as failed. */
  readonly timeoutMinutes?: number | undefined;
};

export type StepResult = {
  readonly step: Step;
  readonly counts: Counts;
  readonly seconds: number;
  /** What the step said it skipped, with its reasons. */
  readonly skips: readonly string[];
  /** The lines in which a failed step named what failed. */
  readonly failures: readonly string[];
};

const DEFAULT_TIMEOUT_MINUTES = 15;
const PREFIX = "  | ";
/** Time for the output that a process wrote just before its end to arrive. */
const LAST_WORDS_MS = 50;
/** Time for the processes that a step has started to end after it. */
const END_MS = 2_000;

/**
 * Runs one step without standard input and gives its counts. Its output is indented, so that no
 * step's own closing line can be taken for the closing line of the whole run.
 *
 * @param live true to pass output on as it comes; false to print it at once when the step ends,
 *   which steps that run side by side need.
 */
export async function runStep(step: Step, root: string, live: boolean): Promise<StepResult> {
  const started = performance.now();
  const lines: string[] = [];
  const print = (line: string) => process.stdout.write(`${PREFIX}${line}\n`);
  const take = (line: string) => {
    lines.push(line);
    if (live) print(line);
  };

  const exitCode = await execute(step, root, take);
  const result: StepResult = {
    step,
    counts: countsOf(lines, exitCode),
    seconds: (performance.now() - started) / 1000,
    skips: skipsIn(lines),
    failures: exitCode === 0 ? [] : failuresIn(lines),
  };
  if (!live && result.counts.failed > 0) {
    process.stdout.write(`\n${step.name}\n`);
    lines.forEach(print);
  }
  return result;
}

function execute(step: Step, root: string, take: (line: string) => void): Promise<number> {
  const [program, ...args] = step.command;
  // A group of its own, so that a time-out also ends what the step has started.
  const child = spawn(program, args, {
    cwd: root,
    detached: process.platform !== "win32",
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
    shell: process.platform === "win32",
    stdio: ["ignore", "pipe", "pipe"],
  });
  const minutes = step.timeoutMinutes ?? DEFAULT_TIMEOUT_MINUTES;

  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      take(`${step.name} took longer than ${minutes} minutes and was ended`);
      endGroup(child);
    }, minutes * 60_000);

    const flushes = [child.stdout, child.stderr].map((stream) => onLines(stream, take));
    child.on("error", (error) => {
      clearTimeout(timer);
      take(`cannot run ${program}: ${error.message}`);
      resolve(127);
    });
    // `exit` and not `close`: what a step leaves running would hold its output open.
    child.on("exit", (code) => {
      clearTimeout(timer);
      setTimeout(async () => {
        for (const flush of flushes) flush();
        await groupEnds(child);
        if (endGroup(child)) take(`${step.name} left processes running; they were ended`);
        child.stdout.destroy();
        child.stderr.destroy();
        resolve(code ?? 1);
      }, LAST_WORDS_MS);
    });
  });
}

/** Until what a step has started is gone by itself, or `END_MS` have passed: helpers of its tools end a moment after it. */
async function groupEnds({ pid }: ChildProcess): Promise<void> {
  const until = performance.now() + END_MS;
  while (pid !== undefined && process.platform !== "win32" && performance.now() < until) {
    try {
      process.kill(-pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, LAST_WORDS_MS));
  }
}

/** Ends a step's process and all that it started. @returns whether any was still there. */
function endGroup(child: ChildProcess): boolean {
  if (child.pid === undefined) return false;
  if (process.platform === "win32") return child.kill();
  try {
    return process.kill(-child.pid, "SIGKILL");
  } catch {
    // The group is gone, which is what was wanted.
    return false;
  }
}

/** Calls `take` for each whole line; the returned function hands over what has no line end yet. */
function onLines(stream: NodeJS.ReadableStream, take: (line: string) => void): () => void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (text: string) => {
    const parts = (rest + text).split(/\r?\n/);
    rest = parts.pop() ?? "";
    parts.forEach(take);
  });
  return () => {
    if (rest !== "") take(rest);
    rest = "";
  };
}
