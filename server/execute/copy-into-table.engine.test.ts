import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openStagedSession, type StagedTestSession } from "./staged-test-kit.ts";

let session: StagedTestSession;
beforeAll(async () => {
  session = await openStagedSession();
  await session.run("CREATE DATABASE d");
});
afterAll(() => session.close());

const HEADER =
  "ID|lastname|firstname|company|email|workphone|cellphone|streetaddress|city|postalcode";
const ELEVEN =
  "11|Ishmael|Burnett|Dolor Elit Pellentesque Ltd|vitae.erat@necmollisvitae.ca|1-872|600-7301|1-513-592-6779|P.O. Box 975, 553 Odio, Road|Hulste|63345";
const FOURTEEN =
  "14|Sophia|Christian|Turpis Ltd|lectus.pede@non.ca|1-962-503-3253|1-157-|850-3602|P.O. Box 824, 7971 Sagittis Rd.|Chattanooga|56188";
const row = (id: number) => `${id}|a|b|c|d|e|f|g|h|i`;
const FORMAT = "FILE_FORMAT = (TYPE = CSV FIELD_DELIMITER = '|' SKIP_HEADER = 1)";

/** The tutorial on bulk loading, whose page prints these results. */
describe("the tutorial on bulk loading", () => {
  beforeAll(async () => {
    await session.run(`CREATE OR REPLACE TABLE mycsvtable (id INTEGER, last_name STRING,
      first_name STRING, company STRING, email STRING, workphone STRING, cellphone STRING,
      streetaddress STRING, city STRING, postalcode STRING)`);
    const good = (from: number) =>
      gzipSync([HEADER, ...[0, 1, 2, 3, 4].map((i) => row(from + i))].join("\n"));
    await session.put("tutorial/contacts1.csv.gz", good(1));
    await session.put("tutorial/contacts2.csv.gz", good(6));
    const bad = [HEADER, ELEVEN, row(12), row(13), FOURTEEN, row(15)].join("\n");
    await session.put("tutorial/contacts3.csv.gz", gzipSync(bad));
  });

  const load = (files: string) =>
    `COPY INTO mycsvtable FROM @~/tutorial/ PATTERN='${files}' ${FORMAT} ON_ERROR = 'skip_file'`;

  it("loads a file", async () => {
    const { columns, rows } = await session.result(load(".*contacts1.csv.gz"));
    expect(columns.map(({ name }) => name)).toEqual([
      "file",
      "status",
      "rows_parsed",
      "rows_loaded",
      "error_limit",
      "errors_seen",
      "first_error",
      "first_error_line",
      "first_error_character",
      "first_error_column_name",
    ]);
    const loaded = ["LOADED", "5", "5", "1", "0", null, null, null, null];
    expect(rows).toEqual([["tutorial/contacts1.csv.gz", ...loaded]]);
  });

  it("leaves the file with errors out, and the one that is there already", async () => {
    expect(await session.texts(load(".*contacts[1-5].csv.gz"))).toEqual([
      "tutorial/contacts2.csv.gz|LOADED|5|5|1|0|null|null|null|null",
      [
        "tutorial/contacts3.csv.gz|LOAD_FAILED|5|0|1|2",
        "Number of columns in file (11) does not match that of the corresponding table (10), use file format option error_on_column_count_mismatch=false to ignore this error",
        '3|1|"MYCSVTABLE"[11]',
      ].join("|"),
    ]);
  });

  it("says what was wrong", async () => {
    await session.run(load(".*contacts[1-5].csv.gz"));
    const found = await session.texts(
      "SELECT * FROM TABLE(VALIDATE(mycsvtable, JOB_ID => '_last')) ORDER BY line",
    );
    const file = "tutorial/contacts3.csv.gz";
    expect(found).toEqual([
      `Number of columns in file (11) does not match that of the corresponding table (10), use file format option error_on_column_count_mismatch=false to ignore this error|${file}|3|1|234|parsing|100080|22000|"MYCSVTABLE"[11]|1|2|${ELEVEN}`,
      `Field delimiter '|' found while expecting record delimiter '\\n'|${file}|5|125|400|parsing|100016|22000|"MYCSVTABLE"["POSTALCODE":10]|4|5|${FOURTEEN}`,
    ]);
  });

  it("loads the file once it is right", async () => {
    await session.put("tutorial/contacts3.csv.gz", gzipSync([HEADER, row(11)].join("\n")));
    expect(await session.texts(load(".*contacts[1-5].csv.gz"))).toEqual([
      "tutorial/contacts3.csv.gz|LOADED|1|1|1|0|null|null|null|null",
    ]);
    expect(await session.texts(load(".*contacts[1-5].csv.gz"))).toEqual([
      "Copy executed with 0 files processed.",
    ]);
    expect(await session.texts("SELECT count(*), sum(id) FROM mycsvtable")).toEqual(["11|66"]);
  });
});

