/**
 * Loads the files into an account and prints the answers: `npx tsx examples/earthquakes/load.ts http://127.0.0.1:8080`.
 * Everything goes through snowflake-sdk; the tables are in the schema EARTHQUAKES.PUBLIC.
 */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import snowflake from "snowflake-sdk";
import { airports, quakes } from "./data.ts";

export type Row = Record<string, unknown>;

const QUESTIONS = join(dirname(fileURLToPath(import.meta.url)), "questions");
/** Rows of one INSERT with array binds. */
const BATCH_ROWS = 500;
const DEFAULT_URL = "http://127.0.0.1:8080";

snowflake.configure({ logLevel: "OFF" });

export async function connect(url: string): Promise<snowflake.Connection> {
  const login = { accessUrl: url, account: "mockhaus", username: "me", password: "any" };
  const connection = snowflake.createConnection(login);
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
  return connection;
}

export function run(
  connection: snowflake.Connection,
  sqlText: string,
  binds: unknown = [],
): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    connection.execute({
      sqlText,
      binds: binds as snowflake.Binds,
      complete: (error, _, rows) => (error ? reject(error) : resolve(rows ?? [])),
    });
  });
}

/** The questions by name: `1-networks` and its SQL. */
export function questions(): ReadonlyMap<string, string> {
  const files = readdirSync(QUESTIONS).sort();
  return new Map(
    files.map((file) => [file.replace(".sql", ""), readFileSync(join(QUESTIONS, file), "utf8")]),
  );
}

async function insert(
  connection: snowflake.Connection,
  sql: string,
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += BATCH_ROWS) {
    await run(connection, sql, rows.slice(from, from + BATCH_ROWS));
  }
}

/** Makes the database anew and fills it. */
export async function load(connection: snowflake.Connection): Promise<void> {
  await run(connection, "create or replace database earthquakes");
  await run(connection, "alter session set timezone = 'UTC'");
  await run(connection, "create or replace temporary table incoming (line int, text varchar)");
  await run(connection, "create or replace table quakes_raw (doc variant)");
  await run(
    connection,
    `create or replace table airports (iata varchar(4) not null, name varchar, state varchar(2),
      latitude number(12, 8), longitude number(12, 8))`,
  );
  const features = quakes().map((quake, line) => [line, JSON.stringify(quake)]);
  await insert(connection, "insert into incoming (line, text) values (?, ?)", features);
  await run(
    connection,
    "insert into quakes_raw select parse_json(text) from incoming order by line",
  );
  const places = airports().map((a) => [a.iata, a.name, a.state, a.latitude, a.longitude]);
  await insert(connection, "insert into airports values (?, ?, ?, ?, ?)", places);
  await run(
    connection,
    `create or replace table quakes as
    select
      doc:id::varchar(20) as id,
      doc:properties.net::varchar(4) as network,
      doc:properties.type::varchar as kind,
      doc:properties.mag::float as mag,
      doc:properties.place::varchar as place,
      to_timestamp_ntz(doc:properties.time::int, 3) as at,
      doc:properties.sig::int as significance,
      doc:properties.felt::int as reports,
      doc:geometry.coordinates[0]::float as longitude,
      doc:geometry.coordinates[1]::float as latitude
    from quakes_raw`,
  );
  await mergeFelt(connection);
}

/** The events that people felt: first a guess of them, then the truth merged into it. */
async function mergeFelt(connection: snowflake.Connection): Promise<void> {
  await run(
    connection,
    `create or replace table felt as
      select id, mag, latitude, longitude, 0::int as reports from quakes where mag >= 4`,
  );
  await run(
    connection,
    `merge into felt as f using quakes as q on f.id = q.id
      when matched and q.reports is null then delete
      when matched then update set reports = q.reports
      when not matched and q.reports is not null then
        insert (id, mag, latitude, longitude, reports)
        values (q.id, q.mag, q.latitude, q.longitude, q.reports)`,
  );
}

async function main(url: string): Promise<void> {
  const connection = await connect(url);
  await load(connection);
  for (const [name, sql] of questions()) {
    process.stdout.write(`\n${name}\n`);
    for (const row of (await run(connection, sql)).slice(0, 10)) {
      process.stdout.write(`  ${JSON.stringify(row)}\n`);
    }
  }
  await new Promise<void>((resolve) => connection.destroy(() => resolve()));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await main(process.argv[2] ?? DEFAULT_URL);
}
