/** Pipes of a server that is killed. */

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openAccount } from "../../execute/account.ts";
import { testSession } from "../../execute/show/test-kit.ts";

const CHILD = fileURLToPath(new URL("./crash-child.ts", import.meta.url));

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "mockhaus-pipes-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/**
 * Runs the child until so many files are staged, and kills it at whatever it does then.
 * @param first the number of the first file
 * @returns the number of the last one that the child has told of
 */
function stageAndKill(first: number, files: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", "tsx", CHILD, directory, String(first)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.on("data", (data: Buffer) => {
      output += data.toString();
      if (output.split("\n").length > files) child.kill("SIGKILL");
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (signal === "SIGKILL") resolve(Number(output.trimEnd().split("\n").at(-1)));
      else reject(new Error(`the loader ended by itself: ${code}`));
    });
  });
}

it("every file that was staged is loaded, and none twice", async () => {
  let last = 0;
  for (const files of [1, 8]) {
    // A file that was staged when the process died, and not yet told of, is staged once more.
    last = await stageAndKill(last + 1, files);
    const account = await openAccount({ directory });
    const session = await testSession(account);
    await account.state.pipes.idle();
    const { rows } = await session.result("SELECT a::INT FROM d.public.t ORDER BY a");
    const loaded = rows.map(([value]) => Number(value));
    const told = Array.from({ length: last }, (_, index) => index + 1);
    expect(loaded.slice(0, last)).toEqual(told);
    expect(new Set(loaded).size).toBe(loaded.length);
    await session.close();
  }
});
