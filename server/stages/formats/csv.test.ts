import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FileFormat } from "../file-format.ts";
import type { FormatValues } from "../format-options.ts";
import { readCsv, readCsvHeader } from "./csv.ts";
import type { FileProblem } from "./problem.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "mockhaus-csv-test-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

type Read = { rows: (string | null)[][]; problems: FileProblem[] };

async function read(
  content: string | Buffer,
  options: FormatValues = {},
  skip = 0,
  columns = 0,
): Promise<Read> {
  const localPath = join(directory, "data.csv");
  writeFileSync(localPath, content);
  const result: Read = { rows: [], problems: [] };
  await readCsv({ name: "data.csv", localPath }, new FileFormat("CSV", options), skip, {
    record: (row) => {
      const problem =
        row.fault(columns) ?? (columns > 0 ? row.countProblem(columns, '"T"["C":2]') : undefined);
      if (problem === undefined) result.rows.push([...row.values]);
      else result.problems.push(problem);
    },
    flush: async () => undefined,
  });
  return result;
}

const rows = async (...args: Parameters<typeof read>) => (await read(...args)).rows;

describe("records", () => {
  it("end with a logical new line, the last one also without", async () => {
    expect(await rows("a,b\r\nc,d\ne,f")).toEqual([
      ["a", "b"],
      ["c", "d"],
      ["e", "f"],
    ]);
  });

  it("keep a lone return", async () => {
    expect(await rows("a\rb\nc")).toEqual([["a\rb"], ["c"]]);
  });

  it("have delimiters of several characters", async () => {
    const options = { FIELD_DELIMITER: "||", RECORD_DELIMITER: "<>\n" };
    expect(await rows("a|b||c<>d<>\ne||f<>\n", options)).toEqual([
      ["a|b", "c<>d"],
      ["e", "f"],
    ]);
  });

  it("are one field without a field delimiter, one record without a record delimiter", async () => {
    expect(await rows("a,b\nc", { FIELD_DELIMITER: null })).toEqual([["a,b"], ["c"]]);
    expect(await rows("a\nb,c\n", { RECORD_DELIMITER: null })).toEqual([["a\nb", "c\n"]]);
  });

  it("may be blank, unless blank lines are skipped", async () => {
    expect(await rows("a\n\nb\n")).toEqual([["a"], [null], ["b"]]);
    expect(await rows("a\n\n\r\nb\n", { SKIP_BLANK_LINES: true })).toEqual([["a"], ["b"]]);
  });

  it("begin behind the header lines, which end with new lines whatever the delimiter is", async () => {
    expect(await rows("x;y\n1|2;3|4;", { RECORD_DELIMITER: ";", FIELD_DELIMITER: "|" }, 1)).toEqual(
      [
        ["1", "2"],
        ["3", "4"],
      ],
    );
    expect(await rows("x\n", {}, 3)).toEqual([]);
  });
});

describe("fields", () => {
  it("are NULL when they are empty and not enclosed", async () => {
    const enclosed = { FIELD_OPTIONALLY_ENCLOSED_BY: '"' };
    expect(await rows('a,,""', enclosed)).toEqual([["a", null, ""]]);
    expect(await rows('a,,""', { ...enclosed, EMPTY_FIELD_AS_NULL: false })).toEqual([
      ["a", "", ""],
    ]);
  });

  it("are NULL when they are one of NULL_IF, enclosed or not", async () => {
    expect(await rows("\\N,N,x")).toEqual([[null, "N", "x"]]);
    const options = { NULL_IF: ["NULL", "2"], FIELD_OPTIONALLY_ENCLOSED_BY: '"' };
    expect(await rows('NULL,"NULL",2,22', options)).toEqual([[null, null, null, "22"]]);
  });

  it("hold delimiters, doubled quotes and lines when they are enclosed", async () => {
    const options = { FIELD_OPTIONALLY_ENCLOSED_BY: '"' };
    expect(await rows('"a,b","A ""B"" C","x\ny",z\n1', options)).toEqual([
      ["a,b", 'A "B" C', "x\ny", "z"],
      ["1"],
    ]);
    expect(await rows("'a''b',c", { FIELD_OPTIONALLY_ENCLOSED_BY: "'" })).toEqual([["a'b", "c"]]);
    expect(await rows('"a",b')).toEqual([['"a"', "b"]]);
  });

  it("hold escaped characters", async () => {
    expect(await rows("a\\,b,c\\\nd,\\t\\\\")).toEqual([["a,b", "c\nd", "\t\\"]]);
    expect(await rows("a\\,b", { ESCAPE_UNENCLOSED_FIELD: null })).toEqual([["a\\", "b"]]);
    const enclosed = { FIELD_OPTIONALLY_ENCLOSED_BY: '"' };
    expect(await rows('"a\\nb"', enclosed)).toEqual([["a\\nb"]]);
    expect(await rows('"a\\"b,c"', { ...enclosed, ESCAPE: "\\" })).toEqual([['a"b,c']]);
    expect(await rows("a^,b", { ESCAPE: "^" })).toEqual([["a,b"]]);
  });

  // The three lines of the page on TRIM_SPACE.
  it("lose the blanks around them and around what encloses them", async () => {
    const options = {
      FIELD_OPTIONALLY_ENCLOSED_BY: '"',
      FIELD_DELIMITER: "|",
      TRIM_SPACE: true,
    };
    const lines = '"Hello world"|" Hello world "| "Hello world" |  x  ';
    expect(await rows(lines, options)).toEqual([
      ["Hello world", " Hello world ", "Hello world", "x"],
    ]);
    expect(await rows(' "a"', { FIELD_OPTIONALLY_ENCLOSED_BY: '"' })).toEqual([[' "a"']]);
  });
});

