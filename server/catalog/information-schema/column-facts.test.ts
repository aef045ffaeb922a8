import { describe, expect, it } from "vitest";
import {
  BOOLEAN,
  FLOAT,
  INTEGER,
  textType,
  timestampType,
} from "../../../translator/types/types.ts";
import { columnTypeText, dataTypeJson, dataTypeWord, typeSizes } from "./column-facts.ts";
import { parseShape } from "./column-spec.ts";

describe("facts of columns", () => {
  // https://docs.snowflake.com/en/sql-reference/sql/show-columns
  it("writes the data type of SHOW COLUMNS", () => {
    expect(dataTypeJson(INTEGER, true)).toBe(
      '{"type":"FIXED","precision":38,"scale":0,"nullable":true}',
    );
    expect(dataTypeJson(textType(), true)).toBe(
      '{"type":"TEXT","length":16777216,"byteLength":16777216,"nullable":true,"fixed":false}',
    );
    expect(dataTypeJson(textType(1), false)).toBe(
      '{"type":"TEXT","length":1,"byteLength":4,"nullable":false,"fixed":false}',
    );
    expect(dataTypeJson(timestampType("ntz"), true)).toBe(
      '{"type":"TIMESTAMP_NTZ","precision":0,"scale":9,"nullable":true}',
    );
    expect(dataTypeJson(FLOAT, true)).toBe('{"type":"REAL","nullable":true}');
    expect(dataTypeJson(BOOLEAN, true)).toBe('{"type":"BOOLEAN","nullable":true}');
  });

  it("names types as INFORMATION_SCHEMA does", () => {
    expect([INTEGER, textType(), timestampType("tz"), FLOAT].map(dataTypeWord)).toEqual([
      "NUMBER",
      "TEXT",
      "TIMESTAMP_TZ",
      "FLOAT",
    ]);
    expect(typeSizes(textType(20)).character_octet_length).toBe(80);
    expect(typeSizes(FLOAT).numeric_precision).toBeNull();
    expect(columnTypeText({ kind: "text", length: 5, collation: "fr" })).toBe(
      "VARCHAR(5) COLLATE 'fr'",
    );
  });

  it("reads shapes", () => {
    expect(parseShape("created_on ts, primary key, null?, rows n")).toEqual([
      { name: "created_on", type: timestampType("ltz", 3) },
      { name: "primary key", type: textType() },
      { name: "null?", type: textType() },
      { name: "rows", type: INTEGER },
    ]);
  });
});