describe("errors", () => {
  beforeEach(async () => {
    await session.run("CREATE OR REPLACE TABLE t (a NUMBER(5,2), b DATE NOT NULL, c VARCHAR(3))");
    await session.put(
      "errors/1.csv",
      "1.5,2024-01-02,abc\nx,2024-01-02,d\n3,2024-13-02,e\n4,,f\n5,2024-01-02,long\n6,2024-01-03,g\n",
    );
    await session.put("errors/2.csv", "7,2024-01-04,\n");
  });
  const first = `Numeric value 'x' is not recognized|2|1|"T"["A":1]`;

  it("end the statement, with their place", async () => {
    await expect(session.run("COPY INTO t FROM @~/errors/")).rejects.toMatchObject({
      code: "100038",
      sqlState: "22018",
      message: [
        "Numeric value 'x' is not recognized",
        "  File '@~/errors/1.csv', line 2, character 1",
        '  Row 2, column "T"["A":1]',
        "  If you would like to continue loading when an error is encountered, use other values such as 'SKIP_FILE' or 'CONTINUE' for the ON_ERROR option. For more information on loading options, please run 'info loading_data' in a SQL client.",
      ].join("\n"),
    });
    expect(await session.texts("SELECT count(*) FROM t")).toEqual(["0"]);
  });

  it("leave rows out under CONTINUE", async () => {
    expect(await session.texts("COPY INTO t FROM @~/errors/ ON_ERROR = CONTINUE")).toEqual([
      `errors/1.csv|PARTIALLY_LOADED|6|2|6|4|${first}`,
      "errors/2.csv|LOADED|1|1|1|0|null|null|null|null",
    ]);
    expect(await session.texts("SELECT a, c FROM t ORDER BY a")).toEqual([
      "1.50|abc",
      "6.00|g",
      "7.00|null",
    ]);
    const problems = await session.texts(
      "SELECT error, line, character, code, row_number FROM TABLE(VALIDATE(t, JOB_ID => '_last'))",
    );
    expect(problems).toEqual([
      "Numeric value 'x' is not recognized|2|1|100038|2",
      "Date '2024-13-02' is not recognized|3|3|100040|3",
      "NULL result in a non-nullable column|4|3|100072|4",
      "User character length limit (3) exceeded by string 'long'|5|14|100074|5",
    ]);
  });

  it("leave files out from a number or a share of errors on", async () => {
    const load = (on: string) =>
      session.texts(
        `COPY INTO t FROM @~/errors/ FILES = ('1.csv') ON_ERROR = '${on}' FORCE = TRUE`,
      );
    expect(await load("SKIP_FILE")).toEqual([`errors/1.csv|LOAD_FAILED|6|0|1|4|${first}`]);
    expect(await load("SKIP_FILE_4")).toEqual([`errors/1.csv|LOAD_FAILED|6|0|4|4|${first}`]);
    expect(await load("SKIP_FILE_5")).toEqual([`errors/1.csv|PARTIALLY_LOADED|6|2|5|4|${first}`]);
    expect(await load("SKIP_FILE_60%")).toEqual([`errors/1.csv|LOAD_FAILED|6|0|4|4|${first}`]);
    expect(await load("SKIP_FILE_70%")).toEqual([`errors/1.csv|PARTIALLY_LOADED|6|2|5|4|${first}`]);
  });

  it("RETURN_FAILED_ONLY lists the files that have some", async () => {
    const sql = "COPY INTO t FROM @~/errors/ ON_ERROR = CONTINUE RETURN_FAILED_ONLY = TRUE";
    expect(await session.texts(sql)).toEqual([`errors/1.csv|PARTIALLY_LOADED|6|2|6|4|${first}`]);
  });

  it("of length go with TRUNCATECOLUMNS and without ENFORCE_LENGTH", async () => {
    for (const option of ["TRUNCATECOLUMNS = TRUE", "ENFORCE_LENGTH = FALSE"]) {
      await session.run(`COPY INTO t FROM @~/errors/ ON_ERROR = CONTINUE FORCE = TRUE ${option}`);
    }
    expect(await session.texts("SELECT c FROM t WHERE a = 5")).toEqual(["lon", "lon"]);
  });

  it("VALIDATION_MODE finds them and loads nothing", async () => {
    const found = await session.texts(
      "COPY INTO t FROM @~/errors/ VALIDATION_MODE = RETURN_ERRORS",
    );
    expect(found).toHaveLength(4);
    const rows = "COPY INTO t FROM @~/errors/2.csv VALIDATION_MODE = RETURN_5_ROWS";
    const { columns, rows: shown } = await session.result(rows);
    expect(columns.map(({ name }) => name)).toEqual(["A", "B", "C"]);
    expect(shown).toHaveLength(1);
    const bad = "COPY INTO t FROM @~/errors/1.csv VALIDATION_MODE = RETURN_5_ROWS";
    await expect(session.run(bad)).rejects.toMatchObject({ code: "100038" });
    expect(await session.texts("SELECT count(*) FROM t")).toEqual(["0"]);
  });
});

