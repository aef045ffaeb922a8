/** examples/earthquakes: loaded and asked over two drivers, compared with figures computed without SQL. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Cell, figures, writeFigures } from "../../../examples/earthquakes/figures.ts";
import { connect, load, questions, type Row, run } from "../../../examples/earthquakes/load.ts";
import { Checks } from "../kit/checks.ts";
import { missingPython, PYTHON4, pythonOf, runScript } from "../kit/python.ts";
import { ROOT, startServer } from "../kit/server.ts";

/** Rounded averages may differ in their last digit. */
const TOLERANCE = 1.01e-4;
const HERE = join(ROOT, "compat-tests", "clients", "earthquakes");

function cells(row: Row): Cell[] {
  return Object.values(row).map((cell) =>
    cell instanceof Date ? cell.toISOString().slice(0, 10) : (cell as Cell),
  );
}

function compare(actual: readonly Cell[], expected: readonly Cell[], where: string): void {
  equal(actual.length, expected.length, where);
  actual.forEach((cell, i) => {
    const wanted = expected[i];
    if (typeof cell === "number" && typeof wanted === "number") {
      ok(Math.abs(cell - wanted) < TOLERANCE, `${where}: ${cell} instead of ${wanted}`);
    } else {
      equal(cell, wanted, where);
    }
  });
}

const server = await startServer();
const checks = new Checks();
const folder = mkdtempSync(join(tmpdir(), "mockhaus-earthquakes-"));
try {
  const expected = figures();
  const connection = await connect(server.url);
  await checks.check("the files load", () => load(connection));
  await checks.check("the questions are those of the figures", () => {
    deepEqual([...questions().keys()], Object.keys(expected));
  });
  for (const [name, sql] of questions()) {
    await checks.check(`${name} through snowflake-sdk`, async () => {
      const rows = await run(connection, sql);
      equal(rows.length, expected[name]?.length);
      rows.forEach((row, i) => {
        compare(cells(row), expected[name]?.[i] ?? [], `${name} row ${i}`);
      });
    });
  }
  await new Promise<void>((resolve) => connection.destroy(() => resolve()));
  const missing = missingPython();
  if (missing === undefined) {
    const file = join(folder, "figures.json");
    writeFigures(file);
    const python = pythonOf(PYTHON4);
    const questionsFolder = join(ROOT, "examples", "earthquakes", "questions");
    const script = join(HERE, "pandas_answers.py");
    for (const name of questions().keys()) {
      await checks.check(`${name} through the Python connector into pandas`, async () => {
        const args = [server.url, join(questionsFolder, `${name}.sql`), file, name];
        equal(await runScript(python, script, args), 0);
      });
    }
  } else {
    checks.skip("the questions through the Python connector", missing);
  }
} catch (error) {
  await checks.check("the test itself", () => {
    throw error;
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
}
checks.finish();
