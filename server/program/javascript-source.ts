/**
 * The JavaScript around a user's function: arguments from text, results to text.
 * https://docs.snowflake.com/en/developer-guide/udf-stored-procedure-data-type-mapping#label-sql-javascript-data-type-mappings
 */

import type { SnowType } from "../../translator/types/types.ts";
import type { FunctionObject } from "../catalog/objects.ts";

/** How a value of a SQL type crosses: the name of a reader and of a writer below. */
function crossing(type: SnowType): string {
  switch (type.kind) {
    case "number":
    case "float":
    case "decfloat":
      return "number";
    case "boolean":
    case "binary":
    case "date":
      return type.kind;
    case "timestamp":
      return type.flavor === "ntz" ? "wallclock" : "instant";
    case "variant":
    case "object":
    case "array":
    case "map":
    case "geography":
    case "geometry":
      return "json";
    default:
      return "text";
  }
}

/**
 * Readers get text, or null for SQL NULL, which is undefined in JavaScript. Writers give text, or undefined for SQL NULL.
 * What they use of the language is taken before the user's code runs.
 */
const CONVERSIONS = `
const { parse, stringify } = JSON;
const hexOf = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
const bytesOf = (hex) => {
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
};
const reader = (read) => (text) => (text === null ? undefined : read(text));
const moment = (text) => new Date(Number(text));
const readers = {
  text: reader((text) => text),
  number: reader(Number),
  boolean: reader((text) => text === "true"),
  date: reader(moment),
  wallclock: reader(moment),
  instant: reader(moment),
  binary: reader(bytesOf),
  json: reader((text) => parse(text)),
};
const writer = (write) => (value) =>
  value === undefined || value === null ? undefined : write(value);
const isObject = (value) => typeof value === "object" && !(value instanceof Date);
const plain = (value) => (value instanceof Date ? value.toISOString() : String(value));
const wallclock = (value) =>
  value instanceof Date ? value.toISOString().slice(0, -1).replace("T", " ") : String(value);
const writers = {
  text: writer((value) => (isObject(value) ? stringify(value) : plain(value))),
  number: writer((value) => (typeof value === "boolean" ? String(Number(value)) : String(value))),
  boolean: writer((value) =>
    typeof value === "string" ? value : String(Boolean(value))),
  date: writer((value) => (value instanceof Date ? value.toISOString().slice(0, 10) : String(value))),
  wallclock: writer(wallclock),
  instant: writer((value) => (value instanceof Date ? wallclock(value) + " +0000" : String(value))),
  binary: writer((value) => (value instanceof Uint8Array ? hexOf(value) : String(value))),
  json: (value) => (value === undefined ? undefined : stringify(value)),
};
`;

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** The names of the parameters; one that is no name in JavaScript cannot be referred to. */
function parameterNames({ parameters }: FunctionObject): string {
  return parameters
    .map(({ name }, index) => (IDENTIFIER.test(name) ? name : `$argument${index}`))
    .join(", ");
}

/** The function's own name, by which it may call itself. */
function ownName({ name }: FunctionObject): string {
  return IDENTIFIER.test(name) ? name : "";
}

/**
 * A function from the JSON list of the arguments' texts to the result's text. The user's code begins in the second line.
 * @param routine a scalar function
 */
export function scalarSource(routine: FunctionObject): string {
  const types = routine.parameters.map(({ type }) => crossing(type));
  const returns = routine.returns.kind === "type" ? crossing(routine.returns.type) : "json";
  return `((user) => {${oneLine(CONVERSIONS)} const types = ${JSON.stringify(types)}; return (input) => writers.${returns}(user(...parse(input).map((text, i) => readers[types[i]](text)))); })(function ${ownName(routine)}(${parameterNames(routine)}) {
${routine.body}
})`;
}

/**
 * A function from two JSON texts, which arguments are constants and the arguments of a partition's rows, to the JSON list of what a
 * table function gives for the partition: rows `r`, with the index `i` of the row they are given for.
 */
export function tableSource(routine: FunctionObject): string {
  const { returns } = routine;
  const columns = returns.kind === "table" ? returns.columns : [];
  const shape = columns.map(({ name, type }) => [name, crossing(type)]);
  const argumentShape = routine.parameters.map(({ name, type }) => [name, crossing(type)]);
  return `((make) => {${oneLine(CONVERSIONS)} const columns = ${JSON.stringify(shape)}; const parameters = ${JSON.stringify(argumentShape)}; ${oneLine(TABLE_CALL)} })(() => (
${routine.body}
))`;
}

const TABLE_CALL = `
return (input) => {
  const [flags, given] = parse(input).map((text) => parse(text));
  const info = {};
  parameters.forEach(([name, kind], i) => {
    const constValue = flags[i] ? readers[kind](given[0][i]) : undefined;
    info[name] = { type: kind, isConst: flags[i], constValue };
  });
  const rows = [];
  let at = null;
  const cell = (kind, value) => (kind === "json" ? value : writers[kind](value));
  const rowWriter = {
    writeRow: (given) => {
      const written = {};
      for (const [name, kind] of columns) written[name] = cell(kind, given[name]);
      rows.push({ i: at, r: written });
    },
  };
  const made = make();
  const context = {};
  if (made.initialize !== undefined) made.initialize(info, context);
  given.forEach((texts, index) => {
    at = index + 1;
    const row = {};
    parameters.forEach(([name, kind], i) => { row[name] = readers[kind](texts[i]); });
    made.processRow(row, rowWriter, context);
  });
  at = null;
  if (made.finalize !== undefined) made.finalize(rowWriter, context);
  return stringify(rows);
};
`;

/** The user's code has to begin in the second line. */
function oneLine(code: string): string {
  return code.replaceAll(/\s*\n\s*/g, " ");
}
