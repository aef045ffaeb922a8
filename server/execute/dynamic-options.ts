/**
 * The options of dynamic tables. https://docs.snowflake.com/en/sql-reference/sql/create-dynamic-table
 */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { Property } from "../../translator/statements/properties.ts";
import type { DynamicDefinition, TargetLag } from "../catalog/dynamic-definition.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import type { Execution } from "./execution.ts";
import { notFound, shown } from "./names.ts";
import { propertyText } from "./properties.ts";

const UNIT_SECONDS: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3_600,
  day: 86_400,
};
const LAG = /^\s*(\d+)\s*(second|minute|hour|day)s?\s*$/i;
const LAG_SECONDS_MIN = 60;

/** What options decide of a definition, as far as they were given. */
export type DynamicOptions = {
  readonly lag?: TargetLag | undefined;
  readonly scheduler?: "ENABLE" | "DISABLE" | undefined;
  readonly warehouse?: string | undefined;
  readonly initializationWarehouse?: string | undefined;
  readonly askedMode?: DynamicDefinition["askedMode"] | undefined;
  readonly initialize?: DynamicDefinition["initialize"] | undefined;
};

type Setter = (text: string, execution: Execution) => DynamicOptions;

const SETTERS: Readonly<Record<string, Setter>> = {
  TARGET_LAG: (text) => ({ lag: parseLag(text) }),
  // Its former name, which Snowpark writes.
  LAG: (text) => ({ lag: parseLag(text) }),
  SCHEDULER: (text) => ({ scheduler: oneOf(text, "SCHEDULER", ["ENABLE", "DISABLE"]) }),
  WAREHOUSE: (text, execution) => ({ warehouse: warehouseNamed(text, execution) }),
  INITIALIZATION_WAREHOUSE: (text, execution) => ({
    initializationWarehouse: warehouseNamed(text, execution),
  }),
  REFRESH_MODE: (text) => ({
    askedMode: oneOf(text, "REFRESH_MODE", ["AUTO", "FULL", "INCREMENTAL"]),
  }),
  INITIALIZE: (text) => ({
    initialize: oneOf(text, "INITIALIZE", ["ON_CREATE", "ON_SCHEDULE"]),
  }),
};

/** Options that a dynamic table keeps as any table does. */
const TABLE_OPTIONS: ReadonlySet<string> = new Set([
  "CHANGE_TRACKING",
  "COMMENT",
  "DATA_RETENTION_TIME_IN_DAYS",
  "DEFAULT_DDL_COLLATION",
  "LOG_LEVEL",
  "MAX_DATA_EXTENSION_TIME_IN_DAYS",
]);

/** Options that only CREATE takes. */
const FIXED_OPTIONS: ReadonlySet<string> = new Set(["REFRESH_MODE", "INITIALIZE"]);

/** @throws 001008 for a value that cannot be read, 002043 for a warehouse that is not there, 000002 for other options */
export function dynamicOptions(
  properties: readonly Property[],
  execution: Execution,
): DynamicOptions {
  let options: DynamicOptions = {};
  for (const { name, value } of properties) {
    const setter = Object.hasOwn(SETTERS, name) ? SETTERS[name] : undefined;
    if (setter !== undefined) {
      options = { ...options, ...setter(propertyText(value, execution), execution) };
    } else if (!TABLE_OPTIONS.has(name)) {
      throw snowflakeError("unsupportedFeature", { feature: `${name} of a DYNAMIC TABLE` });
    }
  }
  return options;
}

/** The options that a dynamic table has as any table has them. */
export function tableProperties(properties: readonly Property[]): readonly Property[] {
  return properties.filter(({ name }) => TABLE_OPTIONS.has(name));
}

/** @throws 000002 for what stays as it was made */
export function checkAlterable(properties: readonly Property[]): void {
  const fixed = properties.find(({ name }) => FIXED_OPTIONS.has(name));
  if (fixed === undefined) return;
  const feature = `ALTER DYNAMIC TABLE SET ${fixed.name}`;
  throw snowflakeError("unsupportedFeature", { feature });
}

/**
 * Whether and how a table is scheduled. A lag alone makes it so; without one there must be SCHEDULER = DISABLE.
 * @throws 091901 for a lag that is missing, or beside SCHEDULER = DISABLE
 */
export function scheduling(
  { lag, scheduler }: DynamicOptions,
  name: string,
): Pick<DynamicDefinition, "lag" | "scheduler"> {
  if (scheduler === "DISABLE" && lag !== undefined) {
    throw rule(name, "cannot have a TARGET_LAG with SCHEDULER = DISABLE");
  }
  if (scheduler !== "DISABLE" && lag === undefined) throw rule(name, "needs a TARGET_LAG");
  return { lag, scheduler };
}

/** `20 minutes`, as SHOW prints it. */
export function lagText(lag: TargetLag): string {
  return lag.kind === "downstream" ? "DOWNSTREAM" : lag.text;
}

/** @throws 001008 for a text that is no lag, or one below a minute */
function parseLag(text: string): TargetLag {
  if (text.trim().toUpperCase() === "DOWNSTREAM") return { kind: "downstream" };
  const [, count = "", written = ""] = LAG.exec(text) ?? [];
  const unit = written.toLowerCase();
  const seconds = Number(count) * (UNIT_SECONDS[unit] ?? 0);
  if (!(seconds >= LAG_SECONDS_MIN)) {
    throw snowflakeError("invalidParameterValue", { value: text, name: "TARGET_LAG" });
  }
  const number = Number(count);
  return { kind: "time", text: `${number} ${unit}${number === 1 ? "" : "s"}`, seconds };
}

function oneOf<const Word extends string>(
  text: string,
  name: string,
  words: readonly Word[],
): Word {
  const upper = text.trim().toUpperCase();
  const found = words.find((word) => word === upper);
  if (found !== undefined) return found;
  throw snowflakeError("invalidParameterValue", { value: text, name });
}

function warehouseNamed(name: string, { account }: Execution): string {
  const { snapshot } = account.catalog;
  const found = findWarehouse(snapshot, name) ?? findWarehouse(snapshot, name.toUpperCase());
  if (found === undefined) throw notFound("Warehouse", shown(name));
  return found;
}

function findWarehouse(snapshot: Snapshot, name: string): string | undefined {
  return snapshot.find("warehouse", 0, name)?.name;
}

export function rule(name: string, problem: string) {
  return snowflakeError("dynamicRule", { name, problem });
}
