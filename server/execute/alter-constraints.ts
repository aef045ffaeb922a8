/** ALTER TABLE … ADD, ALTER, RENAME and DROP CONSTRAINT. https://docs.snowflake.com/en/sql-reference/sql/alter-table */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { ConstraintReference } from "../../translator/statements/constraints.ts";
import { referencedKey } from "../catalog/information-schema/constraint-rows.ts";
import type { Constraint, TableObject } from "../catalog/objects.ts";
import type { CatalogChange, Snapshot } from "../catalog/snapshot.ts";
import { altered, type TableChange } from "./alter-table.ts";
import { checksOf, enforceChecks, withPlannedChecks } from "./check-constraints.ts";
import { alteredConstraint, planConstraint } from "./constraints.ts";
import type { Execution, StatementOf } from "./execution.ts";
import { shown } from "./names.ts";

type Alteration<Kind> = Extract<StatementOf<"alter_table">["alteration"], { kind: Kind }>;

/** @throws 000002: a hybrid table gets its CHECK constraints when it is made (docs: create-hybrid-table) */
export function refuseLaterCheck(constraints: readonly Constraint[]): void {
  if (checksOf({ constraints }).length === 0) return;
  throw snowflakeError("unsupportedFeature", {
    feature: "ADD of a CHECK constraint to a hybrid table",
  });
}

/** @throws 000002 for a CHECK without NOVALIDATE: rows that are there are not validated (docs: constraints-overview) */
export function addConstraint(
  table: TableObject,
  { constraint }: Alteration<"add_constraint">,
  execution: Execution,
): TableChange {
  const isHybrid = table.hybrid === true;
  const added = planConstraint(constraint, undefined, isHybrid, execution);
  if (isHybrid) refuseLaterCheck(added);
  if (checksOf({ constraints: added }).some(({ unvalidated }) => unvalidated === undefined)) {
    const feature = "ADD of a CHECK constraint with VALIDATE to an existing table";
    throw snowflakeError("unsupportedFeature", { feature });
  }
  const longer = { ...table, constraints: [...table.constraints, ...added] };
  const { constraints } = withPlannedChecks(longer, (item) => added.includes(item), execution);
  return { changes: [altered(table, { constraints }, execution)] };
}

/** A CHECK that is to be VALIDATE is enforced on all rows first. */
export function alterConstraint(
  table: TableObject,
  { constraint: reference, properties }: Alteration<"alter_constraint">,
  execution: Execution,
): TableChange {
  const found = matching(table, reference);
  const changed = new Map(
    found.map((item) => [item, alteredConstraint(item, properties, table.hybrid === true)]),
  );
  const constraints = table.constraints.map((item) => changed.get(item) ?? item);
  const validated = checksOf({ constraints: [...changed.values()] }).filter(
    ({ unvalidated }) => unvalidated === undefined,
  );
  return {
    changes: [altered(table, { constraints }, execution)],
    physical: (writer) => enforceChecks(writer, table, execution, "all", validated),
  };
}

export function renameConstraint(
  table: TableObject,
  { from, to }: Alteration<"rename_constraint">,
  execution: Execution,
): TableChange {
  const [found] = matching(table, { kind: "named", name: from });
  const constraints = table.constraints.map((constraint) =>
    constraint === found ? { ...constraint, name: to.name } : constraint,
  );
  return { changes: [altered(table, { constraints }, execution)] };
}

export function dropConstraint(
  table: TableObject,
  { constraint: reference, behavior }: Alteration<"drop_constraint">,
  snapshot: Snapshot,
  execution: Execution,
): TableChange {
  const gone = matching(table, reference);
  const constraints = table.constraints.filter((constraint) => !gone.includes(constraint));
  const referring = referringChanges(gone, behavior, snapshot, execution);
  return { changes: [altered(table, { constraints }, execution), ...referring] };
}

/**
 * The changes of other tables whose foreign keys end with the keys that they refer to.
 * @throws 003932 with RESTRICT when there is such a table
 */
export function referringChanges(
  gone: readonly Constraint[],
  behavior: "CASCADE" | "RESTRICT" | undefined,
  snapshot: Snapshot,
  execution: Execution,
): readonly CatalogChange[] {
  const sessionId = String(execution.session.id);
  const isGone = (constraint: Constraint) => {
    const key = referencedKey(snapshot, constraint, sessionId)?.key;
    return key !== undefined && gone.includes(key);
  };
  const referring = [...snapshot.all()].flatMap((object) =>
    object.kind === "table" && object.droppedAt === undefined && object.constraints.some(isGone)
      ? [object]
      : [],
  );
  if (behavior === "RESTRICT" && referring.length > 0) {
    throw snowflakeError("droppedHasDependencies", { kind: "constraint" });
  }
  return referring
    .filter(({ constraints }) => !constraints.some((item) => gone.includes(item)))
    .map((table) => {
      const constraints = table.constraints.filter((item) => !isGone(item));
      return altered(table, { constraints }, execution);
    });
}

/** @throws when the table has no such constraint */
function matching(table: TableObject, reference: ConstraintReference): readonly Constraint[] {
  const found = table.constraints.filter((constraint) => {
    if (reference.kind === "named") return constraint.name === reference.name.name;
    if (constraint.kind !== reference.kind) return false;
    if (reference.kind === "primary_key") return true;
    const columns = reference.columns.map((column) => column.name).join("\n");
    return constraint.columns.join("\n") === columns;
  });
  if (found.length > 0) return found;
  throw snowflakeError("constraintNotFound", { name: shown(table.name) });
}
