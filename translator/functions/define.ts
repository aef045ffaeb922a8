/**
 * The shape of the function catalog. One entry per function: signatures with type rules, documentation
 * page, how it lowers, and examples that are executed as tests. Operators are entries too.
 */

import type { HostFunction } from "../base/host.ts";
import type { BoundExpression, BoundOrderItem } from "../bind/bound.ts";
import type { SnowType } from "../types/types.ts";

export type FunctionKind = "scalar" | "aggregate" | "window" | "table";

/**
 * What an argument is converted to, or demanded to be:
 * concrete families (`number` any NUMBER kept as it is; text converts to NUMBER as Snowflake does), `numeric`
 * (NUMBER, FLOAT or DECFLOAT, kept), `timestamp` (any flavor, kept; DATE and text convert to the mapped flavor),
 * `datetime` (DATE, TIME or TIMESTAMP, kept; text converts to a timestamp), `any` (kept as it is), `same` (all arguments marked so are converted to their
 * common type), `string_or_binary`, `semi` (VARIANT, OBJECT or ARRAY, kept), `variant` (VARIANT, or what becomes one by
 * itself: text and dates do not), `element` (anything, made a VARIANT), `typed_array` (a structured ARRAY, kept), `part` (a date part: word or string constant),
 * `lambda`, `ltz`/`ntz`/`tz` (that flavor; another one converts), `only_ntz` (no other flavor).
 */
export type ParameterPattern =
  | "number"
  | "integer"
  | "float"
  | "numeric"
  | "decfloat"
  | "text"
  | "binary"
  | "string_or_binary"
  | "boolean"
  | "date"
  | "time"
  | "timestamp"
  | "ntz"
  | "ltz"
  | "tz"
  | "only_ntz"
  | "datetime"
  | "variant"
  | "object"
  | "array"
  | "typed_array"
  | "element"
  | "map"
  | "semi"
  | "vector"
  | "geography"
  | "geometry"
  | "interval"
  | "file"
  | "uuid"
  | "period"
  | "any"
  | "same"
  | "part"
  | "lambda";

export type Parameter = {
  readonly name: string;
  readonly pattern: ParameterPattern;
  readonly optional: boolean;
  /** Must be a constant expression. */
  readonly constant: boolean;
  /** The last parameter may repeat (zero or more when optional, else one or more). */
  readonly variadic: boolean;
};

/** A bound argument that has been lowered. */
export type LoweredArgument = {
  /** DuckDB SQL of exactly `duckType(type)`; safe to embed anywhere an expression may stand. */
  readonly sql: string;
  readonly type: SnowType;
  readonly nullable: boolean;
  readonly bound: BoundExpression;
};

export type LoweringContext = {
  /** Session parameter by upper-case name. */
  readonly parameter: (name: string) => string | number | boolean;
  /** A value of the session that the server gives by name (functions/context.ts); null when it has none. */
  readonly session: (name: string) => string | null;
  /** SQL text constant of a string, quoted. */
  readonly quote: (text: string) => string;
  /** SQL of the statement's own instant (TIMESTAMPTZ). */
  readonly currentTimestamp: () => string;
  /** SQL (VARCHAR) of the id that the running statement gets. */
  readonly queryId: () => string;
  /** SQL that converts an already lowered value to another type (explicit cast semantics). */
  readonly cast: (
    argument: { readonly sql: string; readonly type: SnowType },
    to: SnowType,
  ) => string;
  /** ORDER BY items lowered to text, without the words ORDER BY. */
  readonly orderBy: (items: readonly BoundOrderItem[]) => string;
};

export type LoweringCall = {
  /** The argument by position from 0; undefined when it was left out. */
  readonly arguments: readonly LoweredArgument[];
  /** The argument of a parameter by its name; undefined when it was left out. */
  readonly named: (name: string) => LoweredArgument | undefined;
  readonly returns: SnowType;
  readonly distinct: boolean;
  readonly orderBy: readonly BoundOrderItem[];
  readonly nulls: "ignore" | "respect" | undefined;
  readonly fromLast: boolean;
  /** Aggregates: " OVER (…)" to put behind each DuckDB aggregate call; else "". */
  readonly over: string;
  readonly isWindow: boolean;
  readonly context: LoweringContext;
};

/**
 * A template ("length({1})", "{value}" by name or "{1}" by position from 1; "{over}" where an aggregate's
 * OVER goes, by default at the end; "{distinct}" for "DISTINCT " or nothing) or a function that builds the SQL.
 * The engine casts a NUMBER or INTERVAL result to its exact DECIMAL type; every other result must have its type already.
 * A template with an optional parameter that was left out drops to the signature without it: use separate signatures.
 */
export type Lowering = string | ((call: LoweringCall) => string);

/** What a signature returns: a type, or a rule over the argument types and (for constants) the bound arguments. */
export type ReturnRule =
  | SnowType
  | ((types: readonly SnowType[], args: readonly BoundExpression[]) => SnowType);

