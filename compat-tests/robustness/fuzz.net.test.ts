/** Random bodies and random SQL: whatever comes, the answer has Snowflake's shape and nothing fails inside. */

import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Client, expectAlive, startServer, type TestServer } from "./test-kit.ts";

const RUNS = Number(process.env.FUZZ_RUNS ?? 250);
const SEED = Number(process.env.FUZZ_SEED ?? 20_260);

const STATEMENTS = [
  "select a, b || 'x', count(*) over (partition by b order by a) from t where a > 1 qualify row_number() over (order by a) = 1",
  "select v:a.b[0]::int, v['c'] from t, lateral flatten(input => v:list) f where f.value is not null",
  "with c as (select a, sum(a) s from t group by all) select * exclude (a) from c order by 1 desc nulls last limit 3",
  "insert into t (a, b) select 1, 'x' union all select null, to_varchar(current_date)",
  "update t set b = u.b from t u where t.a = u.a and u.a in (1, 2.5, '3')",
  "delete from t using (select 1 as x) s where t.a = s.x or t.d between '2020-01-01' and dateadd(day, 1, d)",
  "merge into t using (select 1 as k) s on t.a = s.k when matched then update set b = 'm' when not matched then insert (a) values (s.k)",
  "create or replace table u (a number(10, 2) not null default 1, b varchar(5) comment 'c', primary key (a)) as select 1, 'z'",
  "alter table u add column if not exists c timestamp_ntz(3) default '2020-01-01'::timestamp",
  "select to_date('2020-13-01'), try_to_number('1e5', '999'), split_part('a.b', '.', -1), iff(true, 1, null)",
  "select case when a = 1 then 'x' else b end, cast(a as float) / 0, a % 0, -a, not (a = 1) from t",
  "select date_trunc('month', d), datediff(day, d, '2021-02-03'), interval '1 day' + d, to_char(d, 'YYYY-MM') from t",
  "select array_agg(a) within group (order by a), listagg(distinct b, ',') , object_agg(b, a), median(a) from t group by rollup (a)",
  "select * from t pivot (sum(a) for b in ('x', 'y')) as p",
  "select * from (values (1, 'a'), (2, 'b')) v(x, y) full outer join t on v.x = t.a asof",
  "show tables like '%t%' in schema d.public starts with 'T' limit 1",
  "describe table t",
  "set v1 = (select max(a) from t)",
  "create view w as select $1 as x from values (1), (2)",
  "execute immediate $$ begin let x := 1; return x + 1; end $$",
  "begin; insert into t (a) values (9); rollback",
  "select parse_json('{\"a\":[1,{\"b\":null}]}'):a[1].b, object_construct('k', 1), [1, 'x', null], {'a': 1}",
  "select regexp_replace('abc', '(a)(b', '\\\\1'), 'a' like any ('%a', 'b_') escape '!', rlike('x', '['), sha2('x')",
];

const WORDS =
  "select from where ( ) , . : :: [ ] { } * + - / % = <> < > 'x' '' \"q\" 1 -1 1.5 1e400 99999999999999999999999999999999999999999 null true a b v d t u over partition by order group having qualify limit union all except as in is not and or like between case when then else end cast interval date timestamp array object $1 ? :1 ; -- /* */ $$ @ ~ ^ | || => -> exists distinct top with recursive lateral flatten( table( generator(rowcount=>2) values join left using on sum( count(* max( identifier( to_number( to_date('x') try_cast(".split(
    " ",
  );

let server: TestServer;
let client: Client;
beforeAll(async () => {
  server = await startServer();
  client = await server.login();
  await client.rows("create database d");
  await prepare();
});
afterAll(() => server.close());
afterEach(() => expectAlive(server));

async function prepare(): Promise<void> {
  await client.query("rollback");
  await client.query("create database if not exists d");
  await client.query("use schema d.public");
  await client.query(
    "create or replace table t as select 1 as a, 'x' as b, parse_json('{\"a\":{\"b\":[1]},\"list\":[1,2]}') as v, '2020-02-29'::date as d",
  );
}

async function quiet(sql: string): Promise<void> {
  const answer = await client.query(sql);
  if (answer.success) return;
  expect(server.internalErrors(), sql).toEqual([]);
  // The engine's own words never reach a client.
  expect(answer.message).not.toMatch(/duckdb|Binder Error|Parser Error|Catalog Error|LINE \d+:/i);
}

const position = fc.nat();
const mutation = fc.record({
  statement: fc.constantFrom(...STATEMENTS),
  edits: fc.array(
    fc.record({
      at: position,
      length: fc.nat({ max: 3 }),
      word: fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 4, unit: "binary" })),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

/** Words of the statement cut out, replaced or put in between. */
function mutated({
  statement,
  edits,
}: typeof mutation extends fc.Arbitrary<infer T> ? T : never): string {
  const tokens = statement.split(/(\s+|\b)/).filter((token) => token.trim() !== "");
  for (const { at, length, word } of edits) {
    tokens.splice(at % (tokens.length + 1), length, word);
  }
  return tokens.join(" ");
}

const settings = { numRuns: RUNS, seed: SEED, endOnFailure: true } as const;
const time = 300_000;

describe("random SQL", () => {
  it("of any characters", { timeout: time }, async () => {
    const text = fc.string({ unit: "binary", maxLength: 80 });
    await fc.assert(fc.asyncProperty(text, quiet), settings);
  });

  it("of words of the language", { timeout: time }, async () => {
    const text = fc
      .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 25 })
      .map((words) => `select ${words.join(" ")}`);
    await fc.assert(fc.asyncProperty(text, quiet), settings);
  });

  it("that was once right", { timeout: time }, async () => {
    const property = fc.asyncProperty(mutation, (made) => quiet(mutated(made)));
    await fc.assert(property.beforeEach(prepare), settings);
  });
});

describe("random bodies", () => {
  const paths = [
    "/session/v1/login-request",
    "/session/token-request",
    "/session/heartbeat",
    "/queries/v1/query-request",
    "/queries/v1/abort-request",
    "/telemetry/send",
  ];

  it.each(paths)("%s", { timeout: time }, async (path) => {
    const key = fc.constantFrom(
      "sqlText",
      "data",
      "bindings",
      "parameters",
      "requestId",
      "1",
      "type",
    );
    const tree = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.constantFrom(null, true, 7, "select ?", "FIXED", "", -0, 1e308),
        fc.string({ maxLength: 5, unit: "binary" }),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(key, tie("value"), { maxKeys: 4 }),
      ),
    })).value;
    const property = fc.asyncProperty(fc.oneof(tree, fc.jsonValue()), async (value) => {
      await server.call(path, { token: client.token, body: JSON.stringify(value) });
      expect(server.internalErrors()).toEqual([]);
    });
    await fc.assert(property, { ...settings, numRuns: Math.ceil(RUNS / 3) });
    for (const session of [...server.account.sessions.all()]) {
      if (session.token !== client.token) await server.account.closeSession(session);
    }
  });
});
