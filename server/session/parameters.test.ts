import { describe, expect, it } from "vitest";
import { parameterDescription } from "./parameter-descriptions.ts";
import { PARAMETERS, type ParameterValue } from "./parameter-table.ts";
import {
  isOfUsers,
  parameterEntry,
  parameterValue,
  sessionEntry,
  settableValue,
} from "./parameters.ts";

const shown = [...PARAMETERS.values()].filter(({ kind }) => kind !== "wire");

function value(name: string, text: ParameterValue): ParameterValue {
  return parameterValue(parameterEntry(name), text);
}

describe("the table of parameters", () => {
  it.each(shown.map((entry) => [entry.name, entry] as const))("%s", (name, entry) => {
    expect(parameterDescription(name)).not.toBe("");
    expect(parameterValue(entry, entry.fallback)).toBe(entry.fallback);
  });
});

// https://docs.snowflake.com/en/sql-reference/parameters
describe("values", () => {
  it.each([
    ["CLIENT_ENCRYPTION_KEY_SIZE", "256", 256],
    ["AUTOCOMMIT", "off", false],
    ["STORAGE_SERIALIZATION_POLICY", "compatible", "COMPATIBLE"],
    ["QUERY_TAG", "x".repeat(2000), "x".repeat(2000)],
    ["DATA_RETENTION_TIME_IN_DAYS", "90", 90],
  ])("%s takes %s", (name, text, expected) => {
    expect(value(name, text)).toBe(expected);
  });

  it.each([
    ["CLIENT_ENCRYPTION_KEY_SIZE", "192"],
    ["DATA_RETENTION_TIME_IN_DAYS", "91"],
    ["MIN_DATA_RETENTION_TIME_IN_DAYS", "-1"],
    ["MAX_DATA_EXTENSION_TIME_IN_DAYS", "91"],
    ["QUERY_TAG", "x".repeat(2001)],
    ["READ_CONSISTENCY_MODE", "NONE"],
    ["USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS", "9"],
    ["USER_TASK_TIMEOUT_MS", "604800001"],
    ["SERVERLESS_TASK_MAX_STATEMENT_SIZE", "HUGE"],
    ["SQL_TRACE_QUERY_TEXT", "MAYBE"],
    ["ABORT_DETACHED_QUERY", "perhaps"],
    ["TIMEZONE", "Nowhere/Land"],
  ])("%s refuses %s", (name, text) => {
    expect(() => value(name, text)).toThrow(`for parameter '${name}'`);
  });
});

describe("parameters that change results on Snowflake and have no effect here", () => {
  it("keep their default and refuse other values by name", () => {
    const entry = parameterEntry("TIMESTAMP_DAY_IS_ALWAYS_24H");
    expect(settableValue(entry, "false")).toBe(false);
    expect(() => settableValue(entry, "true")).toThrow("TIMESTAMP_DAY_IS_ALWAYS_24H = true");
  });
});

describe("levels", () => {
  it("a session sets session parameters alone", () => {
    expect(sessionEntry("timezone").name).toBe("TIMEZONE");
    expect(() => sessionEntry("DATA_RETENTION_TIME_IN_DAYS")).toThrow("'SESSION'");
    expect(() => sessionEntry("ALLOW_ID_TOKEN")).toThrow("invalid property 'ALLOW_ID_TOKEN'");
    expect(() => sessionEntry("NOTHING")).toThrow("invalid parameter 'NOTHING'");
  });

  it("users have theirs, and what their sessions inherit", () => {
    const names = ["TIMEZONE", "NETWORK_POLICY", "PREVENT_UNLOAD_TO_INTERNAL_STAGES"];
    expect(names.every((name) => isOfUsers(parameterEntry(name)))).toBe(true);
    expect(isOfUsers(parameterEntry("EVENT_TABLE"))).toBe(false);
    expect(isOfUsers(parameterEntry("SSO_LOGIN_PAGE"))).toBe(false);
  });
});