export type Signature = {
  readonly parameters: readonly Parameter[];
  readonly returns: ReturnRule;
  /** Result can be NULL only when an argument is (`strict`, default), always, or never. */
  readonly nullability: "strict" | "always" | "never";
  readonly lower: Lowering;
};

/** [expression, printed result (null for NULL)]; executed by functions.engine.test.ts as SELECT expression. */
export type Example = readonly [expression: string, result: string | null];

/** A query over `T(V)`, the rows that the call's argument gives. */
export type DataMetric = {
  readonly query: string;
  /** What the argument's column may be; undefined takes any columns. */
  readonly kinds: readonly SnowType["kind"][] | undefined;
};

export type FunctionEntry = {
  readonly name: string;
  /** The schema of database SNOWFLAKE that it belongs to; undefined for one that is called by its name alone. */
  readonly schema?: SystemSchema | undefined;
  readonly aliases: readonly string[];
  readonly kind: FunctionKind;
  readonly category: string;
  /** Page name in Snowflake's function reference. */
  readonly doc: string;
  readonly summary: string;
  readonly signatures: readonly Signature[];
  readonly examples: readonly Example[];
  /** Known to Snowflake but not done here: the reason, shown in the error and the coverage page. */
  readonly refused?: string | undefined;
  /** Answers harmlessly without the cloud service behind it; the coverage page says so. */
  readonly stub?: string | undefined;
  /** The server gives the value, or a table function's rows, when a statement is bound; `lower` is never asked. */
  readonly server?: boolean | undefined;
  /** A data metric: the call is a query over its argument, which is a query. */
  readonly metric?: DataMetric | undefined;
  /** A value of its own for every row (RANDOM, UUID_STRING): never folded or cached. */
  readonly volatile: boolean;
  /** Host functions that `lower` names, registered with DuckDB. */
  readonly host: readonly HostFunction[];
  /** Table functions: the columns they give. */
  readonly columns?: readonly { readonly name: string; readonly type: SnowType }[] | undefined;
};

/** Schemas of database SNOWFLAKE with functions. */
export type SystemSchema = "ALERT" | "CORE" | "CORTEX" | "LOCAL" | "NOTIFICATION";

export type FunctionDefinition = {
  readonly schema?: SystemSchema | undefined;
  readonly doc: string;
  readonly summary: string;
  readonly signatures: readonly Signature[];
  readonly examples?: readonly Example[] | undefined;
  readonly aliases?: readonly string[] | undefined;
  readonly kind?: FunctionKind | undefined;
  readonly stub?: string | undefined;
  readonly server?: boolean | undefined;
  readonly volatile?: boolean | undefined;
  readonly host?: readonly HostFunction[] | undefined;
  readonly columns?: readonly { readonly name: string; readonly type: SnowType }[] | undefined;
};

/** Defines the functions of one family: `family("string and binary")("LPAD", {…})`. */
export function family(
  category: string,
): (name: string, definition: FunctionDefinition) => FunctionEntry {
  return (name, definition) => ({
    name,
    category,
    schema: definition.schema,
    aliases: definition.aliases ?? [],
    kind: definition.kind ?? "scalar",
    doc: definition.doc,
    summary: definition.summary,
    signatures: definition.signatures,
    examples: definition.examples ?? [],
    stub: definition.stub,
    server: definition.server,
    volatile: definition.volatile ?? false,
    host: definition.host ?? [],
    columns: definition.columns,
  });
}

/** A function that is known by name only: calling it gives a named refusal. */
export function refuse(
  category: string,
  name: string,
  doc: string,
  reason: string,
  schema?: SystemSchema | undefined,
): FunctionEntry {
  return {
    name,
    schema,
    category,
    aliases: [],
    kind: "scalar",
    doc,
    summary: reason,
    signatures: [],
    examples: [],
    refused: reason,
    volatile: false,
    host: [],
  };
}

type SignatureOptions = { readonly nullability?: Signature["nullability"] | undefined };

/**
 * A signature from its parameter list in short form: `"value date, part? const text, rest... any"`
 * (name, `?` optional, `...` variadic, `const` constant, pattern).
 */
export function sig(
  parameters: string,
  returns: ReturnRule,
  lower: Lowering,
  options: SignatureOptions = {},
): Signature {
  return {
    parameters: parameters.trim() === "" ? [] : parameters.split(",").map(parseParameter),
    returns,
    nullability: options.nullability ?? "strict",
    lower,
  };
}

function parseParameter(text: string): Parameter {
  const words = text.trim().split(/\s+/);
  const [name = ""] = words;
  return {
    name: name.replace(/(\?|\.\.\.)+$/, ""),
    optional: name.includes("?"),
    variadic: name.includes("..."),
    constant: words.includes("const"),
    pattern: words[words.length - 1] as ParameterPattern,
  };
}
