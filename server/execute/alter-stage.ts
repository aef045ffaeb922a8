/** ALTER STAGE and DROP STAGE. https://docs.snowflake.com/en/sql-reference/sql/alter-stage */

import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { StageObject } from "../catalog/objects.ts";
import type { StageOptions } from "../stages/stage-options.ts";
import { stageKey } from "../stages/staged-files.ts";
import { taggedChange } from "./alter-tags.ts";
import type { Execution, StatementOf, StatementResult } from "./execution.ts";
import { renamed } from "./file-format.ts";
import { findMember, memberName, notFound, shownQualified } from "./names.ts";
import { shapedResult } from "./show/rows.ts";
import { knownOptions, refreshStage } from "./stage.ts";
import { DDL_STATEMENT } from "./statement-types.ts";
import { executed } from "./status.ts";

type Statement = StatementOf<"alter_object">;
type Name = NonNullable<Statement["name"]>;

export async function alterStage(
  statement: Statement,
  objectName: Name,
  execution: Execution,
): Promise<StatementResult> {
  const { alteration, ifExists } = statement;
  if (alteration.kind === "clause") return refresh(statement, objectName, execution);
  const name = memberName(objectName, execution, "ALTER STAGE");
  await execution.ddl(async (snapshot) => {
    const found = findMember(snapshot, "stage", name, execution);
    if (found?.kind !== "stage") {
      if (ifExists) return { changes: [], result: undefined };
      throw notFound("Stage", shownQualified(name));
    }
    const alteredAt = execution.account.now();
    const isTags = alteration.kind === "set_tags" || alteration.kind === "unset_tags";
    const changed = isTags
      ? taggedChange(found, alteration, snapshot, execution)
      : altered(found, alteration, execution);
    const object = { ...changed, alteredAt };
    return { changes: [{ kind: "put", object }], result: undefined };
  });
  return executed();
}

function altered(
  stage: StageObject,
  alteration: Exclude<Statement["alteration"], { kind: "clause" }>,
  execution: Execution,
): StageObject {
  switch (alteration.kind) {
    case "rename":
      return { ...stage, ...renamed("stage", alteration.name, execution) };
    case "set":
      return withOptions(stage, knownOptions(alteration.properties, execution));
    case "unset":
      if (alteration.names.every((name) => name === "COMMENT")) return { ...stage, comment: "" };
      break;
    default:
  }
  throw snowflakeError("unsupportedFeature", {
    feature: `ALTER STAGE ${alteration.kind.toUpperCase().replaceAll("_", " ")}`,
  });
}

function withOptions(stage: StageObject, options: StageOptions): StageObject {
  if (options.url !== undefined && stage.url === undefined) {
    throw snowflakeError("unsupportedFeature", { feature: "URL of an internal stage" });
  }
  const directory = { ...stage.directory, ...options.directory };
  return {
    ...stage,
    ...options,
    copyOptions: { ...stage.copyOptions, ...options.copyOptions },
    // A directory table that is switched off forgets its files.
    directory: directory.enabled ? directory : { enabled: false, autoRefresh: false, files: [] },
  };
}

const REFRESHED = "file, status, description";

/** ALTER STAGE … REFRESH [SUBPATH = '…']: one row for each file that is new, changed or gone. */
async function refresh(
  { alteration, ifExists }: Statement,
  objectName: Name,
  execution: Execution,
): Promise<StatementResult> {
  const name = memberName(objectName, execution, "ALTER STAGE");
  const found = findMember(execution.account.catalog.snapshot, "stage", name, execution);
  if (found?.kind !== "stage") {
    if (ifExists) return executed();
    throw notFound("Stage", shownQualified(name));
  }
  if (!found.directory.enabled) throw noDirectory(shownQualified(name));
  const [text] = alteration.kind === "clause" ? alteration.clause.arguments : [];
  const subpath = text?.kind === "text" ? text.text.replace(/^\/+/, "") : "";
  const changes = await refreshStage(found, subpath, execution);
  return shapedResult(REFRESHED, changes, DDL_STATEMENT);
}

/** The error for a stage without a directory table. */
export function noDirectory(name: string) {
  return notFound("Directory table", name);
}

/** Removes the files of a stage that was dropped. */
export async function dropStageFiles(stage: StageObject, { account }: Execution): Promise<void> {
  await account.stages.removeStage(must(stageKey(stage)));
}
