/** ALTER TABLE. https://docs.snowflake.com/en/sql-reference/sql/alter-table */

import { unreachable } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import { phraseOf } from "../../translator/statements/forms.ts";
import { retentionDays } from "../catalog/object-parameters.ts";
import { keepsHistory, type TableObject } from "../catalog/objects.ts";
import type { CatalogChange, Snapshot } from "../catalog/snapshot.ts";
import { createHistory, dropHistory } from "../storage/tables.ts";
import type { StatementWriter } from "../storage/writer.ts";
import { addColumns, alterColumns, dropColumns, renameColumn } from "./alter-columns.ts";
import {
  addConstraint,
  alterConstraint,
  dropConstraint,
  renameConstraint,
} from "./alter-constraints.ts";
import { taggedChange } from "./alter-tags.ts";
import { clusteringKey } from "./clustering.ts";
import type { Execution, Handler, StatementOf } from "./execution.ts";
import { findMember, findSchema, memberName, shown, shownQualified } from "./names.ts";
import { storageTable } from "./physical-table.ts";
import { rowAccessChange } from "./policy-attachments.ts";
import { propertyRecord, wholeNumber } from "./properties.ts";
import { addedSearch, droppedSearch } from "./search-optimization.ts";
import { executed } from "./status.ts";

type Alteration = StatementOf<"alter_table">["alteration"];

/** What an alteration does to the catalog, and to DuckDB. */
export type TableChange = {
  readonly changes: readonly CatalogChange[];
  readonly physical?: ((writer: StatementWriter) => Promise<void>) | undefined;
};

const RETENTION = { minimum: 0, maximum: 90 } as const;

export const alterTable: Handler<"alter_table"> = async (statement, execution) => {
  if (statement.object !== "TABLE") {
    throw snowflakeError("unsupportedFeature", { feature: `ALTER ${statement.object}` });
  }
  const name = memberName(statement.name, execution, "ALTER TABLE");
  await execution.ddl(async (snapshot) => {
    const found = findMember(snapshot, "relation", name, execution);
    if (found?.kind !== "table") {
      if (statement.ifExists && found === undefined) return { changes: [], result: undefined };
      throw snowflakeError("tableNotFound", { name: shownQualified(name) });
    }
    const change = changeOf(found, statement.alteration, snapshot, execution);
    return { ...change, result: undefined };
  });
  return executed();
};

/** The table with a new time of change. */
export function altered(
  table: TableObject,
  parts: Partial<TableObject>,
  execution: Execution,
): CatalogChange {
  return { kind: "put", object: { ...table, ...parts, alteredAt: execution.account.now() } };
}

function changeOf(
  table: TableObject,
  alteration: Alteration,
  snapshot: Snapshot,
  execution: Execution,
): TableChange {
  switch (alteration.kind) {
    case "rename":
      return rename(table, alteration, snapshot, execution);
    case "swap":
      return swap(table, alteration, snapshot, execution);
    case "set":
      return setOptions(table, alteration, snapshot, execution);
    case "unset":
      return unsetOptions(table, alteration.names, snapshot, execution);
    case "add_columns":
      return addColumns(table, alteration, snapshot, execution);
    case "drop_columns":
      return dropColumns(table, alteration, snapshot, execution);
    case "rename_column":
      return renameColumn(table, alteration, execution);
    case "alter_columns":
      return alterColumns(table, alteration, snapshot, execution);
    case "add_constraint":
      return addConstraint(table, alteration, execution);
    case "alter_constraint":
      return alterConstraint(table, alteration, execution);
    case "drop_constraint":
      return dropConstraint(table, alteration, snapshot, execution);
    case "rename_constraint":
      return renameConstraint(table, alteration, execution);
    case "set_tags":
    case "unset_tags": {
      const { tags } = taggedChange(table, alteration, snapshot, execution);
      return { changes: [altered(table, { tags }, execution)] };
    }
    case "add_policy":
    case "drop_policy": {
      const rowAccess = rowAccessChange(table, alteration, snapshot, execution);
      return { changes: [altered(table, { rowAccess }, execution)] };
    }
    case "cluster_by": {
      const clusterBy = clusteringKey(table, alteration.expressions);
      return { changes: [altered(table, { clusterBy }, execution)] };
    }
    case "clause":
      return clauseChange(table, alteration.clause, execution);
    case "set_contacts":
    case "unset_contacts":
      throw snowflakeError("unsupportedFeature", { feature: "ALTER TABLE SET CONTACT" });
    default:
      return unreachable(alteration);
  }
}

