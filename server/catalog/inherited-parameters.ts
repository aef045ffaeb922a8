/** Parameters that the account and its users set for their sessions: options of catalog objects. */

import { PARAMETERS, type ParameterValue } from "../session/parameter-table.ts";
import { type InheritedParameters, parameterValue } from "../session/parameters.ts";
import type { SettingObject } from "./objects.ts";
import type { Snapshot } from "./snapshot.ts";

/** The setting whose options ALTER ACCOUNT SET writes. */
export const ACCOUNT_PARAMETERS = "ACCOUNT PARAMETERS";

const known = new WeakMap<Snapshot, Map<string, InheritedParameters>>();

export function accountSetting(snapshot: Snapshot): SettingObject | undefined {
  const found = snapshot.find("setting", 0, ACCOUNT_PARAMETERS);
  return found?.kind === "setting" ? found : undefined;
}

/** What a session of this user inherits. The answer for a snapshot is kept: every statement asks. */
export function inheritedParameters(snapshot: Snapshot, user: string): InheritedParameters {
  const ofUsers = known.get(snapshot) ?? new Map<string, InheritedParameters>();
  known.set(snapshot, ofUsers);
  const kept = ofUsers.get(user);
  if (kept !== undefined) return kept;
  const inherited = {
    user: parametersIn(snapshot.find("user", 0, user)?.options),
    account: parametersIn(accountSetting(snapshot)?.options),
  };
  ofUsers.set(user, inherited);
  return inherited;
}

function parametersIn(
  options: Readonly<Record<string, string>> = {},
): ReadonlyMap<string, ParameterValue> {
  const values = new Map<string, ParameterValue>();
  for (const [name, text] of Object.entries(options)) {
    const entry = PARAMETERS.get(name);
    if (entry !== undefined) values.set(name, parameterValue(entry, text));
  }
  return values;
}
