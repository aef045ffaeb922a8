import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { optionNames } from "../../translator/statements/option-names.ts";
import { parseStatement } from "../../translator/statements/statement.ts";
import { CREATED_KINDS } from "./create-object.ts";
import { OPTION_EFFECTS, refuseSilentOptions, SELF_CHECKED } from "./option-effects.ts";

const SERVER = join(import.meta.dirname, "..");

/** The server's sources, without this table and without tests. */
const sources = readdirSync(SERVER, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !/option-effects|\.test|test-kit/.test(name))
  .map((name) => readFileSync(join(SERVER, name), "utf8"))
  .join("\n");

const owners = Object.entries(OPTION_EFFECTS);

describe("the table of options", () => {
  it("has every kind that CREATE makes", () => {
    const known = new Set([...Object.keys(OPTION_EFFECTS), ...SELF_CHECKED]);
    expect(CREATED_KINDS.filter((kind) => !known.has(kind))).toEqual([]);
  });

  it.each(owners)("%s has only options that its grammar takes", (owner, effects) => {
    const { applied, shown, moot } = effects;
    const names = optionNames(owner);
    const taken = new Set(names === "any" ? [] : names);
    expect([...applied, ...shown, ...moot].filter((name) => !taken.has(name))).toEqual([]);
  });

  it.each(owners)("%s says of no option that it has an effect which nobody reads", (_, effects) => {
    const { applied, shown } = effects;
    const unread = [...applied, ...shown].filter(
      (name) => !new RegExp(`\\b${name}\\b`).test(sources),
    );
    expect(unread).toEqual([]);
  });
});

describe("refuseSilentOptions", () => {
  it.each([
    ["CREATE TABLE t (a INT) ROW_TIMESTAMP = TRUE", "ROW_TIMESTAMP of TABLE"],
    ["ALTER TABLE t UNSET ERROR_LOGGING", "ERROR_LOGGING of TABLE"],
    ["CREATE TABLE t (a INT) READ ONLY", "READ ONLY of TABLE"],
    ["CREATE SCHEMA s WITH CONTACT (STEWARD = c)", "WITH CONTACT of SCHEMA"],
    ["CREATE SCHEMA s FROM BACKUP SET b IDENTIFIER 'x'", "FROM BACKUP SET of SCHEMA"],
    ["COPY INTO t FROM @s LOAD_MODE = FULL_INGEST", "LOAD_MODE of COPY INTO TABLE"],
    ["CREATE FUNCTION f() RETURNS INT HANDLER = 'x' AS '1'", "HANDLER of FUNCTION"],
  ])("refuses %s", (text, feature) => {
    expect(() => refuseSilentOptions(parseStatement(text))).toThrow(feature);
  });

  it.each([
    "CREATE TABLE t (a INT) CHANGE_TRACKING = TRUE COPY TAGS",
    "CREATE SCHEMA s WITH MANAGED ACCESS DATA_RETENTION_TIME_IN_DAYS = 2",
    "ALTER WAREHOUSE w SET WAREHOUSE_SIZE = SMALL WAIT_FOR_COMPLETION = TRUE",
    "CREATE FUNCTION f() RETURNS INT LANGUAGE PYTHON HANDLER = 'x' RUNTIME_VERSION = '3.11' AS 'x'",
    "CREATE PIPE p AUTO_INGEST = TRUE AS COPY INTO t FROM @s",
  ])("takes %s", (text) => {
    expect(() => refuseSilentOptions(parseStatement(text))).not.toThrow();
  });
});
