/**
 * `npm run bench`: latency, translation, fetching, start-up and memory, measured in one run. `--write` puts the figures
 * into docs/benchmarks.md. Nothing here asserts a time.
 */

import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join, resolve } from "node:path";
import { openAccount } from "../server/execute/account.ts";
import { parseStatement } from "../translator/statements/statement.ts";
import { BenchClient } from "./client.ts";
import { FUNCTION_ROWS, functionFigures, ratio } from "./functions.ts";
import { ms, paired, timed } from "./measure.ts";
import { recordedFigures } from "./recorded.ts";
import { FUNCTIONS, SETUP, SIZES, SMALL } from "./statements.ts";
import { translateFigures } from "./translation.ts";

const ROOT = resolve(import.meta.dirname, "..");
const LATENCY_RUNS = 500;
const FETCH_ROWS = 200_000;
const CHOSEN_ROWS = 100_000;
/** A function in JavaScript is slow from that many times a native one's time on. */
const SLOW_RATIO = 3;
const RECORDED = resolve(ROOT, "../shared/conformance");
const lines: string[] = [];

function say(text = ""): void {
  lines.push(text);
  process.stdout.write(`${text}\n`);
}

type Server = {
  readonly url: string;
  readonly startMs: number;
  readonly idleMb: number;
  stop(): void;
};

/** The built server as users start it. */
async function startServer(): Promise<Server> {
  const start = performance.now();
  const child = spawn(process.execPath, ["dist/src/cli/mockhaus.cjs", "start", "--port", "0"], {
    cwd: ROOT,
  });
  const url = await new Promise<string>((found, failed) => {
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += String(chunk);
      const match = /mockhaus ready on (\S+)/.exec(text);
      if (match?.[1] !== undefined) found(match[1]);
    });
    child.on("exit", (code) => failed(new Error(`the server ended with ${code}`)));
  });
  const startMs = performance.now() - start;
  await new Promise((done) => setTimeout(done, 1_000));
  return { url, startMs, idleMb: residentMb(child.pid), stop: () => child.kill("SIGTERM") };
}

function residentMb(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return Number.NaN;
  }
}

async function latency(server: Server): Promise<void> {
  const client = new BenchClient(server.url);
  await client.login("JavaScript", "3.3.0");
  for (const sql of SETUP) await client.run(sql);
  const account = await openAccount();
  const session = await account.login({
    user: "bench",
    account: "bench",
    client: { application: "bench", version: "1", environment: {} },
  });
  for (const text of SETUP) await account.submit(session, { text }).done;
  say("## Small statements");
  say();
  say(
    "One connection over loopback, against the lowered DuckDB statement in process, in turn. Milliseconds, median (p95).",
  );
  say();
  say("| statement | over loopback | DuckDB in process | difference of medians |");
  say("|---|---:|---:|---:|");
  for (const [name, sql] of Object.entries(SMALL)) {
    const duck = await translateFigures(sql, account, session);
    await client.run(sql);
    const [wire, engine] = await paired(
      LATENCY_RUNS,
      () => client.text(sql),
      () => session.connection.query(duck.sql),
    );
    const difference = wire.median - engine.median;
    say(
      `| ${name} | ${ms(wire.median)} (${ms(wire.p95)}) | ${ms(engine.median)} (${ms(engine.p95)}) | ${ms(difference)} |`,
    );
  }
  const insert = await timed(LATENCY_RUNS, (run) =>
    client.text(`INSERT INTO t (id) VALUES (${run})`),
  );
  say(`| INSERT of a row, committed | ${ms(insert.median)} (${ms(insert.p95)}) | | |`);
  say();
  await translation(account, session);
  await functions(account, session);
  await exampleFunctions(account, session);
  await account.close();
  client.close();
}

type Account = Awaited<ReturnType<typeof openAccount>>;
type Session = Awaited<ReturnType<Account["login"]>>;

async function translation(account: Account, session: Session): Promise<void> {
  say("## Translation");
  say();
  say(
    "Milliseconds, medians. *parse* includes *lex*; *all* is parse, bind and lower in one; *cached* looks up a text again.",
  );
  say();
  say("| statement | characters | lex | parse | bind | lower | all | cached |");
  say("|---|---:|---:|---:|---:|---:|---:|---:|");
  for (const [name, sql] of Object.entries(SIZES)) {
    const runs = sql.length > 20_000 ? 20 : 300;
    const measured = await translateFigures(sql, account, session, runs);
    const { lex, parse, bind, lower, all, cached } = measured;
    const cells = [lex, parse, bind, lower, all, cached].map(({ median }) => ms(median));
    say(`| ${name} | ${sql.length} | ${cells.join(" | ")} |`);
  }
  say();
  const recorded = await recordedFigures(RECORDED);
  if (recorded === undefined) {
    say("SKIPPED recorded queries: ../shared/conformance is not there.");
  } else {
    const { queries, all, cached } = recorded;
    const first = `median ${ms(all.median)} (p95 ${ms(all.p95)})`;
    const again = `cached ${ms(cached.median)} (p95 ${ms(cached.p95)})`;
    say(`All ${queries} recorded queries that translate: ${first}, ${again}.`);
  }
  say();
  say("Parsing of large texts (INSERT … VALUES), milliseconds:");
  say();
  say("| size | parse | per KB |");
  say("|---|---:|---:|");
  for (const kilobytes of [16, 64, 256, 1_000]) {
    const row = "(1, 'some text', 12.5, '2024-01-01'),";
    const sql = `INSERT INTO t VALUES ${row.repeat(Math.ceil((kilobytes * 1_024) / row.length)).slice(0, -1)}`;
    const parse = await timed(9, () => parseStatement(sql));
    say(`| ${kilobytes} KB | ${ms(parse.median)} | ${ms(parse.median / kilobytes)} |`);
  }
  say();
}

