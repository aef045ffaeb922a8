/** gosnowflake against mockhaus: builds the program beside this file and runs it. */

import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Checks } from "../kit/checks.ts";
import { startExpiringProxy } from "../kit/expiring-proxy.ts";
import { passOn } from "../kit/process.ts";
import { ROOT, startServer } from "../kit/server.ts";

const SOURCES = import.meta.dirname;

function missingGo(): string | undefined {
  const asked = spawnSync("go", ["version"], { encoding: "utf8" });
  return asked.status === 0 ? undefined : "go is not installed";
}

/** Modules come from the module proxy, at the versions of go.mod and the sums of go.sum. */
function build(): string {
  const folder = join(ROOT, ".cache", "go");
  mkdirSync(folder, { recursive: true });
  const program = join(folder, process.platform === "win32" ? "client.exe" : "client");
  const built = spawnSync("go", ["build", "-o", program, "."], {
    cwd: SOURCES,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (built.status !== 0) throw new Error("the Go client does not build");
  return program;
}

const missing = missingGo();
if (missing !== undefined) {
  const checks = new Checks();
  checks.skip("the Go driver", missing);
  checks.finish();
} else {
  const program = build();
  const server = await startServer();
  const proxy = await startExpiringProxy(server.url);
  try {
    const { host } = new URL(server.url);
    const address = `me:any@${host}/?account=mockhaus&protocol=http`;
    process.exitCode = await passOn(program, [address, host, proxy.url]);
  } finally {
    await proxy.close();
    await server.stop();
  }
}
