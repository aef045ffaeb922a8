/**
 * Stages as statements refer to them: `@stage/path`, `@~/path`, `@%table/path`, and where their files are.
 * https://docs.snowflake.com/en/user-guide/querying-stage
 */

import { createHash } from "node:crypto";
import { createReadStream, readdirSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import { compilePattern } from "../../translator/functions/regexp-match.ts";
import type { CatalogObject, StageObject } from "../catalog/objects.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import { type FileFormat, formatOf } from "./file-format.ts";
import { allowedDirectory } from "./local-directory.ts";
import { type ParsedReference, parseStageReference } from "./stage-reference.ts";
import type { StageStore } from "./stage-store.ts";

/** Where unqualified names resolve, and whose stages `@~` and temporary ones are. */
export type StageScope = {
  readonly snapshot: Snapshot;
  readonly database: string | undefined;
  readonly schema: string | undefined;
  readonly user: string;
  readonly sessionId: string;
};

/** A place on a stage. */
export type StageLocation = {
  readonly place: /** The key of an internal stage in the store. */
    | { readonly kind: "stored"; readonly stage: string }
    /** A directory of this machine, for a `file://` URL. */
    | { readonly kind: "directory"; readonly directory: string; readonly url: string }
    /** Elsewhere: it can be named, but neither read nor written. */
    | { readonly kind: "cloud"; readonly url: string };
  /** The named stage; undefined for user and table stages. */
  readonly object: StageObject | undefined;
  /** Below the stage, without a slash in front; empty for all of it. */
  readonly path: string;
  /** What LIST puts in front of paths: `mystage/`, a URL, or nothing for user and table stages. */
  readonly prefix: string;
};

export type StagedFile = {
  /** As LIST prints it: with the stage's name or URL. */
  readonly name: string;
  /** From the stage's root, without a slash in front: METADATA$FILENAME. */
  readonly path: string;
  readonly size: number;
  /** In hexadecimal; undefined for files outside of the store, whose bytes nobody has read yet. */
  readonly md5: string | undefined;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
  /** Absolute. Its bytes do not change. */
  readonly localPath: string;
};

/** The store's key of a stage, or of a table's stage; undefined for other objects. */
export function stageKey({ kind, id }: CatalogObject): string | undefined {
  return kind === "stage" || kind === "table" ? `${kind}:${id}` : undefined;
}

/**
 * The place that a reference means.
 * @param reference with its @, or a `file://` URL
 * @throws 002003 for a stage, table or schema that is not there, 090105 and 090106 without a current
 *   database or schema
 */
export function resolveStage(reference: string, scope: StageScope): StageLocation {
  if (!reference.startsWith("@")) return resolveUrl(reference, "", undefined);
  const parsed = parseStageReference(reference);
  if (parsed.kind === "user") {
    const place = { kind: "stored" as const, stage: `user:${scope.user}` };
    return { place, object: undefined, path: parsed.path, prefix: "" };
  }
  const found = findInSchema(parsed, scope);
  if (found.kind === "stage") return stageLocation(found, parsed.path);
  const place = { kind: "stored" as const, stage: must(stageKey(found)) };
  return { place, object: undefined, path: parsed.path, prefix: "" };
}

/** A place on a named stage. */
export function stageLocation(stage: StageObject, path: string): StageLocation {
  if (stage.url !== undefined) return resolveUrl(stage.url, path, stage);
  const place = { kind: "stored" as const, stage: must(stageKey(stage)) };
  return { place, object: stage, path, prefix: `${stage.name.toLowerCase()}/` };
}

/** The key that tickets for files of a place have. @throws 000002 for a place without a stage of its own */
export function stageKeyOf({ place, object }: StageLocation): string {
  if (place.kind === "stored") return place.stage;
  if (object === undefined || place.kind === "cloud") throw unreachableFiles(place.url);
  return must(stageKey(object));
}

/** The prefix of a URL of this machine. */
const FILE_URL = /^file:\/\//i;
const CLOUD_URL = /^(?:s3|s3gov|s3china|s3compat|gcs|azure):\/\//i;

/** Whether a stage may have the URL. */
export function isStageUrl(url: string): boolean {
  return FILE_URL.test(url) || CLOUD_URL.test(url);
}

function resolveUrl(url: string, path: string, object: StageObject | undefined): StageLocation {
  const prefix = url.endsWith("/") ? url : `${url}/`;
  if (!FILE_URL.test(url)) {
    if (!CLOUD_URL.test(url)) throw snowflakeError("invalidUrlPrefix", { url });
    return { place: { kind: "cloud", url }, object, path, prefix };
  }
  const directory = resolve(fileURLToPath(prefix));
  return { place: { kind: "directory", directory, url: prefix }, object, path, prefix };
}

type NamedReference = Exclude<ParsedReference, { readonly kind: "user" }>;

/** The stage, or the table of a table stage. */
function findInSchema(parsed: NamedReference, scope: StageScope): CatalogObject {
  const kind = parsed.kind === "table" ? "Table" : "Stage";
  const found = findMember(parsed.name, kind === "Table" ? "relation" : "stage", scope);
  if (found?.kind === parsed.kind) return found;
  const shownName = qualifiedName(parsed.name, scope).map(shown).join(".");
  throw snowflakeError("containerNotFound", { kind, name: shownName });
}

/** Database, schema and name. @throws 090105, 090106 when there is no current one to complete it with */
export function qualifiedName(
  parts: readonly string[],
  scope: StageScope,
): [string, string, string] {
  const [name = "", schema, database] = [...parts].reverse();
  const inDatabase = database ?? scope.database;
  if (inDatabase === undefined) throw snowflakeError("noCurrentDatabase", { operation: "STAGE" });
  // `db..stage` is in PUBLIC.
  const inSchema = schema === "" ? "PUBLIC" : (schema ?? scope.schema);
  if (inSchema === undefined) throw snowflakeError("noCurrentSchema", { operation: "STAGE" });
  return [inDatabase, inSchema, name];
}

function findMember(
  parts: readonly string[],
  space: "relation" | "stage" | "file_format",
  scope: StageScope,
): CatalogObject | undefined {
  const [database, schema, name] = qualifiedName(parts, scope);
  const container = scope.snapshot.schema(database, schema);
  return container && scope.snapshot.find(space, container.id, name, scope.sessionId);
}

const PLAIN = /^[A-Z_][A-Z0-9_$]*$/;

/** A stored name as messages print it: in double quotes when it needs them. */
export function shown(name: string): string {
  return PLAIN.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** The error for files of a cloud. */
export function unreachableFiles(url: string) {
  const service = url.slice(0, url.indexOf(":")).toLowerCase();
  return snowflakeError("unsupportedFeature", { feature: `files in ${service}://` });
}

/**
 * The files below a location, in the order of their paths. Paths are prefixes: `@s/a` has also `ab.csv`.
 * @param pattern a regular expression that the whole path after the location has to match
 * @throws 000002 for files in clouds, 100048 for a malformed pattern
 */
export function listFiles(
  location: StageLocation,
  store: StageStore,
  pattern?: string | undefined,
): StagedFile[] {
  const matcher = pattern === undefined ? undefined : compilePattern(pattern, "s");
  const { path: below, prefix } = location;
  return allFiles(location, store)
    .filter((file) => file.path.startsWith(below))
    .filter((file) => matcher === undefined || matcher.matches(file.path.slice(below.length)))
    .map((file) => ({ ...file, name: prefix + file.path }));
}

function allFiles({ place }: StageLocation, store: StageStore): Omit<StagedFile, "name">[] {
  if (place.kind === "stored") return [...store.list(place.stage)];
  if (place.kind === "cloud") throw unreachableFiles(place.url);
  const directory = allowedDirectory(place.directory, store.localFiles);
  let names: string[];
  try {
    names = readdirSync(directory, { recursive: true, encoding: "utf8" });
  } catch {
    throw snowflakeError("remoteFileNotFound", { file: place.url });
  }
  return names.sort().flatMap((name) => {
    const localPath = join(directory, name);
    const stats = statSync(localPath, { throwIfNoEntry: false });
    if (stats?.isFile() !== true) return [];
    const path = relative(directory, localPath).split(sep).join("/");
    return [{ path, size: stats.size, md5: undefined, modifiedAt: stats.mtimeMs, localPath }];
  });
}

/**
 * The file format of that name.
 * @param parts of its name, as stored
 * @throws 002003 when there is none
 */
export function namedFormat(parts: readonly string[], scope: StageScope): FileFormat {
  const found = findMember(parts, "file_format", scope);
  if (found?.kind === "file_format") return formatOf(found);
  const name = qualifiedName(parts, scope).map(shown).join(".");
  throw snowflakeError("containerNotFound", { kind: "File format", name });
}

/** The same files, each with the MD5 of its bytes. */
export async function withMd5(files: readonly StagedFile[]): Promise<StagedFile[]> {
  const hashed: StagedFile[] = [];
  for (const file of files) {
    hashed.push(file.md5 === undefined ? { ...file, md5: await md5Of(file.localPath) } : file);
  }
  return hashed;
}

async function md5Of(path: string): Promise<string> {
  const hash = createHash("md5");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
