/** Codes, SQLSTATEs and messages as Snowflake sends them. */

import { deepEqual, equal, match } from "node:assert/strict";
import type { Checks } from "../kit/checks.ts";
import { type Connection, failure, run, value } from "./session.ts";

type Case = readonly [sql: string, code: string, sqlState: string, message: RegExp];

const CASES: readonly Case[] = [
  [
    "select * from nope",
    "002003",
    "42S02",
    /^SQL compilation error:\nObject 'NOPE' does not exist or not authorized\.$/,
  ],
  [
    "select nope from n",
    "000904",
    "42000",
    /^SQL compilation error: error line 1 at position 7\ninvalid identifier 'NOPE'$/,
  ],
  [
    "selec 1",
    "001003",
    "42000",
    /^SQL compilation error:\nsyntax error line 1 at position 0 unexpected 'selec'\.$/,
  ],
  ["select 1 / 0", "100051", "22012", /^Division by zero$/],
  ["select 'abc'::int", "100038", "22018", /^Numeric value 'abc' is not recognized$/],
  ["select 'abc'::date", "100040", "22007", /^Date 'abc' is not recognized$/],
  ["select nope(1)", "002140", "42601", /^SQL compilation error:\nUnknown function NOPE$/],
  [
    "create table n (a int)",
    "002002",
    "42710",
    /^SQL compilation error:\nObject '.*N' already exists\.$/,
  ],
  [
    "insert into strict_table values (null)",
    "100072",
    "22000",
    /NULL result in a non-nullable column/,
  ],
  ["select parse_json('{')", "100069", "22P02", /^Error parsing JSON: /],
  ["drop table nope", "002003", "42S02", /does not exist or not authorized/],
  ["use database nope", "002043", "02000", /does not exist, or operation cannot be performed/],
];

export async function checkErrors(checks: Checks, connection: Connection): Promise<void> {
  await run(connection, "create or replace table strict_table (a int not null)");
  for (const [sql, code, sqlState, message] of CASES) {
    await checks.check(`error of ${sql}`, async () => {
      const error = await failure(connection, sql);
      deepEqual([error.code, error.sqlState], [code, sqlState], error.message);
      match(error.message, message);
    });
  }
  await checks.check("a wrong number of statements", async () => {
    const error = await failure(connection, "select 1; select 2");
    equal(error.code, "000008");
    equal(error.sqlState, "0A000");
    equal(error.message, "Actual statement count 2 did not match the desired statement count 1.");
  });
  await checks.check("a bind that is not set", async () => {
    const error = await failure(connection, "select ?, ?", { binds: [1] });
    equal(error.code, "002049");
  });
  await checks.check("the session goes on after errors", async () => {
    equal(await value(connection, "select 41 + 1"), 42);
  });
  await checkInterrupts(checks, connection);
}

/** Ten thousand million pairs: minutes, when nobody stops it. */
const LONG_STATEMENT = `select count(*) from (select seq4() as a from table(generator(rowcount => 100000))) x,
  (select seq4() as b from table(generator(rowcount => 1000000))) y where hash(x.a, y.b) = 1`;
const RUN_FOR_MS = 700;
const STOPPED_WITHIN_MS = 8_000;

async function checkInterrupts(checks: Checks, connection: Connection): Promise<void> {
  await checks.check("cancel interrupts a running statement", async () => {
    const started = performance.now();
    const error = await new Promise<Error & { code?: unknown; sqlState?: unknown }>(
      (resolve, reject) => {
        const statement = connection.execute({
          sqlText: LONG_STATEMENT,
          complete: (failed) =>
            failed ? resolve(failed) : reject(new Error("it was not stopped")),
        });
        setTimeout(() => {
          statement.cancel((failed) => {
            if (failed) reject(failed);
          });
        }, RUN_FOR_MS);
      },
    );
    equal(String(error.code), "000604");
    equal(error.sqlState, "57014");
    equal(error.message, "SQL execution canceled");
    equal(await value(connection, "select 1"), 1);
    const took = performance.now() - started;
    if (took > STOPPED_WITHIN_MS) throw new Error(`it took ${took} ms`);
  });
  await checks.check("STATEMENT_TIMEOUT_IN_SECONDS ends a statement", async () => {
    const parameters = { STATEMENT_TIMEOUT_IN_SECONDS: 1 };
    const started = performance.now();
    const error = await failure(connection, LONG_STATEMENT, { parameters });
    deepEqual([error.code, error.sqlState], ["000630", "57014"], error.message);
    match(
      error.message,
      /^Statement reached its statement or warehouse timeout of 1 second\(s\) and was canceled\.$/,
    );
    const took = performance.now() - started;
    if (took > STOPPED_WITHIN_MS) throw new Error(`it took ${took} ms`);
  });
}
