/**
 * kill -9 over writing clients: `crash.ts [--rounds 20] [--entry dist/src/cli/main.js]`. Each round starts the server on the
 * directory that the kill before left, verifies it, writes from several sessions, and kills at a random moment.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ServerProcess } from "./server-process.ts";
import { CrashSession } from "./session.ts";
import { verify } from "./verify.ts";
import { Writer } from "./writer.ts";

const WRITERS = ["x", "y", "z"];
const KILL_AFTER_MS_MAX = 700;
/** Every so many rounds the server is killed also while it starts. */
const START_KILL_EVERY = 4;
const START_KILL_MS_MAX = 1_200;
const PROGRESS_EVERY = 20;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "20" },
    entry: { type: "string", default: join("src", "cli", "main.ts") },
  },
});

async function sleep(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function sessionIn(url: string): Promise<CrashSession> {
  const session = await CrashSession.open(url);
  await session.run("use schema crash.public");
  return session;
}

async function setUp(url: string, writers: readonly Writer[]): Promise<void> {
  const session = await CrashSession.open(url);
  await session.run("create database if not exists crash");
  for (const writer of writers) await writer.setUp(session);
}

/** Answers what was wrong after the start, then writes and kills. */
async function round(
  directory: string,
  writers: readonly Writer[],
  isFirst: boolean,
): Promise<string[]> {
  const server = new ServerProcess(values.entry, directory);
  try {
    const url = await server.ready();
    if (isFirst) await setUp(url, writers);
    const verifier = await sessionIn(url);
    const wrong: string[] = [];
    for (const writer of writers) wrong.push(...(await verify(verifier, writer)));
    const sessions = await Promise.all(writers.map(() => sessionIn(url)));
    const writing = Promise.all(
      writers.map((writer, i) => writer.writeUntilKilled(sessions[i] ?? verifier)),
    );
    const failed = writing.then(
      () => undefined,
      (error: unknown) => wrong.push(`while writing: ${String(error)}\n${server.output}`),
    );
    await sleep(Math.random() * KILL_AFTER_MS_MAX);
    await server.kill();
    await failed;
    return wrong;
  } finally {
    await server.kill();
  }
}

async function killWhileStarting(directory: string): Promise<void> {
  const server = new ServerProcess(values.entry, directory);
  await sleep(Math.random() * START_KILL_MS_MAX);
  await server.kill();
}

async function main(): Promise<void> {
  const rounds = Number(values.rounds);
  const directory = mkdtempSync(join(tmpdir(), "mockhaus-kill-"));
  const writers = WRITERS.map((name) => new Writer(name));
  let failed = 0;
  let done = 0;
  // One more start than kills: the last one only has to be right.
  for (; done <= rounds && failed < 3; done++) {
    if (done > 0 && done % START_KILL_EVERY === 0) await killWhileStarting(directory);
    const wrong = await round(directory, writers, done === 0).catch((error: unknown) => [
      String(error),
    ]);
    if (done > 0 && done % PROGRESS_EVERY === 0) process.stdout.write(`${done} kills so far\n`);
    if (wrong.length === 0) continue;
    failed++;
    process.stdout.write(`after kill ${done}:\n${wrong.map((line) => `  ${line}\n`).join("")}`);
  }
  const commits = writers.reduce((sum, writer) => sum + writer.acknowledged, 0);
  process.stdout.write(`${done - 1} kills, ${commits} transactions committed\n`);
  if (failed === 0) rmSync(directory, { recursive: true, force: true });
  else process.stdout.write(`the data is kept in ${directory}\n`);
  process.stdout.write(`${done - failed} passed, ${failed} failed, 0 skipped\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}

await main();
