import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openStagedSession, type StagedTestSession } from "./staged-test-kit.ts";

let session: StagedTestSession;
beforeAll(async () => {
  session = await openStagedSession();
  await session.run("CREATE DATABASE d");
  await session.run("CREATE TABLE t (i INT, s TEXT, d DATE, v VARIANT)");
  await session.run(
    `INSERT INTO t SELECT 1, 'a,b', '2024-01-02'::DATE, PARSE_JSON('{"k":[1,"x"]}')
     UNION ALL SELECT 2, NULL, NULL, NULL`,
  );
});
afterAll(() => session.close());
beforeEach(() => session.run("REMOVE @~"));

/** The lines of an unloaded file. */
const lines = (path: string, options = "") =>
  session.texts(
    `SELECT $1 FROM @~/${path} (FILE_FORMAT => lines) ${options} ORDER BY METADATA$FILE_ROW_NUMBER`,
  );
beforeAll(() =>
  session.run(
    "CREATE FILE FORMAT lines TYPE = CSV FIELD_DELIMITER = NONE ESCAPE_UNENCLOSED_FIELD = NONE NULL_IF = ()",
  ),
);
const names = async () => (await session.rows("LIST @~")).map(({ name }) => String(name));

describe("CSV", () => {
  it("is compressed, with escapes and \\N by default", async () => {
    const { columns, rows } = await session.result("COPY INTO @~/x/ FROM t");
    expect(columns.map(({ name }) => name)).toEqual([
      "rows_unloaded",
      "input_bytes",
      "output_bytes",
    ]);
    expect(rows[0]?.[0]).toBe("2");
    expect(await names()).toEqual(["x/data_0_0_0.csv.gz"]);
    expect(await lines("x/")).toEqual(['1,a\\,b,2024-01-02,{"k":[1\\,"x"]}', "2,\\N,\\N,\\N"]);
    expect(rows[0]?.[1]).toBe(String('1,a\\,b,2024-01-02,{"k":[1\\,"x"]}\n2,\\N,\\N,\\N\n'.length));
  });

  it("loads as it was", async () => {
    await session.run("COPY INTO @~/x/ FROM t");
    await session.run("CREATE OR REPLACE TABLE again LIKE t");
    await session.run("COPY INTO again FROM @~/x/");
    expect(await session.texts("SELECT * FROM t MINUS SELECT * FROM again")).toEqual([]);
  });

  it("has enclosed texts, a header, formats and another name by options", async () => {
    const options = `FILE_FORMAT = (TYPE = CSV FIELD_OPTIONALLY_ENCLOSED_BY = '"' NULL_IF = ('null')
      COMPRESSION = NONE DATE_FORMAT = 'DD.MM.YYYY' FIELD_DELIMITER = '|') HEADER = TRUE SINGLE = TRUE`;
    await session.run(`COPY INTO @~/one.csv FROM (SELECT i, s, d FROM t) ${options}`);
    expect(await names()).toEqual(["one.csv"]);
    expect(await lines("one.csv")).toEqual(['"I"|"S"|"D"', '1|"a,b"|"02.01.2024"', "2|null|null"]);
  });

  // https://docs.snowflake.com/en/user-guide/data-unload-considerations
  it("tells empty texts from NULL, or refuses them", async () => {
    const query = "FROM (SELECT * FROM VALUES (1, NULL), (2, ''))";
    await session.run(`COPY INTO @~/q/ ${query}
      FILE_FORMAT = (FIELD_OPTIONALLY_ENCLOSED_BY = '0x27' NULL_IF = ('null'))`);
    expect(await lines("q/")).toEqual(["1,null", "2,''"]);
    await session.run(`COPY INTO @~/e/ ${query}
      FILE_FORMAT = (EMPTY_FIELD_AS_NULL = FALSE NULL_IF = ('null'))`);
    expect(await lines("e/")).toEqual(["1,null", "2,"]);
    await expect(session.run(`COPY INTO @~/n/ ${query}`)).rejects.toThrow(
      "Cannot unload empty string",
    );
  });

  it("RETURN_ROWS shows the fields and writes nothing", async () => {
    const { columns, rows } = await session.result(
      "COPY INTO @~/x/ FROM (SELECT i, s FROM t WHERE i = 1) VALIDATION_MODE = 'RETURN_ROWS'",
    );
    expect(columns.map(({ name }) => name)).toEqual(["C1", "C2"]);
    expect(rows).toEqual([["1", "a\\,b"]]);
    expect(await names()).toEqual([]);
  });
});

