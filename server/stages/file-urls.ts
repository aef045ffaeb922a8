/**
 * The URLs of staged files that SQL functions give: what a row's path is put into, and the host function that does it.
 * https://docs.snowflake.com/en/sql-reference/functions-file
 */

import type { HostFunction } from "../../translator/base/host.ts";
import type { Tickets } from "./tickets.ts";

/** What is the same for all rows of a call. */
export type FileUrlSpec =
  | { readonly kind: "absolute" | "relative"; readonly location: string }
  | { readonly kind: "stage_file"; readonly base: string }
  | { readonly kind: "scoped"; readonly base: string; readonly stage: string }
  | {
      readonly kind: "presigned";
      readonly origin: string;
      readonly stage: string;
      readonly seconds: number;
    };

/** A scoped URL is valid for 24 hours. */
const SCOPED_SECONDS = 86_400;

/** The host function: a spec as JSON, and the path. */
export const FILE_URL_FUNCTION = "_file_url";

/** @param tickets of the account that the database belongs to */
export function fileUrlFunction(tickets: Tickets): HostFunction {
  return {
    name: FILE_URL_FUNCTION,
    parameters: ["VARCHAR", "VARCHAR"],
    returns: "VARCHAR",
    evaluate: (spec, path) =>
      fileUrl(JSON.parse(String(spec)) as FileUrlSpec, String(path), tickets),
  };
}

function fileUrl(spec: FileUrlSpec, given: string, tickets: Tickets): string | null {
  // A path from the stage's root may be written with a slash in front.
  const path = given.replace(/^\/+/, "");
  const ticket = (stage: string, seconds: number) =>
    tickets.issue({ action: "read", stage, path, isPrefix: false, overwrite: false }, seconds);
  switch (spec.kind) {
    case "absolute":
      return spec.location + path;
    case "relative":
      return given.startsWith(spec.location) ? given.slice(spec.location.length) : null;
    case "stage_file":
      return `${spec.base}/${encodedPath(path)}`;
    case "scoped":
      return `${spec.base}/${ticket(spec.stage, SCOPED_SECONDS)}`;
    case "presigned":
      return stageFileUrl(spec.origin, ticket(spec.stage, spec.seconds), path);
  }
}

/** The URL of one file, with its name at the end for those who look. */
export function stageFileUrl(origin: string, ticket: string, path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return `${origin}/stage/${ticket}/${encodeURIComponent(name)}`;
}

/** A path as it stands in a URL: its slashes stay. */
export function encodedPath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
