/** The staged file that a URL of this server means: a file URL or a scoped one. */

import type { StageStore } from "./stage-store.ts";
import {
  resolveStage,
  type StagedFile,
  type StageLocation,
  type StageScope,
  shown,
} from "./staged-files.ts";
import { ticketFile } from "./ticket-file.ts";
import type { Tickets } from "./tickets.ts";

export type FileByUrl =
  /** A scoped URL does not show where its file is. */
  | { readonly kind: "scoped"; readonly path: string; readonly file: StagedFile | undefined }
  | { readonly kind: "stage"; readonly location: StageLocation };

const FILE_URL = /\/api\/files\/(.+)$/;

/**
 * Takes the URL apart.
 * @returns undefined for a text that is no such URL
 * @throws 002003 for a stage that is not there
 */
export function fileByUrl(
  url: string,
  scope: StageScope,
  { store, tickets }: { readonly store: StageStore; readonly tickets: Tickets },
): FileByUrl | undefined {
  const [, rest] = FILE_URL.exec(url) ?? [];
  if (rest === undefined) return undefined;
  const [database = "", schema = "", third = "", ...path] = rest.split("/").map(decodeURIComponent);
  const ticket = path.length === 0 ? tickets.verify(third) : undefined;
  if (ticket !== undefined) {
    const file = ticketFile(ticket, ticket.path, scope.snapshot, store);
    return { kind: "scoped", path: ticket.path, file };
  }
  const reference = `@${[database, schema, third].map(shown).join(".")}`;
  return {
    kind: "stage",
    location: { ...resolveStage(reference, scope), path: path.join("/") },
  };
}