function clauseChange(
  table: TableObject,
  clause: Extract<Alteration, { kind: "clause" }>["clause"],
  execution: Execution,
): TableChange {
  const {
    form,
    arguments: [given],
  } = clause;
  const expressions = given?.kind === "expressions" ? given.expressions : [];
  if (form === "DROP CLUSTERING KEY") {
    const cleared = { clusterBy: "", reclusterSuspended: undefined };
    return { changes: [altered(table, cleared, execution)] };
  }
  if (form === "SUSPEND RECLUSTER" || form === "RESUME RECLUSTER") {
    const reclusterSuspended = form === "SUSPEND RECLUSTER" || undefined;
    return { changes: [altered(table, { reclusterSuspended }, execution)] };
  }
  if (form === "DROP ALL ROW ACCESS POLICIES") {
    return { changes: [altered(table, { rowAccess: undefined }, execution)] };
  }
  if (form.startsWith("ADD SEARCH OPTIMIZATION")) {
    const searchMethods = addedSearch(table, expressions);
    return { changes: [altered(table, { searchMethods }, execution)] };
  }
  if (form.startsWith("DROP SEARCH OPTIMIZATION")) {
    const searchMethods = droppedSearch(table, expressions);
    return { changes: [altered(table, { searchMethods }, execution)] };
  }
  throw snowflakeError("unsupportedFeature", { feature: `ALTER TABLE ${phraseOf(clause)}` });
}

function rename(
  table: TableObject,
  { name }: Extract<Alteration, { kind: "rename" }>,
  snapshot: Snapshot,
  execution: Execution,
): TableChange {
  const target = memberName(name, execution, "ALTER TABLE");
  const schema = findSchema(snapshot, target.database, target.schema);
  if (findMember(snapshot, "relation", target, execution) !== undefined) {
    throw snowflakeError("objectExists", { name: shown(target.name) });
  }
  return { changes: [altered(table, { name: target.name, schemaId: schema.id }, execution)] };
}

function swap(
  table: TableObject,
  { name }: Extract<Alteration, { kind: "swap" }>,
  snapshot: Snapshot,
  execution: Execution,
): TableChange {
  const target = memberName(name, execution, "ALTER TABLE");
  const other = findMember(snapshot, "relation", target, execution);
  if (other?.kind !== "table") {
    throw snowflakeError("tableNotFound", { name: shownQualified(target) });
  }
  if ((other.persistence === "temporary") !== (table.persistence === "temporary")) {
    throw snowflakeError("unsupportedFeature", {
      feature: "SWAP of a temporary with a permanent table",
    });
  }
  return {
    changes: [
      altered(table, { name: other.name, schemaId: other.schemaId }, execution),
      altered(other, { name: table.name, schemaId: table.schemaId }, execution),
    ],
  };
}

function setOptions(
  table: TableObject,
  { properties }: Extract<Alteration, { kind: "set" }>,
  snapshot: Snapshot,
  execution: Execution,
): TableChange {
  const given = propertyRecord(properties, execution);
  wholeNumber(given, "DATA_RETENTION_TIME_IN_DAYS", 0, RETENTION);
  const options = { ...table.options, ...given };
  const parts = {
    options,
    comment: given.COMMENT ?? table.comment,
    retentionDays: retentionDays({ ...table, options }, snapshot),
  };
  return {
    changes: [altered(table, parts, execution)],
    physical: (writer) => changeHistory(writer, table, parts),
  };
}

/** Retention 0 without change tracking forgets the ended rows; otherwise they are kept from now on. */
export async function changeHistory(
  writer: StatementWriter,
  table: TableObject,
  parts: Pick<TableObject, "retentionDays" | "options">,
): Promise<void> {
  const keeps = keepsHistory(parts);
  if (keeps === keepsHistory(table)) return;
  const stored = storageTable(table);
  if (keeps) await createHistory(writer, stored);
  else await dropHistory(writer, stored);
}

function unsetOptions(
  table: TableObject,
  names: readonly string[],
  snapshot: Snapshot,
  execution: Execution,
): TableChange {
  const options = Object.fromEntries(
    Object.entries(table.options).filter(([name]) => !names.includes(name)),
  );
  const parts = {
    options,
    comment: names.includes("COMMENT") ? "" : table.comment,
    retentionDays: retentionDays({ ...table, options }, snapshot),
  };
  return {
    changes: [altered(table, parts, execution)],
    physical: (writer) => changeHistory(writer, table, parts),
  };
}
