/** An alert as the statement that makes it again. */

import type { AlertObject } from "./alert-object.ts";
import { quoted } from "./information-schema/names.ts";
import { tagsDdl } from "./policy-text.ts";
import type { Snapshot } from "./snapshot.ts";

function text(value: string): string {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''").replaceAll("\n", "\\n")}'`;
}

/** @param name as it stands in the statement */
export function alertDdl(alert: AlertObject, name: string, snapshot: Snapshot): string {
  const { warehouse, schedule, config, runbook, condition, action, comment } = alert;
  const tagged = tagsDdl(alert.tags, snapshot);
  const lines = [
    ...(tagged === "" ? [] : [tagged]),
    ...(warehouse === undefined ? [] : [`warehouse=${quoted(warehouse)}`]),
    ...(schedule === undefined ? [] : [`schedule=${text(schedule)}`]),
    ...(comment === "" ? [] : [`COMMENT=${text(comment)}`]),
    ...(config === undefined ? [] : [`config=${text(config)}`]),
    ...(runbook === undefined ? [] : [`runbook=${text(runbook)}`]),
    ...Object.entries(alert.options).map(([key, value]) => `${key}=${value}`),
    `if (exists(\n${condition}\n\t))`,
    `then ${action};`,
  ];
  return [`create or replace alert ${name}`, ...lines.map((line) => `\t${line}`)].join("\n");
}
