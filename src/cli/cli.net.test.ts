import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningAccount, start } from "../index.ts";
import { WireClient } from "./wire-client.ts";

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));
/** A slow machine under load needs its time to load the sources. */
const READY_MS = 100_000;

type Outcome = { readonly code: number | null; readonly out: string; readonly err: string };

function launch(args: readonly string[], environment: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", MAIN, ...args], {
    env: { ...process.env, ...environment },
    stdio: "pipe",
  });
}

async function mockhaus(
  args: readonly string[],
  input = "",
  environment: Record<string, string> = {},
): Promise<Outcome> {
  const child = launch(args, environment);
  let out = "";
  let err = "";
  child.stdout?.on("data", (part) => {
    out += part;
  });
  child.stderr?.on("data", (part) => {
    err += part;
  });
  child.stdin?.end(input);
  const [code] = await once(child, "close");
  return { code, out, err };
}

/** A started server's standard output, once it has its ready line. */
async function ready(child: ChildProcess): Promise<{ url: string; out: () => string }> {
  let out = "";
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready: ${out}`)), READY_MS);
    child.stdout?.on("data", (part) => {
      out += part;
      const found = /^mockhaus ready on (\S+) in \d+ ms$/m.exec(out);
      if (found === null) return;
      clearTimeout(timer);
      resolve(found[1] ?? "");
    });
  });
  return { url, out: () => out };
}

/** Waits until the server runs a statement with these words. */
async function untilRunning(words: string): Promise<void> {
  const client = await WireClient.login({ url: account.url, ...WATCHER });
  await client.query("create database watched");
  const asked = `select query_id from table(information_schema.query_history())
    where execution_status = 'RUNNING' and contains(query_text, '${words}') and user_name <> 'WATCHER'`;
  while ((await client.query(asked)).total === 0);
  await client.query("drop database watched");
  await client.close();
}

const WATCHER = { user: "watcher", password: "any", version: "1" };

let account: RunningAccount;
let folder = "";
/** An address where nothing listens: its server has gone. */
let nowhere = "";

beforeAll(async () => {
  const gone = await start();
  nowhere = gone.url;
  await gone.close();
  account = await start();
  folder = mkdtempSync(join(tmpdir(), "mockhaus-cli-"));
});
afterAll(async () => {
  await account.close();
  rmSync(folder, { recursive: true, force: true });
});

const sql = (args: readonly string[], input = "") =>
  mockhaus(["sql", "--url", account.url, ...args], input);

describe("mockhaus start", () => {
  test("says once that it is ready, keeps its data to itself, and ends on SIGTERM", async () => {
    const data = join(folder, "data");
    const child = launch(["start", "--port", "0", "--data", data]);
    const { url, out } = await ready(child);
    expect((await mockhaus(["ready", "--url", url])).code).toBe(0);

    const second = await mockhaus(["start", "--port", "0", "--data", data]);
    expect(second).toMatchObject({ code: 1, out: "" });
    expect(second.err).toMatch(/^mockhaus: .* is in use by .*--data/);

    child.kill("SIGTERM");
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
    expect(out().match(/mockhaus ready/g)).toHaveLength(1);
    expect(out()).toContain(`accessUrl: "${url}"`);
    expect(out()).toContain('protocol="http"');
    expect((await mockhaus(["ready", "--url", url])).code).toBe(1);
  });

  test("names the option when the port is taken", async () => {
    const { code, out, err } = await mockhaus(["start", "--port", String(account.port)]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(
      /^mockhaus: port \d+ on 127.0.0.1 is in use; .*--port \(or MOCKHAUS_PORT\)/,
    );
  });

  test("refuses variables and flags that it does not know", async () => {
    const variable = await mockhaus(["start"], "", { MOCKHAUS_PROT: "1" });
    expect(variable).toMatchObject({ code: 1, out: "" });
    expect(variable.err).toContain("did you mean MOCKHAUS_PORT?");
    const flag = await mockhaus(["start", "--prot", "1"]);
    expect(flag).toMatchObject({ code: 1, out: "" });
    expect(flag.err).toContain("--port");
  });
});

describe("mockhaus ready", () => {
  test("waits for a server that is not there yet, until the time is over", async () => {
    const started = Date.now();
    const { code, err } = await mockhaus([
      ...["ready", "--wait", "--timeout", "500ms"],
      ...["--url", nowhere],
    ]);
    expect(code).toBe(1);
    expect(err).toContain(`${nowhere} is not ready: nothing listens there`);
    expect(Date.now() - started).toBeGreaterThanOrEqual(500);
  });
});

describe("mockhaus sql", () => {
  const query = "select 1 as n, 'a' as t, null as x, 1.50::number(5,2) as d";

  test("prints a table", async () => {
    const { code, out } = await sql(["-q", query]);
    expect(code).toBe(0);
    expect(out.replace(/\d+ ms/, "… ms")).toBe(
      [
        "┌───┬───┬──────┬──────┐",
        "│ N │ T │ X    │    D │",
        "├───┼───┼──────┼──────┤",
        "│ 1 │ a │ NULL │ 1.50 │",
        "└───┴───┴──────┴──────┘",
        "1 row (… ms)",
        "",
      ].join("\n"),
    );
  });

  test("prints JSON and CSV", async () => {
    const json = await sql(["--format", "json", query]);
    expect(json.out).toBe('[\n  {"N": 1, "T": "a", "X": null, "D": 1.50}\n]\n');
    const csv = await sql(["--format", "csv"], query);
    expect(csv.out).toBe("N,T,X,D\n1,a,,1.50\n");
  });

  test("runs the statements of a file in one session, and stops at the first error", async () => {
    const file = join(folder, "statements.sql");
    writeFileSync(
      file,
      "create database d; create table t (a int);\ninsert into t values (1), (2);\n" +
        "select count(*) as n from t; select nope; select 3 as never;",
    );
    const { code, out, err } = await sql(["--format", "csv", "-f", file]);
    expect(code).toBe(1);
    expect(out.endsWith("number of rows inserted\n2\nN\n2\n")).toBe(true);
    expect(err).toMatch(/^000904 \(42000\): SQL compilation error: /);
  });

  test("fetches the chunks of a large result", async () => {
    const text = "select seq4() as n from table(generator(rowcount => 120000))";
    const { out, err } = await sql(["--format", "csv", text]);
    expect(err).toBe("");
    const lines = out.trimEnd().split("\n");
    expect(lines).toHaveLength(120_001);
    expect(new Set(lines).size).toBe(120_001);
  });

  test("says that nothing listens", async () => {
    const { code, err } = await mockhaus(["sql", "--url", nowhere, "select 1"]);
    expect(code).toBe(1);
    expect(err).toContain(`mockhaus: cannot reach ${nowhere}: nothing listens there;`);
  });

  test("cancels the statement on ctrl-c", async () => {
    const text =
      "select count(*) from table(generator(rowcount => 2000000000)) a " +
      "cross join table(generator(rowcount => 2000000000)) b where random() = 1";
    const child = launch(["sql", "--url", account.url, "-q", text]);
    child.stdin?.end();
    let err = "";
    child.stderr?.on("data", (part) => {
      err += part;
    });
    const closed = once(child, "close");
    await untilRunning("cross join table(generator");
    child.kill("SIGINT");
    const [code] = await closed;
    expect(err).toBe("000604 (57014): SQL execution canceled\n");
    expect(code).toBe(1);
  });
});

describe("mockhaus translate", () => {
  test("needs no server, and takes declarations from a file", async () => {
    const ddl = join(folder, "tables.sql");
    writeFileSync(ddl, "create table t (id int, v variant);");
    const { code, out } = await mockhaus(["translate", "--ddl", ddl, "select v:a::int x from t"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^SELECT\b[\s\S]*FROM "DB"\."PUBLIC"\."T"/);
  });

  test("explains the steps", async () => {
    const { out } = await mockhaus(["translate", "--explain"], "select 1 / 3 as third");
    expect(out).toContain("tokens     6");
    expect(out).toContain("parsed     SELECT 1 / 3 AS THIRD");
    expect(out).toMatch(/columns {4}THIRD {2}NUMBER\(7,6\)/);
  });

  test("prints Snowflake's error", async () => {
    const { code, out, err } = await mockhaus(["translate", "selec 1"]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(
      /^001003 \(42000\): SQL compilation error:\nsyntax error line 1 at position 0/,
    );
  });
});

test("mockhaus version names all three", async () => {
  const { out } = await mockhaus(["version"]);
  expect(out).toMatch(/^mockhaus \d+\.\d+\.\d+\nnode {5}\d+\.\d+\.\d+\nduckdb {3}\d+\.\d+\.\d+\n$/);
});
