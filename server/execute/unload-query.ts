/** What COPY INTO a location unloads: the query with PARTITION BY behind its columns, and texts as files have them. */

import type { Expression } from "../../translator/ast/expressions.ts";
import type { FromItem, Query, Select } from "../../translator/ast/queries.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { OutputColumn } from "../../translator/bind/bound.ts";
import { loweringContext } from "../../translator/lower/expressions.ts";
import { sessionText } from "../../translator/lower/variant-casts.ts";
import { TEXT } from "../../translator/types/types.ts";
import type { FileFormat } from "../stages/file-format.ts";
import type { Execution, StatementOf } from "./execution.ts";
import { planConsuming } from "./query-plan.ts";

export type UnloadQuery = {
  readonly columns: readonly OutputColumn[];
  /** The physical name of the partition's text; undefined without PARTITION BY. */
  readonly partition: string | undefined;
  /** Wants `fillStreams`. */
  readonly sql: string;
  readonly streams: readonly number[];
};

export async function unloadQuery(
  statement: StatementOf<"copy_into_location">,
  execution: Execution,
): Promise<UnloadQuery> {
  const { from, partitionBy } = statement;
  const span = { start: 0, end: 0 };
  const item: FromItem =
    from.kind === "query"
      ? { kind: "derived", lateral: false, query: from, span }
      : { kind: "table", name: from, span };
  const isPlain = from.kind === "query" && partitionBy === undefined;
  const query = isPlain ? from : selectAll(item, partitionBy);
  const plan = await planConsuming(query, execution, undefined);
  const { sql, streams } = plan;
  if (partitionBy === undefined) {
    return { columns: plan.columns, partition: undefined, sql, streams };
  }
  const partition = plan.columns.at(-1);
  if (partition?.type.kind !== "text") {
    throw snowflakeError("invalidParameterValue", { value: "no VARCHAR", name: "PARTITION BY" });
  }
  return { columns: plan.columns.slice(0, -1), partition: partition.physical, sql, streams };
}

function selectAll(item: FromItem, partitionBy: Expression | undefined): Query {
  const span = { start: 0, end: 0 };
  const modifiers = { exclude: [], replace: [], rename: [] };
  const star = { kind: "star", qualifier: [], modifiers, span } as const;
  const partition =
    partitionBy === undefined
      ? []
      : [{ kind: "expression", expression: partitionBy, span: partitionBy.span } as const];
  const body: Select = {
    kind: "select",
    distinct: false,
    items: [star, ...partition],
    into: [],
    from: [item],
    windows: [],
    span,
  };
  return { kind: "query", recursive: false, ctes: [], body, orderBy: [], span };
}

const FORMATS: Readonly<Record<string, string>> = {
  DATE_OUTPUT_FORMAT: "DATE_FORMAT",
  TIME_OUTPUT_FORMAT: "TIME_FORMAT",
  TIMESTAMP_OUTPUT_FORMAT: "TIMESTAMP_FORMAT",
  TIMESTAMP_NTZ_OUTPUT_FORMAT: "TIMESTAMP_FORMAT",
  TIMESTAMP_LTZ_OUTPUT_FORMAT: "TIMESTAMP_FORMAT",
  TIMESTAMP_TZ_OUTPUT_FORMAT: "TIMESTAMP_FORMAT",
};

/** The query's values as VARCHAR, dates and times by the format's own formats; rows of a partition come together. */
export function textSelect(
  { columns, partition, sql }: UnloadQuery,
  format: FileFormat,
  { context }: Execution,
): string {
  const parameter = (name: string) => {
    const option = FORMATS[name];
    const own = option === undefined ? "AUTO" : (format.text(option) ?? "AUTO");
    return own === "AUTO" ? context.parameter(name) : own;
  };
  const lowering = loweringContext({ parameter });
  const items = columns.map(({ physical, type }) => {
    const value = `q.${physical}`;
    if (format.type === "JSON") return `_v_to_json(${value}, ${sessionText({ parameter })})`;
    return type.kind === "binary"
      ? binaryText(value, format.text("BINARY_FORMAT"))
      : lowering.cast({ sql: value, type }, TEXT);
  });
  const list = partition === undefined ? items : [...items, `q.${partition}`];
  const order = partition === undefined ? "" : ` ORDER BY q.${partition}`;
  return `SELECT ${list.join(", ")} FROM (${sql}) AS q${order}`;
}

function binaryText(value: string, format: string | null): string {
  if (format === "BASE64") return `base64(${value})`;
  return format === "UTF8" ? `decode(${value})` : `hex(${value})`;
}
