/** CREATE STAGE. https://docs.snowflake.com/en/sql-reference/sql/create-stage */

import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { Property } from "../../translator/statements/properties.ts";
import type { StageObject } from "../catalog/objects.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import { refreshDirectory } from "../stages/directory-table.ts";
import { qualifiedFormat } from "../stages/resolve-format.ts";
import { refreshesOnCreate, type StageOptions, stageOptions } from "../stages/stage-options.ts";
import { listFiles, stageKey, stageLocation, withMd5 } from "../stages/staged-files.ts";
import { commonFields } from "./account-objects.ts";
import type { ObjectCreator } from "./create-object.ts";
import type { Execution, StatementOf } from "./execution.ts";
import { findMember, findSchema, memberName, notFound, shown, shownQualified } from "./names.ts";
import { stageScope } from "./stage-scope.ts";
import { alreadyExists, created } from "./status.ts";

type Statement = StatementOf<"create_object">;

type Made = {
  readonly stage: StageObject;
  /** Whose files go, after the commit. */
  readonly replaced: StageObject | undefined;
  /** Whose files are copied. */
  readonly source: StageObject | undefined;
};

export const createStage: ObjectCreator = async (statement, execution) => {
  const name = memberName(statement.name, execution, "CREATE STAGE");
  const options = knownOptions(statement.properties, execution);
  const made = await execution.ddl<Made | undefined>(async (snapshot) => {
    const schema = findSchema(snapshot, name.database, name.schema);
    const sessionId =
      statement.persistence === "temporary" ? String(execution.session.id) : undefined;
    const found = snapshot.find("stage", schema.id, name.name, sessionId);
    // A temporary one hides a permanent one of the same name, and does not collide with it.
    const existing = found?.kind === "stage" && found.sessionId === sessionId ? found : undefined;
    if (existing !== undefined && statement.ifNotExists) return { changes: [], result: undefined };
    if (existing !== undefined && !statement.orReplace && !statement.orAlter) {
      throw snowflakeError("objectExists", { name: shown(name.name) });
    }
    if (existing !== undefined && statement.orAlter) {
      const stage = alteredStage(existing, options, execution);
      const result = { stage, replaced: undefined, source: undefined };
      return { changes: [{ kind: "put" as const, object: stage }], result };
    }
    const source = cloneSource(statement, snapshot, execution);
    const fields = commonFields(name.name, {}, execution);
    const stage = newStage({ ...fields, schemaId: schema.id, sessionId }, source, options);
    const gone = existing === undefined ? [] : [{ kind: "purge" as const, id: existing.id }];
    return {
      changes: [...gone, { kind: "put" as const, object: stage }],
      result: { stage, replaced: existing, source },
    };
  });
  if (made === undefined) return alreadyExists(name.name);
  await settleFiles(made, execution);
  if (made.stage.directory.enabled && refreshesOnCreate(statement.properties)) {
    await refreshStage(made.stage, "", execution);
  }
  return created("Stage area", name.name);
};

/**
 * The options of a statement; a named file format has to be there.
 * @throws what stageOptions throws, and 002003
 */
export function knownOptions(properties: readonly Property[], execution: Execution): StageOptions {
  const options = stageOptions(properties);
  if (options.format === undefined) return options;
  return { ...options, format: qualifiedFormat(options.format, stageScope(execution)) };
}

function cloneSource(
  { clone }: Statement,
  snapshot: Snapshot,
  execution: Execution,
): StageObject | undefined {
  if (clone === undefined) return undefined;
  const name = memberName(clone.name, execution, "CREATE STAGE");
  const found = findMember(snapshot, "stage", name, execution);
  if (found?.kind === "stage") return found;
  throw notFound("Stage", shownQualified(name));
}

const NO_DIRECTORY = { enabled: false, autoRefresh: false, files: [] };

type Fields = ReturnType<typeof commonFields> & Pick<StageObject, "schemaId" | "sessionId">;

function newStage(
  fields: Fields,
  source: StageObject | undefined,
  options: StageOptions,
): StageObject {
  return {
    url: source?.url,
    format: source?.format,
    copyOptions: source?.copyOptions ?? {},
    encryption: source?.encryption ?? "",
    hasCredentials: source?.hasCredentials ?? false,
    storageIntegration: source?.storageIntegration ?? "",
    endpoint: source?.endpoint ?? "",
    ...fields,
    comment: source?.comment ?? "",
    ...options,
    kind: "stage",
    directory: { ...NO_DIRECTORY, ...source?.directory, ...options.directory },
  };
}

/**
 * A stage after CREATE OR ALTER, where options that were not written are unset.
 * @throws 000002 for an internal stage that would become external, or the other way round
 */
function alteredStage(
  stage: StageObject,
  options: StageOptions,
  { account }: Execution,
): StageObject {
  if ((stage.url === undefined) !== (options.url === undefined)) {
    const feature = "CREATE OR ALTER STAGE between internal and external stages";
    throw snowflakeError("unsupportedFeature", { feature });
  }
  const { id, name, createdAt, owner, schemaId, sessionId } = stage;
  const alteredAt = account.now();
  const fields = { id, name, createdAt, alteredAt, owner, comment: "", options: {} };
  const fresh = newStage({ ...fields, schemaId, sessionId }, undefined, options);
  const { files, refreshedAt } = stage.directory;
  return fresh.directory.enabled
    ? { ...fresh, directory: { ...fresh.directory, files, refreshedAt } }
    : fresh;
}

/** Removes the files of a stage that was replaced, and copies those of one that was cloned. */
async function settleFiles({ stage, replaced, source }: Made, { account }: Execution) {
  const key = must(stageKey(stage));
  const from = source === undefined ? undefined : stageKey(source);
  if (from !== undefined) {
    for (const file of account.stages.list(from)) await account.stages.copy(file, key, file.path);
  }
  if (replaced !== undefined) await account.stages.removeStage(must(stageKey(replaced)));
}

/**
 * Brings the directory table of a stage in step with its files.
 * @returns what changed
 */
export async function refreshStage(stage: StageObject, subpath: string, execution: Execution) {
  const { account } = execution;
  const location = stageLocation(stage, subpath);
  const files = await withMd5(listFiles(location, account.stages));
  return execution.ddl(async (snapshot) => {
    const current = snapshot.get(stage.id);
    if (current?.kind !== "stage") throw notFound("Stage", shown(stage.name));
    const now = account.now();
    const { directory, changes } = refreshDirectory(current.directory, files, subpath, now);
    return { changes: [{ kind: "put", object: { ...current, directory } }], result: changes };
  });
}
