import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { HostFunction } from "../../translator/base/host.ts";
import type { Column } from "./columns.ts";
import type { DuckConnection } from "./connection.ts";
import { type DuckDatabase, openDatabase } from "./database.ts";
import { exportParquet } from "./export.ts";

const FUNCTIONS: readonly HostFunction[] = [
  {
    name: "_reverse",
    parameters: ["VARCHAR"],
    returns: "VARCHAR",
    evaluate: (text) => [...String(text)].reverse().join(""),
  },
  {
    name: "_is_null",
    parameters: ["BIGINT"],
    returns: "BOOLEAN",
    handlesNull: true,
    evaluate: (value) => value === null,
  },
  {
    name: "_join",
    parameters: ["VARCHAR[]"],
    returns: "VARCHAR[]",
    evaluate: (items) => (Array.isArray(items) ? items.map((item) => item ?? "-") : null),
  },
  {
    name: "_count_args",
    parameters: [],
    variadic: "VARCHAR",
    returns: "BIGINT",
    evaluate: (...args) => BigInt(args.length),
  },
  {
    name: "_fail",
    parameters: ["VARCHAR"],
    returns: "DOUBLE",
    evaluate: (value) => {
      throw snowflakeError("numericNotRecognized", { value: String(value) });
    },
  },
  {
    name: "_bug",
    parameters: ["BIGINT"],
    returns: "BIGINT",
    evaluate: () => {
      throw new Error("secret");
    },
  },
  { name: "_bytes", parameters: ["BLOB"], returns: "BLOB", evaluate: (bytes) => bytes },
  { name: "_huge", parameters: ["HUGEINT"], returns: "HUGEINT", evaluate: (value) => value },
  { name: "_day", parameters: ["DATE"], returns: "DATE", evaluate: (day) => Number(day) + 1 },
  { name: "_instant", parameters: ["TIMESTAMPTZ"], returns: "TIMESTAMPTZ", evaluate: (at) => at },
];

/** Of libuv's pool, in which statements run. */
const POOL_THREADS = Number(process.env.UV_THREADPOOL_SIZE ?? 4);

let database: DuckDatabase;
let connection: DuckConnection;

beforeEach(async () => {
  database = await openDatabase({ hostFunctions: FUNCTIONS, threads: 2 });
  connection = await database.connect();
});
afterEach(() => database.close());

async function columns(sql: string): Promise<readonly Column[]> {
  const result = await connection.query(sql);
  return must(result.chunks[0]).columns;
}

describe("columns", () => {
  it("reads numbers of every width", async () => {
    const [a, b, c, d, e] = await columns(
      `SELECT 12.34::DECIMAL(4,2), -1234567.8::DECIMAL(9,1), -5::DECIMAL(18,0),
        -99999999999999999999999999999999999999::DECIMAL(38,0), 1.5::DOUBLE`,
    );
    expect(a).toMatchObject({ kind: "decimal", precision: 4, scale: 2 });
    const at = (column: Column | undefined) =>
      column?.kind === "decimal" ? column.at(0) : undefined;
    expect([at(a), at(b), at(c), at(d)]).toEqual([
      1234n,
      -12345678n,
      -5n,
      -99999999999999999999999999999999999999n,
    ]);
    expect(e?.kind === "float" && e.values[0]).toBe(1.5);
  });

  it("reads wide values around the word size", async () => {
    const values = [0n, -1n, 2n ** 63n, -(2n ** 63n), 2n ** 64n, -(2n ** 64n) - 1n, 2n ** 63n - 1n];
    const list = values.map((value) => `(${value}::HUGEINT)`).join(",");
    const [column] = await columns(`SELECT * FROM (VALUES ${list}) t(v)`);
    if (column?.kind !== "hugeint") throw new Error("hugeint expected");
    expect(values.map((_, row) => column.at(row))).toEqual(values);
  });

  it("reads text, bytes, times, structs, lists and NULLs", async () => {
    const [text, bytes, tz, list, none] = await columns(
      `SELECT 'a longer text than twelve bytes: ü', '\\x00\\xFF'::BLOB,
        {instant: TIMESTAMPTZ '2020-01-01 00:00:00+00', offset_minutes: 60::SMALLINT},
        [1.5, 2.5]::FLOAT[2], NULL::INTEGER`,
    );
    expect(text?.kind === "text" && text.text(0)).toBe("a longer text than twelve bytes: ü");
    expect(bytes?.kind === "blob" && [...bytes.bytes(0)]).toEqual([0, 255]);
    if (tz?.kind !== "struct") throw new Error("struct expected");
    const instant = must(tz.fields[0]).column;
    expect(instant.kind === "timestamptz" && instant.values[0]).toBe(1577836800000000n);
    expect(list?.kind === "list" && [list.start(0), list.length(0)]).toEqual([0, 2]);
    expect(none?.isNull(0)).toBe(true);
  });
});

