/** Python environments in `.cache/`, one for each version of a client, made once. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Checks } from "./checks.ts";
import { startExpiringProxy } from "./expiring-proxy.ts";
import { passOn } from "./process.ts";
import { ROOT, startServer } from "./server.ts";

const WINDOWS = process.platform === "win32";
const SYSTEM_PYTHON = WINDOWS ? "python" : "python3";
/** Oldest Python that the connectors' pinned versions support. */
const PYTHON_MIN = [3, 10] as const;
const INSTALL_ATTEMPTS = 2;
/** Python that the tests share. */
const KIT = join(ROOT, "compat-tests", "clients", "kit", "python");

export type PythonClient = {
  /** Folder of the environment below `.cache/`, and name of the client. */
  readonly name: string;
  /** What pip installs, with versions. */
  readonly requirements: readonly string[];
};

export const PYTHON4: PythonClient = {
  name: "python4",
  requirements: ["snowflake-connector-python[pandas]==4.8.1"],
};
export const PYTHON5: PythonClient = {
  name: "python5",
  requirements: ["snowflake-connector-python[pandas]==5.2.0"],
};

/** Why there can be no environment on this machine; undefined when there can. */
export function missingPython(): string | undefined {
  const asked = spawnSync(
    SYSTEM_PYTHON,
    ["-c", "import sys, venv, ensurepip; print(*sys.version_info[:2])"],
    { encoding: "utf8" },
  );
  if (asked.error !== undefined) return `${SYSTEM_PYTHON} is not installed`;
  if (asked.status !== 0) return `${SYSTEM_PYTHON} cannot make virtual environments`;
  const [major = 0, minor = 0] = asked.stdout.trim().split(" ").map(Number);
  const [wantedMajor, wantedMinor] = PYTHON_MIN;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return undefined;
  return `Python ${major}.${minor} is older than ${PYTHON_MIN.join(".")}`;
}

/**
 * The Python of the client's environment, which is made when it is not there or of other versions.
 * @throws when the client cannot be installed
 */
export function pythonOf({ name, requirements }: PythonClient): string {
  const folder = join(ROOT, ".cache", name);
  const stamp = join(folder, "installed.txt");
  const python = join(folder, WINDOWS ? "Scripts" : "bin", WINDOWS ? "python.exe" : "python");
  const wanted = requirements.join("\n");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return python;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(ROOT, ".cache"), { recursive: true });
  must(SYSTEM_PYTHON, ["-m", "venv", folder]);
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  for (let attempt = 1; ; attempt++) {
    try {
      must(python, [...install, ...requirements]);
      break;
    } catch (error) {
      if (attempt >= INSTALL_ATTEMPTS) throw error;
    }
  }
  writeFileSync(stamp, wanted);
  return python;
}

function must(program: string, args: readonly string[]): void {
  const { status, error } = spawnSync(program, args, { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) {
    throw new Error(`${program} ${args.join(" ")} failed: ${error?.message ?? `exit ${status}`}`);
  }
}

/** Runs a script and passes its output on. @returns its exit code */
export function runScript(
  python: string,
  script: string,
  args: readonly string[],
): Promise<number> {
  return passOn(python, ["-X", "utf8", "-W", "ignore", script, ...args], {
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONPATH: KIT,
  });
}

/** The whole test of a library on a connector: `main.py` beside its `run.ts`, which prints the closing line. */
export async function testLibrary(client: PythonClient): Promise<void> {
  await testPython(client, join(ROOT, "compat-tests", "clients", client.name, "main.py"));
}

/** The whole test of a Python connector: the shared checks of `kit/python`, which print the closing line. */
export async function testConnector(client: PythonClient): Promise<void> {
  await testPython(client, join(KIT, "main.py"), async (url) => {
    const proxy = await startExpiringProxy(url);
    return { args: [proxy.url], close: proxy.close };
  });
}

/** What a test needs besides the server: more arguments of its script, and an end. */
type Beside = { readonly args: readonly string[]; readonly close: () => Promise<void> };

const NOTHING_BESIDE: Beside = { args: [], close: async () => undefined };

/**
 * Installs a client, starts a server and runs `script <client> <url> …`, which prints the closing line. Without Python
 * the test is skipped.
 */
export async function testPython(
  client: PythonClient,
  script: string,
  beside: (url: string) => Promise<Beside> = async () => NOTHING_BESIDE,
): Promise<void> {
  const missing = missingPython();
  if (missing !== undefined) {
    const checks = new Checks();
    checks.skip(`client ${client.name}`, missing);
    checks.finish();
    return;
  }
  const python = pythonOf(client);
  const server = await startServer();
  try {
    const { args, close } = await beside(server.url);
    try {
      process.exitCode = await runScript(python, script, [client.name, server.url, ...args]);
    } finally {
      await close();
    }
  } finally {
    await server.stop();
  }
}
