/** snowflake-jdbc against mockhaus, with JSON and with Arrow results: compiles the program beside this file and runs it. */

import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { Checks } from "../kit/checks.ts";
import { startExpiringProxy } from "../kit/expiring-proxy.ts";
import { passOn } from "../kit/process.ts";
import { ROOT, startServer } from "../kit/server.ts";

const SOURCES = import.meta.dirname;
const CACHE = join(ROOT, ".cache", "jdbc");
const LIBRARIES = join(CACHE, "lib", "*");
const CLASSES = join(CACHE, "classes");
/** The driver reads Arrow buffers through a package that Java keeps to itself. */
const OPENS = "--add-opens=java.base/java.nio=ALL-UNNAMED";

function missingTool(): string | undefined {
  for (const [tool, flag] of [
    ["javac", "-version"],
    ["mvn", "-version"],
  ] as const) {
    if (spawnSync(tool, [flag]).status !== 0) return `${tool} is not installed`;
  }
  return undefined;
}

/** Maven prints codes for colours even when it is quiet: what it says counts only when it fails. */
function must(program: string, args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: SOURCES, encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} failed\n${stdout}${stderr}`);
}

/** The driver comes from the Maven repository, at the version of pom.xml. */
function build(): void {
  mkdirSync(CLASSES, { recursive: true });
  const copy = ["dependency:copy-dependencies", `-DoutputDirectory=${join(CACHE, "lib")}`];
  must("mvn", ["--quiet", "--batch-mode", ...copy]);
  must("javac", [
    "-cp",
    LIBRARIES,
    "-d",
    CLASSES,
    join("src", "Client.java"),
    join("src", "Features.java"),
  ]);
}

const missing = missingTool();
if (missing !== undefined) {
  const checks = new Checks();
  checks.skip("the JDBC driver", missing);
  checks.finish();
} else {
  build();
  const server = await startServer();
  const proxy = await startExpiringProxy(server.url);
  try {
    const log = `-Djava.util.logging.config.file=${join(SOURCES, "logging.properties")}`;
    const classPath = [LIBRARIES, CLASSES].join(delimiter);
    const program = [
      OPENS,
      log,
      "-Duser.timezone=UTC",
      "-cp",
      classPath,
      "Client",
      server.url,
      proxy.url,
    ];
    process.exitCode = await passOn("java", program);
  } finally {
    await proxy.close();
    await server.stop();
  }
}
