/** A session's parameters: the table's defaults under what ALTER SESSION and the login set. */

import { snowflakeError } from "../../translator/base/errors.ts";
import { isKnownZone } from "../../translator/format/zone.ts";
import { PARAMETERS, type ParameterEntry, type ParameterValue } from "./parameter-table.ts";

const TRUE_WORDS = new Set(["true", "yes", "on", "1", "t", "y"]);
const FALSE_WORDS = new Set(["false", "no", "off", "0", "f", "n"]);

/** The entry of a parameter name in any case; error 001006 when Snowflake has none of that name. */
export function parameterEntry(name: string): ParameterEntry {
  const entry = PARAMETERS.get(name.toUpperCase());
  if (entry === undefined) throw snowflakeError("invalidParameter", { name: name.toUpperCase() });
  return entry;
}

/** The value in the parameter's own type; error 001008 when it is not one that is allowed. */
export function parameterValue(entry: ParameterEntry, value: ParameterValue): ParameterValue {
  const invalid = () =>
    snowflakeError("invalidParameterValue", { value: String(value), name: entry.name });
  if (typeof entry.fallback === "boolean") {
    const word = String(value).toLowerCase();
    if (TRUE_WORDS.has(word)) return true;
    if (FALSE_WORDS.has(word)) return false;
    throw invalid();
  }
  if (typeof entry.fallback === "number") {
    const number = typeof value === "boolean" ? Number.NaN : Number(value);
    if (!Number.isInteger(number)) throw invalid();
    if (entry.minimum !== undefined && number < entry.minimum) throw invalid();
    if (entry.maximum !== undefined && number > entry.maximum) throw invalid();
    if (entry.allowed !== undefined && !entry.allowed.includes(String(number))) throw invalid();
    return number;
  }
  const text = String(value);
  if (entry.name === "TIMEZONE" && !isKnownZone(text)) throw invalid();
  if (entry.maximum !== undefined && text.length > entry.maximum) throw invalid();
  if (entry.allowed === undefined) return text;
  const match = entry.allowed.find((word) => word.toLowerCase() === text.toLowerCase());
  if (match === undefined) throw invalid();
  return match;
}

/**
 * The value that ALTER sets a parameter to.
 * @throws 001008 for a value that is not allowed, 000002 for one that would do nothing here and changes results there
 */
export function settableValue(entry: ParameterEntry, value: ParameterValue): ParameterValue {
  const settable = parameterValue(entry, value);
  if (entry.onlyDefault !== true || settable === entry.fallback) return settable;
  const feature = `${entry.name} = ${settable}`;
  throw snowflakeError("unsupportedFeature", { feature });
}

/** Parameters of users besides those of their sessions; these are kept as objects' parameters. */
const OF_USERS: ReadonlySet<string> = new Set([
  "DISABLE_UI_DOWNLOAD_BUTTON",
  "NETWORK_POLICY",
  "PREVENT_UNLOAD_TO_INLINE_URL",
]);

/** Whether users have the parameter. */
export function isOfUsers({ kind, name }: ParameterEntry): boolean {
  return kind === "session" || kind === "user" || OF_USERS.has(name);
}

/**
 * The entry of a parameter that a session sets for itself.
 * @throws 001006 for an unknown name, 001423 for a parameter of the account, of users or of objects
 */
export function sessionEntry(name: string): ParameterEntry {
  const entry = parameterEntry(name);
  if (entry.kind === "session" || entry.kind === "wire") return entry;
  throw snowflakeError("invalidProperty", { property: entry.name, object: "SESSION" });
}

/** What a session inherits, by upper-case name: its user's own parameters above the account's. */
export type InheritedParameters = {
  readonly user: ReadonlyMap<string, ParameterValue>;
  readonly account: ReadonlyMap<string, ParameterValue>;
};

const NOTHING: InheritedParameters = { user: new Map(), account: new Map() };

export class SessionParameters {
  readonly #values = new Map<string, ParameterValue>();
  #inherited = NOTHING;

  /** Takes what ALTER USER and ALTER ACCOUNT have set until now. */
  inherit(inherited: InheritedParameters): void {
    this.#inherited = inherited;
  }

  /** The value in force. Asking for a name that is not in the table is a bug and throws. */
  get(name: string): ParameterValue {
    return this.#values.get(name) ?? this.default(name);
  }

  /** The value without what the session set. */
  default(name: string): ParameterValue {
    return this.#inherited.user.get(name) ?? this.accountValue(name);
  }

  /** The value of the account. */
  accountValue(name: string): ParameterValue {
    return this.#inherited.account.get(name) ?? parameterEntry(name).fallback;
  }

  text(name: string): string {
    return String(this.get(name));
  }

  set(name: string, value: ParameterValue): void {
    const entry = parameterEntry(name);
    this.#values.set(entry.name, parameterValue(entry, value));
  }

  unset(name: string): void {
    this.#values.delete(parameterEntry(name).name);
  }

  /** "" when the default is in force, else the level that set it. */
  level(name: string): "" | "SESSION" | "USER" | "ACCOUNT" {
    return this.#values.has(name) ? "SESSION" : this.inheritedLevel(name);
  }

  inheritedLevel(name: string): "" | "USER" | "ACCOUNT" {
    if (this.#inherited.user.has(name)) return "USER";
    return this.accountLevel(name);
  }

  accountLevel(name: string): "" | "ACCOUNT" {
    return this.#inherited.account.has(name) ? "ACCOUNT" : "";
  }

  /** A copy that a statement's own parameters may change. */
  fork(): SessionParameters {
    const copy = new SessionParameters();
    copy.inherit(this.#inherited);
    for (const [name, value] of this.#values) copy.#values.set(name, value);
    return copy;
  }

  /** What changed against the defaults: part of the key of cached translations. */
  fingerprint(): string {
    const { user, account } = this.#inherited;
    const layers = [this.#values, user, account].filter(({ size }) => size > 0);
    return JSON.stringify(layers.map((values) => [...values].sort(([a], [b]) => (a < b ? -1 : 1))));
  }

  /**
   * The list that login and query responses carry. The drivers' own parameters come first: the Python connector takes for the
   * zone the last name that has TIMEZONE in it.
   */
  wire(): { readonly name: string; readonly value: ParameterValue }[] {
    return (["wire", "session"] as const).flatMap((kind) =>
      [...PARAMETERS.values()]
        .filter((entry) => entry.kind === kind)
        .map(({ name }) => ({ name, value: this.get(name) })),
    );
  }
}
