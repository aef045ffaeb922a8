/**
 * Staged files in FROM: `@stage/path (FILE_FORMAT => …, PATTERN => …)`. Their columns have numbers only, beside METADATA$ columns.
 * https://docs.snowflake.com/en/user-guide/querying-stage
 */

import type { FromItem } from "../ast/queries.ts";
import {
  numberType,
  type SnowType,
  TEXT,
  textType,
  timestampType,
  VARCHAR_DEFAULT_LENGTH,
  VARIANT,
} from "../types/types.ts";
import type { StagedScan } from "./catalog.ts";
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