describe("load metadata", () => {
  beforeEach(async () => {
    await session.run("CREATE OR REPLACE TABLE t (a INT)");
    await session.put("loads/1.csv", "1\n");
  });
  const load = () => session.texts("COPY INTO t FROM @~/loads/");
  const NONE = ["Copy executed with 0 files processed."];

  it("keeps a file from being loaded twice, unless it changed or FORCE is set", async () => {
    expect(await load()).toHaveLength(1);
    expect(await load()).toEqual(NONE);
    await session.run("DELETE FROM t");
    expect(await load()).toEqual(NONE);
    expect(await session.texts("COPY INTO t FROM @~/loads/ FORCE = TRUE")).not.toEqual(NONE);
    await session.put("loads/1.csv", "2\n");
    expect(await load()).not.toEqual(NONE);
    expect(await session.texts("SELECT a FROM t ORDER BY a")).toEqual(["1", "2"]);
  });

  it("goes with TRUNCATE and with the table", async () => {
    await load();
    await session.run("TRUNCATE TABLE t");
    expect(await load()).not.toEqual(NONE);
    await session.run("CREATE OR REPLACE TABLE t (a INT)");
    expect(await load()).not.toEqual(NONE);
    await session.run("CREATE OR REPLACE TABLE copied CLONE t");
    expect(await session.texts("COPY INTO copied FROM @~/loads/")).not.toEqual(NONE);
  });

  it("is undone with the load", async () => {
    await session.run("BEGIN");
    await load();
    expect(await load()).toEqual(NONE);
    await session.run("ROLLBACK");
    expect(await session.texts("SELECT count(*) FROM t")).toEqual(["0"]);
    expect(await load()).not.toEqual(NONE);
  });

  it("is listed", async () => {
    await load();
    const history = await session.texts(
      "SELECT schema_name, file_name, table_name, status, row_count, row_parsed, error_count FROM information_schema.load_history WHERE table_name = 'T'",
    );
    expect(history).toEqual(["PUBLIC|loads/1.csv|T|LOADED|1|1|0"]);
    const copies = await session.texts(
      "SELECT file_name, status, row_count, file_size, table_name FROM TABLE(information_schema.copy_history(TABLE_NAME => 'T', START_TIME => DATEADD(hour, -1, CURRENT_TIMESTAMP())))",
    );
    expect(copies).toEqual(["loads/1.csv|Loaded|1|2|T"]);
  });
});

