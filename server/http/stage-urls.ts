/** The URLs of staged files. The ticket in them is what authorizes. */

/** Bucket and path that clients with a token put between the end point and the file's name. */
export const OBJECTS_LOCATION = "stage-objects/files/";

/** The URL of one file, with its name at the end for those who look. */
export function stageFileUrl(origin: string, ticket: string, path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return `${origin}/stage/${ticket}/${encodeURIComponent(name)}`;
}
