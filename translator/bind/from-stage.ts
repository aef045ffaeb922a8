/**
 * Staged files in FROM: `@stage/path (FILE_FORMAT => …, PATTERN => …)`. Their columns have numbers only, beside METADATA$ columns.
 * https://docs.snowflake.com/en/user-guide/querying-stage
 */

import type { Expression } from "../ast/expressions.ts";
import type { FromItem } from "../ast/queries.ts";
import { walkExpression } from "../ast/walk.ts";
import {
  BOOLEAN,
  numberType,
  type SnowType,
  TEXT,
  textType,
  timestampType,
  VARCHAR_DEFAULT_LENGTH,
  VARIANT,
} from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { StagedScan } from "./catalog.ts";
import type { TypedValue } from "./context.ts";
import { bindExpression } from "./expressions.ts";
import type { BoundItem } from "./from.ts";
import type { Surroundings } from "./query.ts";
import { type NamedColumn, relationNames } from "./scope-names.ts";
import { plainScope } from "./scope-select.ts";

const ROW_NUMBER_PRECISION = 38;

/** Columns that every row of a staged file has, with the names that they have in lowered SQL. */
const METADATA: readonly (readonly [name: string, physical: string, type: SnowType])[] = [
  ["METADATA$FILENAME", "m_filename", textType(VARCHAR_DEFAULT_LENGTH)],
  ["METADATA$FILE_ROW_NUMBER", "m_file_row_number", numberType(ROW_NUMBER_PRECISION, 0)],
  ["METADATA$FILE_CONTENT_KEY", "m_file_content_key", textType(VARCHAR_DEFAULT_LENGTH)],
  ["METADATA$FILE_LAST_MODIFIED", "m_file_last_modified", timestampType("ntz")],
  ["METADATA$START_SCAN_TIME", "m_start_scan_time", timestampType("ltz")],
];

/** @throws 002003 for a stage or file format that is not there */
export function bindStage(
  item: Extract<FromItem, { kind: "stage" }>,
  around: Surroundings,
): BoundItem {
  const { binder } = around;
  const options = optionTexts(item, around);
  const { catalog, stagedFormat } = binder.context;
  const format = stagedFormat ?? catalog.stage?.(item.path, options);
  if (format === undefined) {
    throw binder.error("unsupportedFeature", { feature: "SELECT from a stage" });
  }
  const alias = binder.freshAlias("t");
  const scan: StagedScan = {
    kind: "scan",
    token: `⟪${alias}⟫`,
    path: item.path,
    options,
    columns: new Set(),
  };
  binder.features.staged.push(scan);
  const numbered = (index: number): NamedColumn => {
    scan.columns.add(index);
    const type = format.isSemiStructured ? VARIANT : TEXT;
    return columnOf(`$${index}`, `c${index}`, type, alias);
  };
  return {
    from: {
      kind: "table",
      alias,
      table: { database: "", schema: "", name: item.path },
      physical: scan.token,
    },
    names: relationNames({
      alias: item.alias?.name.name,
      qualified: undefined,
      internal: alias,
      columns: METADATA.map(([name, physical, type]) => ({
        ...columnOf(name, physical, type, alias),
        hidden: true,
      })),
      numbered,
    }),
  };
}

/** The columns of INFER_SCHEMA. https://docs.snowflake.com/en/sql-reference/functions/infer_schema */
const SCHEMA_COLUMNS: readonly (readonly [name: string, type: SnowType])[] = [
  ["COLUMN_NAME", TEXT],
  ["TYPE", TEXT],
  ["NULLABLE", BOOLEAN],
  ["EXPRESSION", TEXT],
  ["FILENAMES", TEXT],
  ["ORDER_ID", numberType(ROW_NUMBER_PRECISION, 0)],
];

const SCHEMA_ARGUMENTS: ReadonlySet<string> = new Set([
  "LOCATION",
  "FILE_FORMAT",
  "FILES",
  "IGNORE_CASE",
  "MAX_FILE_COUNT",
  "MAX_RECORDS_PER_FILE",
  "KIND",
]);

/**
 * TABLE(INFER_SCHEMA(LOCATION => …, FILE_FORMAT => …)).
 * @throws 001044 for an argument that it does not have
 */
export function bindInferSchema(
  item: Extract<FromItem, { kind: "table_function" }>,
  { binder }: Surroundings,
): BoundItem {
  const given = new Map<string, readonly string[]>();
  for (const { name, value } of item.arguments) {
    const key = name?.name.toUpperCase() ?? "";
    if (!SCHEMA_ARGUMENTS.has(key)) {
      throw binder.error("invalidArgumentTypes", { name: "INFER_SCHEMA", types: key }, value.span);
    }
    given.set(key, constantTexts(value, binder));
  }
  const alias = binder.freshAlias("t");
  const token = `⟪${alias}⟫`;
  binder.features.staged.push({ kind: "schema", token, arguments: given });
  const columns = SCHEMA_COLUMNS.map(([name, type], index) =>
    columnOf(item.alias?.columns[index]?.name ?? name, `c${index + 1}`, type, alias),
  );
  return {
    from: {
      kind: "table",
      alias,
      table: { database: "", schema: "", name: "INFER_SCHEMA" },
      physical: token,
    },
    names: relationNames({
      alias: item.alias?.name.name,
      qualified: undefined,
      internal: alias,
      columns,
    }),
  };
}

/** The constants, binds and variables in an argument as text, those of lists in parentheses included. */
function constantTexts(argument: Expression, { context, features }: Binder): string[] {
  const texts: string[] = [];
  const push = (found: TypedValue | undefined) => {
    if (found !== undefined && found.value !== null) texts.push(String(found.value));
  };
  walkExpression(argument, {
    expression: (node) => {
      if (node.kind === "string_literal") texts.push(node.value);
      else if (node.kind === "number_literal") texts.push(node.text);
      else if (node.kind === "boolean_literal") texts.push(String(node.value));
      else if (node.kind === "bind") {
        features.usesBinds = true;
        push(context.bind(node.index ?? node.name?.name ?? ""));
      } else if (node.kind === "session_variable") {
        features.usesVariables = true;
        push(context.variable(node.name));
      }
    },
  });
  return texts;
}

function columnOf(name: string, physical: string, type: SnowType, relation: string): NamedColumn {
  const expression = { kind: "column", relation, physical, name, type, nullable: true } as const;
  return { name, expression };
}

/** The options' values as text; a name that stands bare is taken as it is written. */
function optionTexts(
  item: Extract<FromItem, { kind: "stage" }>,
  { binder, environment }: Surroundings,
): ReadonlyMap<string, string> {
  const scope = plainScope(binder, environment, "from");
  const options = new Map<string, string>();
  for (const { name, value } of item.options) {
    const bound = value.kind === "column" ? undefined : bindExpression(value, scope, binder);
    const text =
      bound?.kind === "constant"
        ? String(bound.value)
        : binder.text.slice(value.span.start, value.span.end);
    options.set(name.toUpperCase(), text);
  }
  return options;
}