async function functions(account: Account, session: Session): Promise<void> {
  const source = `CREATE OR REPLACE TABLE f AS SELECT SEQ4() AS id, 'name ' || SEQ4() AS name, SEQ4()::NUMBER(12,2) AS amount
    FROM TABLE(GENERATOR(ROWCOUNT => ${CHOSEN_ROWS}))`;
  await account.submit(session, { text: source }).done;
  say("## Functions in JavaScript");
  say();
  say(
    `Aggregated over ${CHOSEN_ROWS.toLocaleString("en")} rows, beside a native expression; milliseconds. Over 3 times is marked.`,
  );
  say();
  say("| function | JavaScript | native | ratio |");
  say("|---|---:|---:|---:|");
  for (const [name, host, native] of FUNCTIONS) {
    const sql = (expression: string) => `SELECT COUNT(${expression}) FROM f`;
    const [slow, fast] = await paired(
      5,
      () => account.submit(session, { text: sql(host) }).done,
      () => account.submit(session, { text: sql(native) }).done,
    );
    const times = slow.median / fast.median;
    const mark = times > SLOW_RATIO ? " *" : "";
    say(`| ${name} | ${ms(slow.median)} | ${ms(fast.median)} | ${times.toFixed(1)}${mark} |`);
  }
  say();
}

async function exampleFunctions(account: Account, session: Session): Promise<void> {
  const measured = await functionFigures(account, session);
  const slow = measured.filter((one) => ratio(one) > SLOW_RATIO);
  say(
    `Of ${measured.length} functions whose documented example runs in JavaScript, ${slow.length} take over ${SLOW_RATIO} times as long as UPPER over ${FUNCTION_ROWS.toLocaleString("en")} rows; microseconds a row:`,
  );
  say();
  say("| function | microseconds | ratio |");
  say("|---|---:|---:|");
  for (const one of slow) {
    const each = (one.host.median * 1_000) / FUNCTION_ROWS;
    say(`| ${one.name} | ${each.toFixed(2)} | ${ratio(one).toFixed(1)} |`);
  }
  say();
}

async function fetching(server: Server): Promise<void> {
  say("## Fetching");
  say();
  say(`${FETCH_ROWS.toLocaleString("en")} rows of five columns, all chunks read, nothing decoded.`);
  say();
  say("| format | seconds | rows per second |");
  say("|---|---:|---:|");
  const clients = { JSON: ["JavaScript", "3.3.0"], Arrow: ["PythonConnector", "4.8.1"] } as const;
  for (const [name, [application, version]] of Object.entries(clients)) {
    const client = new BenchClient(server.url);
    await client.login(application, version);
    const sql = `SELECT SEQ4() AS id, 'name ' || SEQ4() AS name, SEQ4() / 7 AS amount, UNIFORM(1, 100, 7) AS n,
      DATEADD(second, SEQ4(), '2024-01-01'::TIMESTAMP_NTZ) AS at FROM TABLE(GENERATOR(ROWCOUNT => ${FETCH_ROWS}))`;
    const start = performance.now();
    const { data } = await client.run(sql);
    for (const chunk of (data.chunks ?? []) as { url: string }[]) await client.get(chunk.url);
    const seconds = (performance.now() - start) / 1_000;
    say(
      `| ${name} | ${seconds.toFixed(2)} | ${Math.round(FETCH_ROWS / seconds).toLocaleString("en")} |`,
    );
    client.close();
  }
  say();
}

async function main(): Promise<void> {
  say("# Benchmarks");
  say();
  say(
    "Made by `npm run bench -- --write`. Figures of one machine and one run: compare within a page, not between pages.",
  );
  say();
  say(
    `Node ${process.version}, ${cpus().length} processors (${cpus()[0]?.model.trim() ?? "unknown"}), load average ${loadavg()[0]?.toFixed(1)} when it began.`,
  );
  say();
  const server = await startServer();
  try {
    say("## Start");
    say();
    say(
      `Ready after ${Math.round(server.startMs)} ms; resident memory when idle ${Math.round(server.idleMb)} MB.`,
    );
    say();
    await latency(server);
    await fetching(server);
  } finally {
    server.stop();
  }
  if (process.argv.includes("--write")) {
    writeFileSync(join(ROOT, "docs", "benchmarks.md"), `${lines.join("\n").trimEnd()}\n`);
  }
}

await main();
