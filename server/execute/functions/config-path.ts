/** What a path in the CONFIG of a task graph or an alert leads to. */

import { parseJsonText } from "../../../translator/variant/parse-json.ts";
import { getPath } from "../../../translator/variant/path.ts";

/**
 * Texts without their quotes, as a VARIANT's cast to text gives them; NULL for what is not there.
 * @param config JSON text
 * @param path as of GET_PATH; undefined for the whole
 */
export function configAt(config: string | undefined, path: string | undefined): string | null {
  if (config === undefined || path === undefined) return config ?? null;
  const json = parseJsonText(config);
  const found = json === null ? null : getPath(json, path);
  if (found === null) return null;
  const value: unknown = JSON.parse(found);
  if (value === null) return null;
  return typeof value === "string" ? value : found;
}
