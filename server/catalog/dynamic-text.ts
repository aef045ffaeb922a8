/** Dynamic tables as text: the statement that makes one again. */

import type { DynamicTable } from "./dynamic-table.ts";
import { quoted } from "./information-schema/names.ts";
import { maskingDdl, rowAccessDdl, tagsDdl } from "./policy-text.ts";
import type { Snapshot } from "./snapshot.ts";

function text(value: string): string {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''").replaceAll("\n", "\\n")}'`;
}

/** @param name as it stands in the statement */
export function dynamicDdl(table: DynamicTable, name: string, snapshot: Snapshot): string {
  const { dynamic, persistence, clusterBy, comment } = table;
  const { lag, scheduler, askedMode, initialize, warehouse, initializationWarehouse } = dynamic;
  const kind = persistence === "transient" ? "transient " : "";
  const columns = table.columns.map((column) =>
    [
      quoted(column.name),
      maskingDdl(column.masking, snapshot),
      tagsDdl(column.tags, snapshot),
      column.comment === "" ? "" : `COMMENT ${text(column.comment)}`,
    ]
      .filter((part) => part !== "")
      .join(" "),
  );
  const options = [
    clusterBy === "" ? "" : `cluster by (${clusterBy})`,
    lag === undefined ? "" : `target_lag = ${lag.kind === "time" ? text(lag.text) : "DOWNSTREAM"}`,
    scheduler === undefined ? "" : `scheduler = ${scheduler}`,
    `refresh_mode = ${askedMode}`,
    `initialize = ${initialize}`,
    `warehouse = ${quoted(warehouse)}`,
    initializationWarehouse === undefined
      ? ""
      : `initialization_warehouse = ${quoted(initializationWarehouse)}`,
    rowAccessDdl(table.rowAccess, snapshot).trim(),
    tagsDdl(table.tags, snapshot),
    comment === "" ? "" : `COMMENT=${text(comment)}`,
  ].filter((part) => part !== "");
  const query = dynamic.query.trim().replace(/;$/, "");
  return `create or replace ${kind}dynamic table ${name}(\n\t${columns.join(",\n\t")}\n) ${options.join(" ")}\n as ${query};`;
}