describe("long strings", () => {
  it("are right however they lie in memory", async () => {
    await connection.run(`CREATE TEMP TABLE l AS
      SELECT range AS n, CASE range % 5 WHEN 0 THEN NULL WHEN 1 THEN 'short'
        WHEN 2 THEN 'the same long text each time' ELSE repeat(chr(97 + (range % 26)::INTEGER),
        (range % 300)::INTEGER) END AS t FROM range(10000)`);
    const expected = (n: number) => {
      if (n % 5 === 0) return null;
      if (n % 5 === 1) return "short";
      if (n % 5 === 2) return "the same long text each time";
      return String.fromCharCode(97 + (n % 26)).repeat(n % 300);
    };
    for (const sql of ["FROM l ORDER BY n", "FROM l ORDER BY t, n", "FROM l WHERE n % 7 = 0"]) {
      const found = await connection.rows(`SELECT n, t ${sql}`);
      for (const { n, t } of found) expect(t).toBe(expected(Number(n)));
    }
  });
});

describe("host functions", () => {
  it("take and give every type", async () => {
    expect(
      await connection.rows(
        `SELECT _reverse('abc') AS r, _is_null(NULL) AS n, _count_args('a', 'b') AS c,
          _huge(-170141183460469231731687303715884105::HUGEINT)::VARCHAR AS h,
          _join(['x', NULL])::VARCHAR AS j, _day(DATE '2020-02-29')::VARCHAR AS d,
          hex(_bytes('\\x00\\xFF'::BLOB)) AS b, epoch_us(_instant(make_timestamptz(7))) AS i`,
      ),
    ).toEqual([
      {
        r: "cba",
        n: true,
        c: 2,
        h: "-170141183460469231731687303715884105",
        j: "[x, -]",
        d: "2020-03-01",
        b: "00FF",
        i: 7,
      },
    ]);
  });

  it("skip rows with NULL and keep their place in a large batch", async () => {
    const [row] = await connection.rows(
      `SELECT count(*) AS n, count(r) AS filled, bool_and(r IS NULL OR r = reverse(v)) AS same FROM (
        SELECT v, _reverse(v) AS r FROM (
          SELECT CASE WHEN range % 3 = 0 THEN NULL ELSE 'row number ' || range END AS v
          FROM range(10000)))`,
    );
    expect(row).toEqual({ n: 10000, filled: 6666, same: true });
  });

  it("carry zero characters", async () => {
    expect(await connection.rows("SELECT length(_reverse('a' || chr(0) || 'b')) AS n")).toEqual([
      { n: 3 },
    ]);
  });

  it("raise Snowflake's errors, and hide bugs", async () => {
    await expect(connection.run("SELECT _fail('x|y\n2')")).rejects.toMatchObject({
      code: "100038",
      sqlState: "22018",
      message: "Numeric value 'x|y\n2' is not recognized",
    });
    await expect(connection.run("SELECT _bug(1)")).rejects.toMatchObject({
      code: "370001",
      message: "Internal error: function _bug failed",
    });
  });
});