describe("files", () => {
  it("are named after the location's last part", async () => {
    await session.run("COPY INTO @~/out/part_ FROM t");
    await session.run("COPY INTO @~/other FROM t FILE_FORMAT = (COMPRESSION = NONE)");
    expect(await names()).toEqual(["other_0_0_0.csv", "out/part_0_0_0.csv.gz"]);
  });

  it("are split at MAX_FILE_SIZE", async () => {
    const query = "(SELECT SEQ4() FROM TABLE(GENERATOR(ROWCOUNT => 10000)))";
    await session.run(
      `COPY INTO @~/s/ FROM ${query} MAX_FILE_SIZE = 20000 FILE_FORMAT = (COMPRESSION = NONE)`,
    );
    const found = await names();
    // 48,890 bytes of digits and line ends.
    expect(found).toEqual(["s/data_0_0_0.csv", "s/data_0_1_0.csv", "s/data_0_2_0.csv"]);
    expect(await session.texts("SELECT count(DISTINCT $1) FROM @~/s/")).toEqual(["10000"]);
  });

  it("are not replaced without OVERWRITE", async () => {
    await session.run("COPY INTO @~/x/ FROM t");
    await expect(session.run("COPY INTO @~/x/ FROM t")).rejects.toThrow("Files already existing");
    await session.run("COPY INTO @~/x/ FROM (SELECT 7) OVERWRITE = TRUE");
    expect(await lines("x/")).toEqual(["7"]);
  });

  it("are listed by DETAILED_OUTPUT", async () => {
    const { columns, rows } = await session.result("COPY INTO @~/x/ FROM t DETAILED_OUTPUT = TRUE");
    expect(columns.map(({ name }) => name)).toEqual(["FILE_NAME", "FILE_SIZE", "ROW_COUNT"]);
    expect(rows.map(([name, , count]) => [name, count])).toEqual([["x/data_0_0_0.csv.gz", "2"]]);
  });

  it("have the query's id, and folders by PARTITION BY", async () => {
    await session.run("COPY INTO @~/p FROM t PARTITION BY ('day=' || TO_VARCHAR(d, 'YYYY-MM-DD'))");
    const [id] = await session.texts("SELECT LAST_QUERY_ID()");
    expect(await names()).toEqual([
      `p/__NULL__/data_${id}_0_0_0.csv.gz`,
      `p/day=2024-01-02/data_${id}_0_0_0.csv.gz`,
    ]);
    await expect(
      session.run("COPY INTO @~/p FROM t PARTITION BY (s) SINGLE = TRUE"),
    ).rejects.toMatchObject({ code: "001425" });
  });

  it("are none for no rows", async () => {
    expect(await session.texts("COPY INTO @~/none/ FROM (SELECT * FROM t WHERE FALSE)")).toEqual([
      "0|0|0",
    ]);
    expect(await names()).toEqual([]);
  });
});

describe("JSON", () => {
  it("has one document on a line", async () => {
    const format = "FILE_FORMAT = (TYPE = JSON COMPRESSION = NONE)";
    await session.run(
      `COPY INTO @~/j/ FROM (SELECT OBJECT_CONSTRUCT('i', i, 's', s) FROM t) ${format}`,
    );
    expect(await names()).toEqual(["j/data_0_0_0.json"]);
    expect(await lines("j/")).toEqual(['{"i":1,"s":"a,b"}', '{"i":2}']);
    await session.run(`COPY INTO @~/k/ FROM (SELECT PARSE_JSON('"x"')) ${format}`);
    expect(await lines("k/")).toEqual(['"x"']);
    await expect(session.run(`COPY INTO @~/l/ FROM t ${format}`)).rejects.toMatchObject({
      code: "002019",
    });
  });
});

