/**
 * Directories of this machine behind stages with a `file://` URL: an extension of ours, for what lies in a bucket on Snowflake. Whoever
 * may connect could read the machine through it, so nothing is reachable unless the server was started with a
 * directory for it.
 */

import { realpathSync } from "node:fs";
import { resolve, sep } from "node:path";
import { snowflakeError } from "../../translator/base/errors.ts";

/**
 * The directory, when it may be used.
 * @param root option `local_files`; undefined allows none
 * @throws 000002 when it is not below the root
 */
export function allowedDirectory(directory: string, root: string | undefined): string {
  if (root !== undefined) {
    const within = real(root);
    const found = real(directory);
    if (found === within || found.startsWith(within + sep)) return directory;
  }
  const feature = "files in file:// outside of the directory that the option local_files names";
  throw snowflakeError("unsupportedFeature", { feature });
}

/** With links resolved as far as the path exists. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = resolve(path, "..");
    return parent === path
      ? path
      : resolve(real(parent), path.slice(parent.length).replace(/^[\\/]/, ""));
  }
}
