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

/**
 * CREATE of an object of the account. OR ALTER gives one that is there the properties of the statement, and the defaults of
 * those it leaves out.
 * @param make the object, of the same name as the one that is altered
 */
export async function createAccountObject<Kind extends CatalogObject["kind"] & NameSpace>(
  statement: Statement,
  execution: Execution,
  space: Kind,
  title: string,
  make: (common: ReturnType<typeof commonFields>, altered?: ObjectOf<Kind>) => ObjectOf<Kind>,
) {
  const name = lastPart(statement.name, execution);
  const options = propertyRecord(statement.properties, execution);
  const done = await execution.ddl(async (snapshot) => {
    const existing = snapshot.find(space, 0, name);
    if (existing !== undefined && statement.ifNotExists) return { changes: [], result: false };
    if (existing !== undefined && !statement.orReplace && !statement.orAlter) {
      throw snowflakeError("objectExists", { name: shown(name) });
    }
    const common = commonFields(name, options, execution);
    if (existing !== undefined && statement.orAlter) {
      const { id, createdAt, owner, tags } = existing;
      const altered = isOf(existing, space) ? existing : undefined;
      const object = { ...make(common, altered), id, createdAt, owner, tags };
      return { changes: [{ kind: "put" as const, object }], result: true };
    }
    const object = make(common);
    const replaced = existing === undefined ? [] : [markDropped(existing, execution)];
    return { changes: [...replaced, { kind: "put" as const, object }], result: true };
  });
  return { done, name, result: done ? created(title, name) : alreadyExists(name) };
}

type ObjectOf<Kind> = Extract<CatalogObject, { readonly kind: Kind }>;

function isOf<Kind>(object: CatalogObject, kind: Kind): object is ObjectOf<Kind> {
  return object.kind === kind;
}

/** What is read of a warehouse elsewhere than from its options. @throws 001008 for a bad value */
export function warehouseFields(options: Readonly<Record<string, string>>) {
  return {
    size: warehouseSize(options.WAREHOUSE_SIZE ?? "XSMALL"),
    autoSuspend: wholeNumber(options, "AUTO_SUSPEND", AUTO_SUSPEND_DEFAULT, {
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
    }),
    autoResume: options.AUTO_RESUME !== "false",
  };
}

function warehouseSize(word: string): string {
  const size = SIZES[word.toUpperCase().replaceAll("-", "")];
  if (size !== undefined) return size;
  throw snowflakeError("invalidProperty", { value: word, name: "WAREHOUSE_SIZE" });
}

function startState(options: Readonly<Record<string, string>>): "SUSPENDED" | "STARTED" {
  return options.INITIALLY_SUSPENDED === "true" ? "SUSPENDED" : "STARTED";
}

export const createWarehouse: ObjectCreator = async (statement, execution) => {
  const { done, name, result } = await createAccountObject(
    statement,
    execution,
    "warehouse",
    "Warehouse",
    (common, altered) => ({
      ...common,
      kind: "warehouse" as const,
      state: altered?.state ?? startState(common.options),
      ...warehouseFields(common.options),
    }),
  );
  if (done) execution.session.warehouse = name;
  return result;
};

export const createRole: ObjectCreator = async (statement, execution) => {
  const { result } = await createAccountObject(statement, execution, "role", "Role", (common) => ({
    ...common,
    kind: "role" as const,
  }));
  return result;
};