describe("PARQUET", () => {
  const format = "FILE_FORMAT = (TYPE = PARQUET)";
  beforeAll(() => session.run("CREATE FILE FORMAT pq TYPE = PARQUET"));

  it("keeps names and types", async () => {
    const query = `(SELECT 1::NUMBER(5) i, 2.50::NUMBER(10,2) n, 1.5::FLOAT f, 'x' s, TRUE b,
      '2024-01-02'::DATE d, '2024-01-02 03:04:05'::TIMESTAMP_NTZ t, NULL::TEXT z)`;
    await session.run(`COPY INTO @~/q/ FROM ${query} ${format} HEADER = TRUE`);
    expect(await names()).toEqual(["q/data_0_0_0.snappy.parquet"]);
    const read = `SELECT $1:I, TYPEOF($1:I), $1:N, TYPEOF($1:N), $1:F::FLOAT, TYPEOF($1:F), $1:S, $1:B, $1:D::DATE::TEXT, $1:T::TIMESTAMP_NTZ::TEXT, $1:Z::TEXT
      FROM @~/q/ (FILE_FORMAT => pq)`;
    expect(await session.texts(read)).toEqual([
      '1|INTEGER|2.5|DECIMAL|1.5|DOUBLE|"x"|true|2024-01-02|2024-01-02 03:04:05.000|null',
    ]);
  });

  it("has numbered columns without HEADER, and folders by PARTITION BY", async () => {
    await session.run(`COPY INTO @~/q FROM (SELECT i, s FROM t) PARTITION BY (s) ${format}`);
    const found = await session.texts(
      "SELECT $1:_COL_0::INT, METADATA$FILE_ROW_NUMBER FROM @~/q/ (FILE_FORMAT => pq) ORDER BY 1",
    );
    expect(found).toEqual(["1|1", "2|1"]);
    expect((await names()).map((name) => name.replace(/data_.*_0_0_0/, "data"))).toEqual([
      "q/__NULL__/data.snappy.parquet",
      "q/a,b/data.snappy.parquet",
    ]);
  });

  it("loads into the columns of the names", async () => {
    await session.run(`COPY INTO @~/q/ FROM (SELECT i, s, d FROM t) ${format} HEADER = TRUE`);
    await session.run("CREATE OR REPLACE TABLE named (s TEXT, i INT, d DATE)");
    await session.run(`COPY INTO named FROM @~/q/ ${format} MATCH_BY_COLUMN_NAME = CASE_SENSITIVE`);
    expect(await session.texts("SELECT i, s, d::TEXT FROM named ORDER BY i")).toEqual([
      "1|a,b|2024-01-02",
      "2|null|null",
    ]);
  });

  it("is refused where a file is none", async () => {
    await session.put("bad/x.parquet", "no parquet");
    await session.run("CREATE OR REPLACE TABLE v (v VARIANT)");
    const sql = `COPY INTO v FROM @~/bad/ ${format}`;
    await expect(session.run(sql)).rejects.toMatchObject({ code: "100152" });
    const [line = ""] = await session.texts(`${sql} ON_ERROR = CONTINUE`);
    expect(line).toMatch(/^bad\/x\.parquet\|LOAD_FAILED\|0\|0\|0\|1\|Error parsing Parquet file/);
  });
});

it("refuses by name what it does not write", async () => {
  for (const options of [
    "FILE_FORMAT = (TYPE = AVRO)",
    "FILE_FORMAT = (TYPE = CSV COMPRESSION = BZ2)",
    "FILE_FORMAT = (TYPE = PARQUET COMPRESSION = LZO)",
  ]) {
    await expect(session.run(`COPY INTO @~/x/ FROM t ${options}`)).rejects.toMatchObject({
      code: "000002",
    });
  }
});
