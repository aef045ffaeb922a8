/**
 * TO_FILE: the FILE of a staged file, looked up when the row is there.
 * https://docs.snowflake.com/en/sql-reference/functions/to_file
 */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { HostFunction } from "../../translator/base/host.ts";
import {
  decodeVariant,
  encodeVariant,
  isObjectValue,
  newObject,
  numberValue,
} from "../../translator/variant/encoding.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import { contentType } from "./content-type.ts";
import { fileByUrl } from "./file-by-url.ts";
import { encodedPath } from "./file-urls.ts";
import { parseStageReference } from "./stage-reference.ts";
import type { StageStore } from "./stage-store.ts";
import {
  listFiles,
  qualifiedName,
  resolveStage,
  type StagedFile,
  type StageLocation,
  type StageScope,
  shown,
} from "./staged-files.ts";
import type { Tickets } from "./tickets.ts";

/** What is the same for all rows of a call. */
export type FileObjectSpec = Omit<StageScope, "snapshot"> & {
  readonly origin: string;
  /** The stage, of TO_FILE(stage, path). */
  readonly stage?: string | undefined;
  /** TRY_TO_FILE: NULL instead of an error. */
  readonly isTry: boolean;
};

export type FileSources = {
  readonly snapshot: () => Snapshot;
  readonly store: () => StageStore;
  readonly tickets: Tickets;
};

/** The host functions of TO_FILE: of text, and of an object with the metadata. */
export const FILE_OF_TEXT = "_file_of_text";
export const FILE_OF_OBJECT = "_file_of_object";

export function fileObjectFunctions(sources: FileSources): readonly HostFunction[] {
  const host = (
    name: string,
    make: (spec: FileObjectSpec, value: string) => string,
  ): HostFunction => ({
    name,
    parameters: ["VARCHAR", "VARCHAR"],
    returns: "VARCHAR",
    // The stage may have changed since the same call was made before.
    volatile: true,
    evaluate: (spec, value) => {
      const parsed = JSON.parse(String(spec)) as FileObjectSpec;
      try {
        return make(parsed, String(value));
      } catch (error) {
        if (parsed.isTry) return null;
        throw error;
      }
    },
  });
  return [
    host(FILE_OF_TEXT, (spec, text) => fileOfText(spec, text, sources)),
    host(FILE_OF_OBJECT, (spec, object) => fileOfObject(spec, object, sources)),
  ];
}

type Members = Readonly<Record<string, string>>;

/** The FILE as canonical text. */
function fileText(members: Members, size: string): string {
  const file = newObject();
  const all: Record<string, string> = { ...members, SIZE: size };
  for (const key of Object.keys(all).sort()) {
    const value = all[key] ?? "";
    file[key] = key === "SIZE" ? numberValue(value) : value;
  }
  return encodeVariant(file);
}

function metadata(path: string, file: StagedFile): Members {
  const etag = file.md5 ?? createHash("md5").update(readFileSync(file.localPath)).digest("hex");
  return {
    CONTENT_TYPE: contentType(path),
    ETAG: etag,
    LAST_MODIFIED: new Date(file.modifiedAt).toUTCString(),
  };
}

function missing(file: string) {
  return snowflakeError("remoteFileNotFound", { file });
}

/** @throws 091016 when there is no such file */
function fileOfText(spec: FileObjectSpec, text: string, sources: FileSources): string {
  const scope = { ...spec, snapshot: sources.snapshot() };
  if (spec.stage !== undefined) {
    const location = resolveStage(spec.stage, scope);
    return stagedFile(spec, location, location.path + text.replace(/^\/+/, ""), sources);
  }
  if (text.startsWith("@")) {
    const location = resolveStage(text, scope);
    return stagedFile(spec, location, location.path, sources);
  }
  const found = fileByUrl(text, scope, { store: sources.store(), tickets: sources.tickets });
  if (found === undefined) throw missing(text);
  if (found.kind === "stage") {
    return stagedFile(spec, found.location, found.location.path, sources);
  }
  if (found.file === undefined) throw missing(text);
  const members = { ...metadata(found.path, found.file), SCOPED_FILE_URL: text };
  return fileText(members, String(found.file.size));
}

function stagedFile(
  spec: FileObjectSpec,
  location: StageLocation,
  path: string,
  { snapshot, store }: FileSources,
): string {
  const { object } = location;
  if (object === undefined) {
    throw snowflakeError("unsupportedFeature", { feature: "a FILE of a user or table stage" });
  }
  const file = listFiles({ ...location, path }, store()).find((found) => found.path === path);
  if (file === undefined) throw missing(location.prefix + path);
  const { database, schema } = snapshot().qualify(object.schemaId);
  const names = [database, schema, object.name];
  const place = names.map(encodeURIComponent).join("/");
  return fileText(
    {
      ...metadata(path, file),
      RELATIVE_PATH: path,
      STAGE: `@${names.map(shown).join(".")}`,
      STAGE_FILE_URL: `${spec.origin}/api/files/${place}/${encodedPath(path)}`,
    },
    String(file.size),
  );
}

const REQUIRED = ["CONTENT_TYPE", "ETAG", "LAST_MODIFIED", "SIZE"] as const;
const PLACES = ["STAGE_FILE_URL", "SCOPED_FILE_URL"] as const;

/** The FILE of an object that says everything itself. @throws 001008 when something that it needs is missing */
function fileOfObject(spec: FileObjectSpec, object: string, sources: FileSources): string {
  const value = decodeVariant(object);
  const given: Record<string, string> = {};
  for (const [name, member] of Object.entries(isObjectValue(value) ? value : {})) {
    if (member !== null && typeof member !== "object") given[name] = String(member);
  }
  const hasPath = given["STAGE"] !== undefined && given["RELATIVE_PATH"] !== undefined;
  const hasPlace = hasPath || PLACES.some((name) => given[name] !== undefined);
  const absent = REQUIRED.find((name) => given[name] === undefined);
  if (absent !== undefined || !hasPlace) {
    throw snowflakeError("invalidParameterValue", { value: "NULL", name: absent ?? "STAGE" });
  }
  const { SIZE: size = "0", STAGE: stage, ...members } = given;
  if (stage === undefined) return fileText(members, size);
  const scope = { ...spec, snapshot: sources.snapshot() };
  const names = qualifiedName(namesOf(stage), scope);
  return fileText({ ...members, STAGE: `@${names.map(shown).join(".")}` }, size);
}

/** The parts of a stage's name, with or without its @. */
function namesOf(stage: string): readonly string[] {
  const parsed = parseStageReference(stage.startsWith("@") ? stage : `@${stage}`);
  return parsed.kind === "user" ? [] : parsed.name;
}
