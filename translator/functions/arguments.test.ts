/** Every function of the catalog called with wrong arguments: Snowflake's codes and messages. */

import { describe, expect, it } from "vitest";
import { SnowflakeError } from "../base/errors.ts";
import type { BindContext } from "../bind/context.ts";
import { CONTEXT_FUNCTION_NAMES } from "../bind/context-functions.ts";
import { translate } from "../translate.ts";
import type { FunctionEntry, Parameter, Signature } from "./define.ts";
import { ALL_FUNCTIONS } from "./registry.ts";

const CONTEXT: BindContext = {
  catalog: {
    version: 1,
    hasDatabase: () => false,
    hasSchema: () => false,
    relation: () => undefined,
    sequence: () => undefined,
  },
  database: "D",
  schema: "S",
  role: "R",
  warehouse: undefined,
  user: "U",
  account: "A",
  sessionId: "1",
  parameter: (name) => (name === "TIMEZONE" ? "UTC" : ""),
  variable: () => undefined,
  bind: () => undefined,
  lastQueryId: () => undefined,
  describeOnly: false,
};

/** What a statement fails with, as `code message`; undefined when it does not. */
function failure(sql: string): string | undefined {
  try {
    translate(sql, CONTEXT);
    return undefined;
  } catch (error) {
    if (error instanceof SnowflakeError) return `${error.code} ${error.message}`;
    throw error;
  }
}

function least({ parameters }: Signature): number {
  return parameters.filter(({ optional }) => !optional).length;
}

function most({ parameters }: Signature): number {
  return parameters.some(({ variadic }) => variadic) ? Number.POSITIVE_INFINITY : parameters.length;
}

/** A call with so many arguments, where such a function can stand. */
function calling(entry: FunctionEntry, args: readonly string[]): { sql: string; call: string } {
  const name = entry.schema === undefined ? entry.name : `SNOWFLAKE.${entry.schema}.${entry.name}`;
  const call = `${name}(${args.join(", ")})`;
  if (entry.kind === "table") return { sql: `SELECT * FROM TABLE(${call})`, call };
  const over = entry.kind === "window" ? `${call} OVER (ORDER BY 1)` : call;
  return { sql: `SELECT ${over} FROM (SELECT 1 AS c) AS t`, call: over };
}

const NULLS = (count: number): string[] => Array.from({ length: count }, () => "NULL");

const CALLABLE = ALL_FUNCTIONS.filter(
  ({ signatures, refused }) => signatures.length > 0 && refused === undefined,
);

describe("too few arguments", () => {
  const entries = CALLABLE.filter(({ signatures }) => Math.min(...signatures.map(least)) > 0);
  it.each(entries.map((entry) => [entry.name, entry] as const))("%s", (_, entry) => {
    const expected = Math.min(...entry.signatures.map(least));
    const { sql, call } = calling(entry, NULLS(expected - 1));
    const position = sql.indexOf(call);
    expect(failure(sql)).toBe(
      `000938 SQL compilation error: error line 1 at position ${position}\n` +
        `not enough arguments for function [${call}], expected ${expected}, got ${expected - 1}`,
    );
  });
});

describe("too many arguments", () => {
  const entries = CALLABLE.filter(
    ({ name, signatures }) =>
      Number.isFinite(Math.max(...signatures.map(most))) && name !== "ST_COLLECT",
  );
  it.each(entries.map((entry) => [entry.name, entry] as const))("%s", (_, entry) => {
    const expected = Math.max(...entry.signatures.map(most));
    const { sql, call } = calling(entry, NULLS(expected + 1));
    const position = sql.indexOf(call);
    expect(failure(sql)).toBe(
      `000939 SQL compilation error: error line 1 at position ${position}\n` +
        `too many arguments for function [${call}] expected ${expected}, got ${expected + 1}`,
    );
  });

  it("ST_COLLECT, an aggregate of one value and a function of two", () => {
    expect(failure("SELECT ST_COLLECT(NULL, NULL, NULL)")).toMatch(/ expected 2, got 3$/);
  });

  it.each(CONTEXT_FUNCTION_NAMES)("%s", (name) => {
    expect(failure(`SELECT ${name}(1, 2)`)).toMatch(
      /^000939 SQL compilation error: error line 1 at position 7\ntoo many arguments for function \[\w+\(1, 2\)\] expected [01], got 2$/,
    );
  });
});