describe("columns", () => {
  it("may be listed; the others get their defaults", async () => {
    await session.run("CREATE OR REPLACE SEQUENCE seq");
    await session.run(
      "CREATE OR REPLACE TABLE t (id INT DEFAULT seq.NEXTVAL, a INT, b TEXT DEFAULT 'x', n INT AUTOINCREMENT)",
    );
    await session.put("listed/1.csv", "1\n2\n");
    await session.run("COPY INTO t (a) FROM @~/listed/");
    const found = await session.texts("SELECT * FROM t ORDER BY a");
    expect(found).toEqual(["1|1|x|1", "2|2|x|2"]);
  });

  it("have values of every type", async () => {
    await session.run(`CREATE OR REPLACE TABLE t (i INT, n NUMBER(10,3), f FLOAT, s TEXT, b BOOLEAN,
      d DATE, t TIME, ntz TIMESTAMP_NTZ, ltz TIMESTAMP_LTZ, tz TIMESTAMP_TZ, x BINARY, v VARIANT,
      a ARRAY, o OBJECT, g GEOGRAPHY)`);
    await session.put(
      "types/1.csv",
      `7|-1.2345|1e3|ä|yes|2024-02-29|12:34:56|2024-02-29 01:02:03|2024-02-29T01:02:03Z|2024-02-29 01:02:03 +02:00|C0FF|{"k":1}|[1,2]|{"a":[]}|POINT(1 2)\n`,
    );
    await session.run("ALTER SESSION SET TIMEZONE = 'UTC'");
    await session.run(
      "COPY INTO t FROM @~/types/ FILE_FORMAT = (TYPE = CSV FIELD_DELIMITER = '|')",
    );
    const found = await session.texts(
      "SELECT i, n, f, s, b, d::TEXT, t::TEXT, ntz::TEXT, ltz::TEXT, tz::TEXT, x::TEXT, v:k, a[1], o:a, ST_X(g) FROM t",
    );
    expect(found).toEqual([
      "7|-1.235|1000|ä|true|2024-02-29|12:34:56|2024-02-29 01:02:03.000|2024-02-29 01:02:03.000 +0000|2024-02-29 01:02:03.000 +0200|C0FF|1|2|[]|1",
    ]);
    await session.run("ALTER SESSION UNSET TIMEZONE");
  });

  it("have values by the formats of the file format", async () => {
    await session.run("CREATE OR REPLACE TABLE t (d DATE, t TIME, s TIMESTAMP_NTZ, b BINARY)");
    await session.put("formats/1.csv", "31.12.2024,23h59,20241231 0102,YWI=\n");
    await session.run(`COPY INTO t FROM @~/formats/ FILE_FORMAT = (TYPE = CSV
      DATE_FORMAT = 'DD.MM.YYYY' TIME_FORMAT = 'HH24"h"MI' TIMESTAMP_FORMAT = 'YYYYMMDD HH24MI'
      BINARY_FORMAT = BASE64)`);
    expect(await session.texts("SELECT d::TEXT, t::TEXT, s::TEXT, b::TEXT FROM t")).toEqual([
      "2024-12-31|23:59:00|2024-12-31 01:02:00.000|6162",
    ]);
  });

  it("may be more or fewer than the fields where that is allowed", async () => {
    await session.run("CREATE OR REPLACE TABLE t (a INT, b INT)");
    await session.put("ragged/1.csv", "1\n2,3\n4,5,6\n");
    await session.run(
      "COPY INTO t FROM @~/ragged/ FILE_FORMAT = (TYPE = CSV ERROR_ON_COLUMN_COUNT_MISMATCH = FALSE)",
    );
    expect(await session.texts("SELECT * FROM t ORDER BY a")).toEqual(["1|null", "2|3", "4|5"]);
  });

  it("get the fields of their names", async () => {
    await session.run("CREATE OR REPLACE TABLE t (a INT, b TEXT, c TEXT, f TEXT, n INT)");
    await session.put("names/1.csv", "B,x,a\nb1,?,1\nb2,?,2\n");
    const options = `FILE_FORMAT = (TYPE = CSV PARSE_HEADER = TRUE)
      MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE
      INCLUDE_METADATA = (f = METADATA$FILENAME, n = METADATA$FILE_ROW_NUMBER)`;
    await session.run(`COPY INTO t FROM @~/names/ ${options}`);
    expect(await session.texts("SELECT * FROM t ORDER BY a")).toEqual([
      "1|b1|null|names/1.csv|1",
      "2|b2|null|names/1.csv|2",
    ]);
  });
});