describe("bytes", () => {
  it("are decompressed by what they are, or by the file's name", async () => {
    expect(await rows(gzipSync("a,b\n"))).toEqual([["a", "b"]]);
    await expect(read("a,b\n", { COMPRESSION: "GZIP" })).rejects.toMatchObject({ code: "100085" });
  });

  it("are text of an encoding", async () => {
    expect(await rows(Buffer.from("é\n", "latin1"), { ENCODING: "ISO88591" })).toEqual([["é"]]);
    expect(await rows(Buffer.from("\ufeffa,é\n", "utf16le"), { ENCODING: "UTF16" })).toEqual([
      ["a", "é"],
    ]);
    expect(await rows("\ufeffa\n")).toEqual([["a"]]);
  });

  it("that are no UTF-8 are an error, or replaced", async () => {
    const content = Buffer.concat([
      Buffer.from("a,Qu"),
      Buffer.from([0xe9]),
      Buffer.from("bec\n😀,b"),
    ]);
    const { rows: good, problems } = await read(content);
    expect(good).toEqual([["😀", "b"]]);
    expect(problems).toMatchObject([
      {
        code: "100144",
        message: "Invalid UTF8 detected in string 'Qu0xE9bec'",
        line: 1,
        column: 2,
      },
    ]);
    expect(await rows(content, { REPLACE_INVALID_CHARACTERS: true })).toEqual([
      ["a", "Qu\ufffdbec"],
      ["😀", "b"],
    ]);
  });
});

describe("problems", () => {
  // The file of the tutorial on bulk loading, and the errors that its page prints.
  it("say where they are", async () => {
    const header =
      "ID|lastname|firstname|company|email|workphone|cellphone|streetaddress|city|postalcode";
    const eleven = [
      "11|Ishmael|Burnett|Dolor Elit Pellentesque Ltd|vitae.erat@necmollisvitae.ca|1-872|600-7301",
      "|1-513-592-6779|P.O. Box 975, 553 Odio, Road|Hulste|63345",
    ].join("");
    const ten = "12|a|b|c|d|e|f|g|h|i";
    const fourteen = [
      "14|Sophia|Christian|Turpis Ltd|lectus.pede@non.ca|1-962-503-3253|1-157-|850-3602",
      "|P.O. Box 824, 7971 Sagittis Rd.|Chattanooga|56188",
    ].join("");
    const content = [header, eleven, ten, ten, fourteen, ten, ""].join("\n");
    const { problems } = await read(content, { FIELD_DELIMITER: "|" }, 1, 10);
    expect(problems).toMatchObject([
      {
        code: "100080",
        line: 3,
        character: 1,
        byteOffset: 234,
        column: 11,
        row: 1,
        startLine: 2,
        rejected: eleven,
      },
      {
        code: "100016",
        message: "Field delimiter '|' found while expecting record delimiter '\\n'",
        line: 5,
        character: 125,
        column: 10,
        row: 4,
        startLine: 5,
        rejected: fourteen,
      },
    ]);
  });

  it("behind an enclosed field end the record", async () => {
    const options = { FIELD_OPTIONALLY_ENCLOSED_BY: '"' };
    const { rows: good, problems } = await read('"a"x,b\nc,d\n', options, 0, 2);
    expect(good).toEqual([["c", "d"]]);
    expect(problems).toMatchObject([
      {
        code: "100016",
        message: "Found character 'x' instead of field delimiter ','",
        line: 1,
        character: 4,
        column: 1,
      },
    ]);
    expect((await read('a,"b', options)).problems).toMatchObject([{ code: "100016", row: 1 }]);
    const lines = { ...options, MULTI_LINE: false };
    expect((await read('"a\nb"\n', lines, 0, 1)).problems.length).toBeGreaterThan(0);
  });

  it("of too few fields name the column that is missing", async () => {
    const { problems } = await read("1,2\n3\n", {}, 0, 2);
    expect(problems).toMatchObject([
      { message: `End of record reached while expected to parse column '"T"["C":2]'`, line: 2 },
    ]);
  });
});

it("reads a large file in pieces as it reads it whole", async () => {
  const options = { FIELD_OPTIONALLY_ENCLOSED_BY: '"', RECORD_DELIMITER: "\r\n" };
  const expected = Array.from({ length: 60_000 }, (_, i) => [`v${i}`, `a "${i}"\r\n,é`, null]);
  const content = expected
    .map(([a, b]) => `${a},"${String(b).replaceAll('"', '""')}",\r\n`)
    .join("");
  const { rows: found, problems } = await read(content, options);
  expect(problems).toEqual([]);
  expect(found).toEqual(expected);
});

it("reads the header's names", async () => {
  const localPath = join(directory, "header.csv");
  writeFileSync(localPath, '"a b",c\n1,2\n');
  const format = new FileFormat("CSV", { FIELD_OPTIONALLY_ENCLOSED_BY: '"' });
  expect(await readCsvHeader({ name: "header.csv", localPath }, format)).toEqual(["a b", "c"]);
});
