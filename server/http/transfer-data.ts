/** The members of a response that tell a driver what to move for PUT and GET (wire.md 3). */

import type { ClientInfo } from "../session/session.ts";
import { stageFileUrl } from "../stages/file-urls.ts";
import type { Tickets } from "../stages/tickets.ts";
import type { DownloadPlan, TransferPlan, UploadPlan } from "../stages/transfer-plan.ts";
import { driverOf } from "./client-driver.ts";
import { OBJECTS_LOCATION } from "./stage-urls.ts";

/** Seconds a driver has to begin a transfer. */
const TICKET_SECONDS = 3_600;
/** Bytes above which drivers would send a file in parts. */
const PARTS_THRESHOLD = 209_715_200;
/** How the URL for several files ends: a path with nothing behind its slash is none of the server's. */
const SEVERAL_FILES = "files";
/** Compressions under the names that every driver knows, where SQL has another. */
const WIRE_COMPRESSIONS: Readonly<Record<string, string>> = { bz2: "bzip2" };

type Sender = { readonly client: ClientInfo; readonly origin: string; readonly tickets: Tickets };

type Action = "read" | "write";

/**
 * Drivers that take a token and object names over plain HTTP, and from which version on. All others take a URL for each
 * file, for which they send the statement again with the file's name in it. The Node driver does not find that name in
 * every statement (a quoted path with blanks), nor does it tell files apart that are there already.
 */
const BY_TOKEN: Readonly<Record<string, TokenUse>> = {
  PythonConnector: { from: [5, 0], actions: ["read", "write"] },
  // Downloads keep their URLs: by a token it would report files with their directories. Names go into URLs as they are.
  JavaScript: { from: [3, 1], actions: ["write"], unless: /[#%?]/ },
};

type TokenUse = {
  /** Major and minor version. */
  readonly from: readonly [number, number];
  readonly actions: readonly Action[];
  /** Names for which a URL of their own is safer. */
  readonly unless?: RegExp;
};

/** @param source of an upload: the path after `file://` */
function takesToken(client: ClientInfo, action: Action, source: string): boolean {
  const { name, version } = driverOf(client);
  const known = Object.hasOwn(BY_TOKEN, name) ? BY_TOKEN[name] : undefined;
  if (known === undefined || !known.actions.includes(action)) return false;
  if (known.unless?.test(baseName(source)) === true) return false;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [firstMajor, firstMinor] = known.from;
  return major > firstMajor || (major === firstMajor && minor >= firstMinor);
}

export function transferData(
  plan: TransferPlan,
  sender: Sender,
): Readonly<Record<string, unknown>> {
  const common = {
    parallel: plan.parallel,
    threshold: PARTS_THRESHOLD,
    clientShowEncryptionParameter: false,
    encryptionMaterial: null,
    kind: null,
    operation: "Node",
  };
  return plan.kind === "upload"
    ? { ...common, ...uploadData(plan, sender) }
    : { ...common, ...downloadData(plan, sender) };
}

function uploadData(plan: UploadPlan, sender: Sender) {
  return {
    command: "UPLOAD",
    src_locations: [plan.source],
    autoCompress: plan.autoCompress,
    overwrite: plan.overwrite,
    sourceCompression: WIRE_COMPRESSIONS[plan.sourceCompression] ?? plan.sourceCompression,
    stageInfo: takesToken(sender.client, "write", plan.source)
      ? tokenInfo({ ...plan, action: "write", overwrite: plan.overwrite }, sender)
      : stageInfo({ presignedUrl: uploadUrl(plan, sender) }),
  };
}

/**
 * Where the file goes whose name the statement ends with. Drivers send one for each file; the Python connector's
 * `write_pandas` with `bulk_upload_chunks` sends all files of a pattern to the one URL, where the server names them.
 */
function uploadUrl({ stage, directory, source, overwrite }: UploadPlan, sender: Sender): string {
  const name = fileName(source);
  const path = directory + name;
  const ticket = { action: "write", stage, path, isPrefix: name === "", overwrite } as const;
  const shown = name === "" ? SEVERAL_FILES : name;
  return stageFileUrl(sender.origin, sender.tickets.issue(ticket, TICKET_SECONDS), shown);
}

function downloadData(plan: DownloadPlan, sender: Sender) {
  const { stage, directory, paths, target } = plan;
  const byToken = takesToken(sender.client, "read", "");
  const url = (path: string) => {
    const ticket = { action: "read", stage, path, isPrefix: false, overwrite: false } as const;
    return stageFileUrl(sender.origin, sender.tickets.issue(ticket, TICKET_SECONDS), path);
  };
  return {
    command: "DOWNLOAD",
    localLocation: target,
    // Downloads are put side by side: GET does not keep the directories of a stage.
    src_locations: paths.map((path) => (byToken ? path.slice(directory.length) : baseName(path))),
    presignedUrls: byToken ? [] : paths.map(url),
    autoCompress: false,
    overwrite: false,
    sourceCompression: "none",
    stageInfo: byToken
      ? tokenInfo({ stage, directory, action: "read", overwrite: false }, sender)
      : stageInfo({}),
  };
}

/** The last part of a path of any system. */
function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

/**
 * The name of the one file that a statement is sent again for. The Go driver puts it behind the pattern it was found by
 * (`/data/*a.csv`), where the others put it in the pattern's place.
 */
function fileName(source: string): string {
  return baseName(source).replace(/^.*[*?]/, "");
}

function tokenInfo(
  place: {
    readonly stage: string;
    readonly directory: string;
    readonly action: Action;
    readonly overwrite: boolean;
  },
  { origin, tickets }: Sender,
) {
  const { stage, directory, action, overwrite } = place;
  const ticket = { action, stage, path: directory, isPrefix: true, overwrite };
  return stageInfo({
    creds: { GCS_ACCESS_TOKEN: tickets.issue(ticket, TICKET_SECONDS) },
    endPoint: origin,
  });
}

/** Every key is there: some drivers read them without looking. */
function stageInfo(parts: {
  readonly presignedUrl?: string;
  readonly creds?: Readonly<Record<string, string>>;
  readonly endPoint?: string;
}) {
  return {
    locationType: "GCS",
    location: OBJECTS_LOCATION,
    path: "",
    region: "",
    storageAccount: null,
    isClientSideEncrypted: false,
    creds: parts.creds ?? {},
    presignedUrl: parts.presignedUrl ?? null,
    endPoint: parts.endPoint ?? null,
    useS3RegionalUrl: false,
    useRegionalUrl: false,
    useVirtualUrl: false,
  };
}