describe("semi-structured files", () => {
  beforeEach(async () => {
    await session.put("json/1.json", '[{"a":1,"B":"x","d":"2024-01-02"},{"a":2,"b":null}]');
  });
  const JSON_FORMAT = "FILE_FORMAT = (TYPE = JSON STRIP_OUTER_ARRAY = TRUE)";

  it("fill one VARIANT column", async () => {
    await session.run("CREATE OR REPLACE TABLE t (v VARIANT)");
    expect(await session.texts(`COPY INTO t FROM @~/json/ ${JSON_FORMAT}`)).toEqual([
      "json/1.json|LOADED|2|2|1|0|null|null|null|null",
    ]);
    expect(await session.texts("SELECT v:a, v:B FROM t ORDER BY 1")).toEqual(['1|"x"', "2|null"]);
    await session.run("CREATE OR REPLACE TABLE two (v VARIANT, w INT)");
    await expect(session.run(`COPY INTO two FROM @~/json/ ${JSON_FORMAT}`)).rejects.toMatchObject({
      code: "002019",
    });
  });

  it("fill the columns of their members' names", async () => {
    await session.run("CREATE OR REPLACE TABLE t (a INT, b TEXT, d DATE, z INT)");
    await session.run(
      `COPY INTO t FROM @~/json/ ${JSON_FORMAT} MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE`,
    );
    expect(await session.texts("SELECT a, b, d::TEXT, z FROM t ORDER BY a")).toEqual([
      "1|x|2024-01-02|null",
      "2|null|null|null",
    ]);
  });

  it("load up to a document that is wrong under CONTINUE", async () => {
    await session.run("CREATE OR REPLACE TABLE t (v VARIANT)");
    await session.put("badjson/1.json", '{"a":1}\n{"a":\n');
    const sql = "COPY INTO t FROM @~/badjson/ FILE_FORMAT = (TYPE = JSON) ON_ERROR = CONTINUE";
    const [line = ""] = await session.texts(sql);
    expect(line).toMatch(/^badjson\/1\.json\|PARTIALLY_LOADED\|2\|1\|2\|1\|Error parsing JSON/);
  });
});

describe("transformations", () => {
  beforeEach(async () => {
    await session.put("sales/1.csv", "MA-Lexington,10\nMA-Belmont,x\nMA-Boston,30\n");
    await session.run("CREATE OR REPLACE TABLE t (city VARCHAR(20), price INT, f TEXT, n INT)");
  });
  const QUERY =
    "(SELECT SUBSTR($1, 4), $2, METADATA$FILENAME, METADATA$FILE_ROW_NUMBER FROM @~/sales/)";

  it("end at the first row that fails, with its place", async () => {
    await expect(session.run(`COPY INTO t FROM ${QUERY}`)).rejects.toMatchObject({
      code: "100038",
      message: expect.stringContaining("File '@~/sales/1.csv', line 2"),
    });
  });

  it("leave rows that fail out under CONTINUE", async () => {
    expect(await session.texts(`COPY INTO t FROM ${QUERY} ON_ERROR = CONTINUE`)).toEqual([
      `sales/1.csv|PARTIALLY_LOADED|3|2|3|1|Numeric value 'x' is not recognized|2|1|"TRANSIENT_STAGE_TABLE"["$1":1]`,
    ]);
    expect(await session.texts("SELECT * FROM t ORDER BY n")).toEqual([
      "Lexington|10|sales/1.csv|1",
      "Boston|30|sales/1.csv|3",
    ]);
  });

  it("fill listed columns, and cut texts where that is asked for", async () => {
    await session.run("CREATE OR REPLACE TABLE t (a TEXT DEFAULT 'd', b VARCHAR(2))");
    await session.run("COPY INTO t (b) FROM (SELECT $1 FROM @~/sales/) TRUNCATECOLUMNS = TRUE");
    expect(await session.texts("SELECT DISTINCT * FROM t")).toEqual(["d|MA"]);
  });

  it("are simple SELECTs from a stage", async () => {
    await expect(
      session.run("COPY INTO t (city) FROM (SELECT x.$1 FROM @~/sales/ x, @~/sales/ y)"),
    ).rejects.toMatchObject({ code: "000002" });
  });
});