/** An argument that the pattern cannot take. */
const MISFITS: Partial<Readonly<Record<Parameter["pattern"], string>>> = {
  number: "ARRAY_CONSTRUCT()",
  integer: "ARRAY_CONSTRUCT()",
  float: "ARRAY_CONSTRUCT()",
  numeric: "ARRAY_CONSTRUCT()",
  decfloat: "ARRAY_CONSTRUCT()",
  date: "ARRAY_CONSTRUCT()",
  time: "ARRAY_CONSTRUCT()",
  timestamp: "ARRAY_CONSTRUCT()",
  datetime: "ARRAY_CONSTRUCT()",
  boolean: "ARRAY_CONSTRUCT()",
  array: "TRUE",
  object: "TRUE",
  map: "TRUE",
  vector: "TRUE",
  geography: "TRUE",
  geometry: "TRUE",
};

/** Whether every signature that takes so many arguments refuses the misfit at the place. */
function refusesAll(entry: FunctionEntry, count: number, index: number, misfit: string): boolean {
  const fitting = entry.signatures.filter((each) => least(each) <= count && count <= most(each));
  return fitting.every(({ parameters }) => {
    const parameter = parameters[index] ?? parameters.at(-1);
    return parameter !== undefined && MISFITS[parameter.pattern] === misfit;
  });
}

describe("arguments of a type that a function does not take", () => {
  const entries = CALLABLE.filter(({ kind, metric }) => kind !== "table" && metric === undefined);
  const cases = entries.flatMap((entry) =>
    entry.signatures.flatMap((signature, which) =>
      signature.parameters.flatMap(({ pattern, name }, index) => {
        const misfit = MISFITS[pattern];
        const count = Math.max(index + 1, least(signature));
        if (misfit === undefined || !refusesAll(entry, count, index, misfit)) return [];
        return [
          { label: `${entry.name}, form ${which + 1}, ${name}`, entry, count, misfit, index },
        ];
      }),
    ),
  );
  it.each(cases.map((item) => [item.label, item] as const))(
    "%s",
    (_, { entry, count, misfit, index }) => {
      const args = NULLS(count).with(index, misfit);
      const { sql, call } = calling(entry, args);
      const type = misfit === "TRUE" ? "BOOLEAN" : "ARRAY";
      const types = args.map((_each, at) => (at === index ? type : "NULL")).join(", ");
      expect(failure(sql)).toBe(
        `001044 SQL compilation error: error line 1 at position ${sql.indexOf(call)}\n` +
          `Invalid argument types for function '${entry.name}': (${types})`,
      );
    },
  );
});

describe("arguments that must be constant", () => {
  const cases = CALLABLE.filter(({ kind }) => kind !== "table").flatMap((entry) => {
    const [only] = entry.signatures;
    if (only === undefined || entry.signatures.length > 1) return [];
    const index = only.parameters.findIndex(({ constant }) => constant);
    return index < 0 ? [] : [{ entry, only, index }];
  });
  it.each(cases.map((item) => [item.entry.name, item] as const))(
    "%s",
    (_, { entry, only, index }) => {
      const count = Math.max(index + 1, least(only));
      const { sql } = calling(entry, NULLS(count).with(index, "t.c"));
      expect(failure(sql)).toBe(
        "001015 SQL compilation error:\n" +
          `argument ${index + 1} to function ${entry.name} needs to be constant, found 'T.C'`,
      );
    },
  );
});

it("an unknown function", () => {
  expect(failure("SELECT no_such_function(1)")).toBe(
    "002140 SQL compilation error:\nUnknown function NO_SUCH_FUNCTION",
  );
  expect(failure("SELECT s.no_such_function(1)")).toBe(
    "002141 SQL compilation error:\nUnknown user-defined function S.NO_SUCH_FUNCTION",
  );
});