describe("connection", () => {
  it("translates DuckDB's errors", async () => {
    const code = async (sql: string) =>
      connection.run(sql).then(
        () => "none",
        (error: { code: string }) => error.code,
      );
    expect(await code("SELECT CAST('abc' AS DECIMAL(10,2))")).toBe("100038");
    expect(await code("SELECT CAST('1000' AS DECIMAL(3,0))")).toBe("100039");
    expect(await code("SELECT CAST(1000 AS DECIMAL(3,0))")).toBe("100046");
    expect(await code("SELECT CAST('2020-13-01' AS DATE)")).toBe("100040");
    expect(await code("SELECT CAST('x' AS TIMESTAMP)")).toBe("100035");
    expect(await code("SELECT CAST('x' AS BOOLEAN)")).toBe("100037");
    expect(await code("SELECT (SELECT unnest([1, 2]))")).toBe("090150");
    expect(
      await code("SELECT sum(99999999999999999999999999999999999999::DECIMAL(38,0)) FROM range(3)"),
    ).toBe("100046");
    await expect(connection.run("SELECT * FROM nope")).rejects.toMatchObject({
      code: "370001",
      message: "Internal error: the storage engine could not run the statement",
    });
  });

  it("interrupts, and goes on", async () => {
    const long = connection.run("SELECT count(*) FROM range(100000000000)");
    setImmediate(() => connection.interrupt());
    await expect(long).rejects.toMatchObject({ code: "000604" });
    expect(await connection.rows("SELECT 1 AS a")).toEqual([{ a: 1 }]);
  });

  it("interrupts a statement that waits for a thread", async () => {
    const slow = "SELECT count(*) FROM range(100000000000) WHERE random() = 1";
    const before = await Promise.all(
      Array.from({ length: POOL_THREADS }, () => database.connect()),
    );
    const busy = before.map((each) => each.run(slow).catch((error: unknown) => error));
    const waiting = connection.run(slow);
    // The statement is with the pool, whose threads are all taken.
    setImmediate(() => {
      connection.interrupt();
      for (const each of before) each.interrupt();
    });
    await expect(waiting).rejects.toMatchObject({ code: "000604" });
    await Promise.all([...busy, ...before.map((each) => each.close())]);
  });

  it("forgets an interrupt when nothing runs", async () => {
    connection.interrupt();
    expect(await connection.rows("SELECT 1 AS a")).toEqual([{ a: 1 }]);
  });

  it("streams, keeps the order of calls, and can stop in the middle", async () => {
    const stream = await connection.stream("SELECT range FROM range(1000000)");
    const after = connection.rows("SELECT 2 AS a");
    let count = 0;
    for (let chunk = await stream.next(); chunk !== undefined; chunk = await stream.next()) {
      count += chunk.rowCount;
    }
    expect(count).toBe(1000000);
    expect(await after).toEqual([{ a: 2 }]);
    const stopped = await connection.stream("SELECT range FROM range(100000000000)");
    await stopped.next();
    await stopped.close();
    await stopped.close();
    expect(await connection.rows("SELECT 3 AS a")).toEqual([{ a: 3 }]);
  });

  it("closes while a stream is open", async () => {
    const other = await database.connect();
    await (await other.stream("SELECT range FROM range(100000000000)")).next();
    await other.close();
    await other.close();
  });

  it("reports an error in the middle of a stream", async () => {
    const stream = await connection.stream(
      "SELECT CASE WHEN range = 500000 THEN _fail('x') ELSE 1 END FROM range(1000000)",
    );
    const drain = async () => {
      while ((await stream.next()) !== undefined);
    };
    await expect(drain()).rejects.toMatchObject({ code: "100038" });
    expect(await connection.rows("SELECT 3 AS a")).toEqual([{ a: 3 }]);
  });

  it("sets the time zone of conversions", async () => {
    await connection.setTimeZone("America/New_York");
    expect(await connection.rows("SELECT make_timestamptz(0)::VARCHAR AS t")).toEqual([
      { t: "1969-12-31 19:00:00-05" },
    ]);
  });

  it("exports a query as Parquet", async () => {
    const directory = mkdtempSync(join(tmpdir(), "mockhaus-export-"));
    try {
      const file = join(directory, "it's.parquet");
      const options = { compression: "zstd", rowGroupRows: 4096 } as const;
      const select = "SELECT range AS a FROM range(10000) ORDER BY a DESC";
      expect(await exportParquet(connection, select, file, options)).toBe(10000);
      const [row] = await connection.rows(
        `SELECT count(*) AS n, max(a) FILTER (file_row_number = 0) AS first
          FROM read_parquet('${file.replace("'", "''")}', file_row_number = true)`,
      );
      expect(row).toEqual({ n: 10000, first: 9999 });
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it("appends columns of values", async () => {
    await connection.run("CREATE TEMP TABLE b (a DECIMAL(38,0), t VARCHAR, d DATE, x BLOB)");
    const values = Array.from({ length: 5000 }, (_, i) => (i % 7 === 0 ? null : BigInt(i)));
    const count = await connection.append({ catalog: "temp", schema: "main", name: "b" }, [
      { duckType: "DECIMAL(38,0)", values },
      { duckType: "VARCHAR", values: values.map((value) => `row ${value}`) },
      { duckType: "DATE", values: values.map(() => 0) },
      { duckType: "BLOB", values: values.map(() => new Uint8Array([1])) },
    ]);
    expect(count).toBe(5000);
    expect(
      await connection.rows("SELECT count(*) AS n, count(a) AS a, sum(a) AS s, max(t) AS t FROM b"),
    ).toEqual([{ n: 5000, a: 4285, s: 10710715, t: "row null" }]);
  });
});

describe("data directory", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "mockhaus-data-"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it("keeps rows over a restart, and refuses a second owner", async () => {
    const first = await openDatabase({ directory, hostFunctions: [] });
    await expect(openDatabase({ directory, hostFunctions: [] })).rejects.toThrow("already open");
    const writer = await first.connect();
    await writer.run("CREATE TABLE data.x AS SELECT 1 AS a");
    await first.close();
    const second = await openDatabase({ directory, hostFunctions: [] });
    const reader = await second.connect();
    expect(await reader.rows("SELECT a FROM data.x")).toEqual([{ a: 1 }]);
    await second.close();
  });

  it("refuses another format", async () => {
    writeFileSync(join(directory, "FORMAT"), "99\n");
    await expect(openDatabase({ directory, hostFunctions: [] })).rejects.toThrow("has format 99");
    expect(readFileSync(join(directory, "FORMAT"), "utf8")).toBe("99\n");
  });
});
