import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Step } from "./step.ts";

const bin = (name: string, ...args: string[]): [string, ...string[]] => [
  join("node_modules", ".bin", name),
  ...args,
];
const tsx = (file: string, ...args: string[]) => bin("tsx", file, ...args);
const vitest = (project: string) =>
  bin("vitest", "run", "--project", project, "--reporter=default", "--passWithNoTests");

/**
 * What `npm run check` runs before a push: under a minute, nothing opened but files. The slow ones
 * come first, because the steps share two cores.
 */
export const CHECK_STEPS: readonly Step[] = [
  { name: "unit tests", command: vitest("unit") },
  { name: "types", command: bin("tsc", "-p", "tsconfig.json") },
  { name: "unread fields", command: tsx("scripts/unread-fields.ts") },
  { name: "boundaries", command: tsx("scripts/check-boundaries.ts") },
  { name: "dead code", command: bin("knip", "--no-progress") },
  { name: "format and lint", command: bin("biome", "check", "--diagnostic-level=warn", ".") },
  { name: "lock file", command: tsx("scripts/check-lockfile.ts") },
];

/** The figures only go up: percentages of recorded queries and of documentation examples with equal rows. */
const CONFORMANCE_FLOOR = ["--minimum-recorded", "98", "--minimum-documented", "66"];

const BUILD: Step = { name: "build", command: ["npm", "run", "--silent", "build"] };

/**
 * What `npm test` runs, in this order: the check, then everything that opens an engine, a socket or
 * a driver. A step is one line. It counts as it prints: a closing line `N passed, N failed,
 * N skipped`, or vitest's summary, or else its exit code as one test.
 */
export function testSteps(root: string): readonly Step[] {
  return [
    BUILD,
    ...CHECK_STEPS,
    { name: "engine tests", command: vitest("engine") },
    { name: "net tests", command: vitest("net") },
    { name: "SQL cases", command: tsx("compat-tests/runner/run-slt.ts") },
    ...["process", "json", "arrow"].map((target) => ({
      name: `conformance, ${target}`,
      command: tsx("compat-tests/runner/conformance.ts", "--target", target, ...CONFORMANCE_FLOOR),
    })),
    {
      name: "kill -9",
      command: tsx("compat-tests/crash/crash.ts", "--entry", join("dist", "src", "cli", "main.js")),
    },
    ...clientSteps(root),
  ];
}

/**
 * One step per folder of compat-tests/clients that has a `run.ts` or a `run.sh`. It installs its
 * client from the client's own registry into `.cache/`, starts `dist/`'s server on a free port, and
 * exits non-zero on failure.
 */
function clientSteps(root: string): Step[] {
  const clients = join("compat-tests", "clients");
  if (!existsSync(join(root, clients))) return [];
  return readdirSync(join(root, clients), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .sort((a, b) => a.name.localeCompare(b.name, "en"))
    .flatMap((entry): Step[] => {
      const folder = join(clients, entry.name);
      const name = `client ${entry.name}`;
      if (existsSync(join(root, folder, "run.ts"))) {
        return [{ name, command: tsx(join(folder, "run.ts")) }];
      }
      if (existsSync(join(root, folder, "run.sh"))) {
        return [{ name, command: ["bash", join(folder, "run.sh")] }];
      }
      return [];
    });
}