describe("files", () => {
  beforeEach(async () => {
    await session.run("CREATE OR REPLACE TABLE t (a INT)");
    for (const name of ["1", "2", "3"]) await session.put(`files/${name}.csv`, `${name}\n`);
  });

  it("are those of FILES", async () => {
    const load = (options: string) => session.texts(`COPY INTO t FROM @~/files/ ${options}`);
    expect(await load("FILES = ('3.csv', '1.csv')")).toHaveLength(2);
    await expect(load("FILES = ('9.csv')")).rejects.toMatchObject({ code: "091016" });
    const [line = ""] = await load("FILES = ('9.csv') ON_ERROR = SKIP_FILE");
    expect(line).toMatch(/^files\/9\.csv\|LOAD_FAILED\|0\|0\|1\|1\|Remote file/);
  });

  it("are no more than SIZE_LIMIT lets", async () => {
    expect(await session.texts("COPY INTO t FROM @~/files/ SIZE_LIMIT = 3")).toHaveLength(2);
    expect(await session.texts("COPY INTO t FROM @~/files/ SIZE_LIMIT = 3")).toHaveLength(1);
  });

  it("go when they are loaded with PURGE", async () => {
    await session.run("COPY INTO t FROM @~/files/ FILES = ('1.csv') PURGE = TRUE");
    expect(
      await session.texts("SELECT DISTINCT METADATA$FILENAME f FROM @~/files/ ORDER BY f"),
    ).toEqual(["files/2.csv", "files/3.csv"]);
  });
});

describe("schema evolution", () => {
  // https://docs.snowflake.com/en/user-guide/data-load-schema-evolution
  it("adds the columns that files have, and lets those that they lack be NULL", async () => {
    await session.run(
      "CREATE OR REPLACE TABLE t (a INT NOT NULL, b TEXT) ENABLE_SCHEMA_EVOLUTION = TRUE",
    );
    await session.put("evolve/1.json", '{"a":1,"b":"x"}\n');
    const load = `COPY INTO t FROM @~/evolve/ FILE_FORMAT = (TYPE = JSON)
      MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE`;
    await session.run(load);
    await session.put("evolve/2.json", '{"b":"y","c":2.5,"d":"2024-01-02"}\n');
    await session.run(load);
    const columns = await session.rows("DESCRIBE TABLE t");
    expect(columns.map((column) => [column.name, column.type, column["null?"]])).toEqual([
      ["A", "NUMBER(38,0)", "Y"],
      ["B", "VARCHAR(16777216)", "Y"],
      ["C", "NUMBER(2,1)", "Y"],
      ["D", "DATE", "Y"],
    ]);
    expect(await session.texts("SELECT a, b, c, d::TEXT FROM t ORDER BY b")).toEqual([
      "1|x|null|null",
      "null|y|2.5|2024-01-02",
    ]);
  });

  it("is for tables that ask for it", async () => {
    await session.run("CREATE OR REPLACE TABLE t (b TEXT)");
    await session.run(`COPY INTO t FROM @~/evolve/ FILE_FORMAT = (TYPE = JSON)
      MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE`);
    expect(await session.rows("DESCRIBE TABLE t")).toHaveLength(1);
  });
});

it("refuses by name what it does not do", async () => {
  await session.run("CREATE OR REPLACE TABLE t (a VARIANT)");
  for (const sql of [
    "COPY INTO t FROM @~ FILE_FORMAT = (TYPE = AVRO)",
    "COPY INTO t FROM @~ FILE_FORMAT = (TYPE = ORC)",
    "COPY INTO t FROM @~ FILE_PROCESSOR = (SCANNER = 'x')",
    "COPY INTO t FROM 's3://bucket/x'",
  ]) {
    await expect(session.run(sql)).rejects.toMatchObject({ code: "000002" });
  }
});
