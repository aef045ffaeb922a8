/** Warehouses and roles: recorded, shown, without compute or access control behind them. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { CatalogObject, NameSpace } from "../catalog/objects.ts";
import type { ObjectCreator } from "./create-object.ts";
import { markDropped } from "./drop.ts";
import type { Execution, StatementOf } from "./execution.ts";
import { lastPart, shown } from "./names.ts";
import { propertyRecord, wholeNumber } from "./properties.ts";
import { alreadyExists, created } from "./status.ts";

type Statement = StatementOf<"create_object">;

/** Seconds; Snowflake's default for AUTO_SUSPEND. */
const AUTO_SUSPEND_DEFAULT = 600;

/** Warehouse sizes by each word that Snowflake takes, as SHOW WAREHOUSES prints them. */
const SIZES: Readonly<Record<string, string>> = {
  XSMALL: "X-Small",
  SMALL: "Small",
  MEDIUM: "Medium",
  LARGE: "Large",
  XLARGE: "X-Large",
  XXLARGE: "2X-Large",
  X2LARGE: "2X-Large",
  "2XLARGE": "2X-Large",
  XXXLARGE: "3X-Large",
  X3LARGE: "3X-Large",
  "3XLARGE": "3X-Large",
  X4LARGE: "4X-Large",
  "4XLARGE": "4X-Large",
  X5LARGE: "5X-Large",
  "5XLARGE": "5X-Large",
  X6LARGE: "6X-Large",
  "6XLARGE": "6X-Large",
};

/** What every new object has. */
export function commonFields(
  name: string,
  options: Readonly<Record<string, string>>,
  { account, session }: Execution,
) {
  const now = account.now();
  return {
    id: account.catalog.nextId(),
    name,
    createdAt: now,
    alteredAt: now,
    owner: session.role,
    comment: options.COMMENT ?? "",
    options,
  };
}

export async function createAccountObject(
  statement: Statement,
  execution: Execution,
  space: NameSpace,
  title: string,
  make: (common: ReturnType<typeof commonFields>) => CatalogObject,
) {
  const name = lastPart(statement.name, execution);
  const options = propertyRecord(statement.properties, execution);
  const done = await execution.ddl(async (snapshot) => {
    const existing = snapshot.find(space, 0, name);
    if (existing !== undefined && statement.ifNotExists) return { changes: [], result: false };
    if (existing !== undefined && !statement.orReplace && !statement.orAlter) {
      throw snowflakeError("objectExists", { name: shown(name) });
    }
    const object = make(commonFields(name, options, execution));
    if (existing !== undefined && statement.orAlter) {
      return {
        changes: [{ kind: "put" as const, object: sameObject(existing, object) }],
        result: true,
      };
    }
    const replaced = existing === undefined ? [] : [markDropped(existing, execution)];
    return { changes: [...replaced, { kind: "put" as const, object }], result: true };
  });
  return { done, name, result: done ? created(title, name) : alreadyExists(name) };
}

/** CREATE OR ALTER: the definition is new; the object, its owner and tags stay, a warehouse's state and a user's password. */
function sameObject(existing: CatalogObject, wanted: CatalogObject): CatalogObject {
  const { id, createdAt, owner, tags } = existing;
  const kept = { ...wanted, id, createdAt, owner, tags };
  if (kept.kind === "warehouse" && existing.kind === "warehouse") {
    return { ...kept, state: existing.state };
  }
  if (kept.kind === "user" && existing.kind === "user") {
    return { ...kept, hasPassword: kept.hasPassword ?? existing.hasPassword };
  }
  return kept;
}

function warehouseSize(word: string): string {
  const size = SIZES[word.toUpperCase().replaceAll("-", "")];
  if (size !== undefined) return size;
  throw snowflakeError("invalidParameterValue", { value: word, name: "WAREHOUSE_SIZE" });
}

/** The seconds of AUTO_SUSPEND; NULL and 0 mean never. */
function autoSuspend(options: Readonly<Record<string, string>>, otherwise: number): number {
  if (options.AUTO_SUSPEND === "" || options.AUTO_SUSPEND?.toUpperCase() === "NULL") return 0;
  const range = { minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
  return wholeNumber(options, "AUTO_SUSPEND", otherwise, range);
}

/** What is read of a warehouse elsewhere than from its options: their values, or the defaults. */
export function warehouseFields(options: Readonly<Record<string, string>>) {
  return {
    size: warehouseSize(options.WAREHOUSE_SIZE ?? "XSMALL"),
    autoSuspend: autoSuspend(options, AUTO_SUSPEND_DEFAULT),
    autoResume: options.AUTO_RESUME !== "false",
  };
}

export const createWarehouse: ObjectCreator = async (statement, execution) => {
  const { done, name, result } = await createAccountObject(
    statement,
    execution,
    "warehouse",
    "Warehouse",
    (common) => ({
      ...common,
      kind: "warehouse",
      state: common.options.INITIALLY_SUSPENDED === "true" ? "SUSPENDED" : "STARTED",
      ...warehouseFields(common.options),
    }),
  );
  if (done) execution.session.warehouse = name;
  return result;
};

export const createRole: ObjectCreator = async (statement, execution) => {
  const { result } = await createAccountObject(statement, execution, "role", "Role", (common) => ({
    ...common,
    kind: "role",
  }));
  return result;
};
