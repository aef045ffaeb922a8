import { describe, expect, it } from "vitest";
import { must } from "../../translator/base/assert.ts";
import { Cursor } from "../../translator/parse/cursor.ts";
import { type PropertyValue, parseProperties } from "../../translator/statements/properties.ts";
import type { CatalogObject, StageObject } from "../catalog/objects.ts";
import { Snapshot } from "../catalog/snapshot.ts";
import { resolveFormat } from "./resolve-format.ts";
import type { StageScope } from "./staged-files.ts";

const base = { createdAt: 0, alteredAt: 0, owner: "", comment: "", options: {} };
const container = { ...base, transient: false, retentionDays: 1 };
const objects: readonly CatalogObject[] = [
  { ...container, kind: "database", id: 1, name: "D" },
  { ...container, kind: "schema", id: 2, name: "S", databaseId: 1, managedAccess: false },
  {
    ...base,
    kind: "file_format",
    id: 3,
    name: "PIPES",
    schemaId: 2,
    type: "CSV",
    writtenType: "CSV",
    values: { FIELD_DELIMITER: "|", SKIP_HEADER: 1 },
  },
];
const snapshot = Snapshot.empty.with(objects.map((object) => ({ kind: "put", object })));
const scope: StageScope = {
  snapshot,
  database: "D",
  schema: "S",
  user: "ME",
  sessionId: "1",
};

const stage: StageObject = {
  ...base,
  kind: "stage",
  id: 4,
  name: "ST",
  schemaId: 2,
  format: { kind: "inline", type: "JSON", values: { STRIP_OUTER_ARRAY: true } },
  copyOptions: {},
  directory: { enabled: false, autoRefresh: false, files: [] },
  encryption: "",
  hasCredentials: false,
  storageIntegration: "",
  endpoint: "",
};

function written(text: string): PropertyValue {
  return must(parseProperties(new Cursor(`FILE_FORMAT = ${text}`), "any", "COPY")[0]).value;
}

describe("which format counts", () => {
  it("without any it is CSV with Snowflake's defaults", () => {
    const format = resolveFormat(undefined, undefined, scope);
    expect(format.type).toBe("CSV");
    expect(format.text("RECORD_DELIMITER")).toBe("\n");
    expect(format.text("FIELD_OPTIONALLY_ENCLOSED_BY")).toBeNull();
    expect(format.text("ESCAPE_UNENCLOSED_FIELD")).toBe("\\");
    expect(format.texts("NULL_IF")).toEqual(["\\N"]);
    expect([format.count("SKIP_HEADER"), format.flag("EMPTY_FIELD_AS_NULL")]).toEqual([0, true]);
  });

  it("the stage's, when the statement says none", () => {
    const format = resolveFormat(undefined, stage, scope);
    expect([format.type, format.flag("STRIP_OUTER_ARRAY")]).toEqual(["JSON", true]);
    expect(resolveFormat(written("()"), stage, scope).type).toBe("JSON");
  });

  it("the statement's own has all options: the stage's are not added", () => {
    const format = resolveFormat(written("(TYPE = JSON ENABLE_OCTAL = TRUE)"), stage, scope);
    expect([format.flag("ENABLE_OCTAL"), format.flag("STRIP_OUTER_ARRAY")]).toEqual([true, false]);
  });

  it.each(["pipes", "'pipes'", "(FORMAT_NAME = pipes)", "(FORMAT_NAME = 'd.s.pipes')"])(
    "%s is a named one",
    (text) => {
      const format = resolveFormat(written(text), stage, scope);
      expect([format.text("FIELD_DELIMITER"), format.count("SKIP_HEADER")]).toEqual(["|", 1]);
    },
  );

  it.each([
    ["no_such_format", "does not exist or not authorized"],
    ["(FORMAT_NAME = pipes TYPE = CSV)", "invalid property combination 'FORMAT_NAME' and 'TYPE'"],
    ["(TYPE = CSV STRIP_OUTER_ARRAY = TRUE)", "invalid parameter 'STRIP_OUTER_ARRAY'"],
  ])("%s is refused", (text, message) => {
    expect(() => resolveFormat(written(text), stage, scope)).toThrow(message);
  });
});

describe("delimiters", () => {
  it.each([
    ["'0x5e'", "^"],
    ["'\\\\x5e'", "^"],
    ["'\\\\136'", "^"],
    ["'\\t'", "\t"],
    ["'\\\\t'", "\t"],
    ["'\\\\xc2\\\\xa7'", "§"],
    ["'||'", "||"],
    ["'§'", "§"],
  ])("FIELD_DELIMITER = %s", (text, delimiter) => {
    const format = resolveFormat(written(`(TYPE = CSV FIELD_DELIMITER = ${text})`), stage, scope);
    expect(format.text("FIELD_DELIMITER")).toBe(delimiter);
  });
});
