import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestDatabase, openTestSession, testTable } from "./test-kit.ts";

const CHILD = fileURLToPath(new URL("./crash-child.ts", import.meta.url));

/** Runs the writer, kills it some time after its first commit, and answers the last number it acknowledged. */
function writeAndKill(directory: string, afterMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", "tsx", CHILD, directory], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.on("data", (data: Buffer) => {
      if (output === "") setTimeout(() => child.kill("SIGKILL"), afterMs);
      output += data.toString();
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (signal !== "SIGKILL") reject(new Error(`the writer ended by itself: ${code}`));
      else resolve(Number(output.trimEnd().split("\n").at(-1)));
    });
  });
}

describe("kill -9", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "mockhaus-crash-"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it("loses no acknowledged commit and shows no half one", async () => {
    for (const afterMs of [30, 90, 170]) {
      const acknowledged = await writeAndKill(directory, afterMs);
      const database = await openTestDatabase(directory);
      const { connection } = await openTestSession(database);
      const [state] = await connection.rows(`
        SELECT (SELECT max(k) FROM ${testTable(1).physical}) AS last,
          (SELECT count(*) FROM ${testTable(1).physical}) AS rows_1,
          (SELECT count(*) FROM ${testTable(2).physical}) AS rows_2,
          (SELECT count(*) FROM ${testTable(1).physical} JOIN ${testTable(2).physical} USING (k, v)
            WHERE v = 'done') AS whole,
          (SELECT count(*) FROM data.t1_t1_history) AS ended,
          (SELECT count(*) FROM ${testTable(1).physical} ANTI JOIN mockhaus.commits
            ON _from = version) AS strays`);
      await database.close();
      const last = Number(state?.last);
      expect(last).toBeGreaterThanOrEqual(acknowledged);
      expect(state).toEqual({
        last,
        rows_1: last,
        rows_2: last,
        whole: last,
        ended: last,
        strays: 0,
      });
    }
  });
});
