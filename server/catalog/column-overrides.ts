/**
 * Overrides of default columns: which columns a SHOW command lists, and `*` of a system view. They are settings of the account.
 * https://docs.snowflake.com/en/release-notes/behavior-changes-new-columns
 */

import type { SettingObject } from "./objects.ts";
import type { Snapshot } from "./snapshot.ts";

/** The key of a setting's `options`. */
export const COLUMNS = "COLUMNS";

export function showOverrideName(subject: string): string {
  return `DEFAULT_COLUMNS SHOW ${subject}`;
}

/** @param view as in `INFORMATION_SCHEMA.TABLES`, without the database */
export function viewOverrideName(view: string): string {
  return `DEFAULT_COLUMNS VIEW ${view}`;
}

export function overrideSetting(snapshot: Snapshot, name: string): SettingObject | undefined {
  const found = snapshot.find("setting", 0, name);
  return found?.kind === "setting" ? found : undefined;
}

/** The columns of an override in upper case; undefined when there is none. */
export function overriddenColumns(snapshot: Snapshot, name: string): readonly string[] | undefined {
  return overrideSetting(snapshot, name)?.options[COLUMNS]?.split(",");
}
