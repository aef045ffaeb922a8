/** CREATE USER and ALTER USER. https://docs.snowflake.com/en/sql-reference/sql/create-user */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { UserObject } from "../catalog/objects.ts";
import { PARAMETERS } from "../session/parameter-table.ts";
import { isOfUsers, settableValue } from "../session/parameters.ts";
import { createAccountObject } from "./account-objects.ts";
import type { ObjectCreator } from "./create-object.ts";

type Options = Readonly<Record<string, string>>;

const PROPERTIES: ReadonlySet<string> = new Set([
  "ALLOWED_INTERFACES",
  "COMMENT",
  "DAYS_TO_EXPIRY",
  "DEFAULT_NAMESPACE",
  "DEFAULT_ROLE",
  "DEFAULT_SECONDARY_ROLES",
  "DEFAULT_WAREHOUSE",
  "DISABLED",
  "DISABLE_MFA",
  "DISPLAY_NAME",
  "EMAIL",
  "EXT_AUTHN_DUO",
  "EXT_AUTHN_UID",
  "FIRST_NAME",
  "LAST_NAME",
  "LOGIN_NAME",
  "MIDDLE_NAME",
  "MINS_TO_BYPASS_MFA",
  "MINS_TO_UNLOCK",
  "MUST_CHANGE_PASSWORD",
  "PASSWORD",
  "RSA_PUBLIC_KEY",
  "RSA_PUBLIC_KEY_2",
  "RSA_PUBLIC_KEY_2_FP",
  "RSA_PUBLIC_KEY_FP",
  "TYPE",
  "WORKLOAD_IDENTITY",
]);

export const createUser: ObjectCreator = async (statement, execution) => {
  const { result } = await createAccountObject(statement, execution, "user", "User", (common) =>
    withUserOptions(
      {
        ...common,
        kind: "user",
        options: {},
        login: common.name,
        defaultRole: "",
        defaultWarehouse: "",
        defaultNamespace: "",
        disabled: false,
      },
      common.options,
    ),
  );
  return result;
};

/**
 * The user with more options set. A password is never kept: any is accepted at login.
 * @throws 001423 for a name that is neither a property of users nor a parameter, 001008 for a bad value
 */
export function withUserOptions(user: UserObject, options: Options): UserObject {
  for (const [name, value] of Object.entries(options)) checkOption(name, value);
  const { PASSWORD: password, ...kept } = { ...user.options, ...options };
  const comment = options.COMMENT ?? user.comment;
  const hasPassword = password === undefined ? user.hasPassword : true;
  return withFields({ ...user, options: kept, comment, hasPassword });
}

/** The user without some of its options. */
export function withoutUserOptions(user: UserObject, names: readonly string[]): UserObject {
  for (const name of names) checkOption(name, undefined);
  const left = Object.entries(user.options).filter(([name]) => !names.includes(name));
  const comment = names.includes("COMMENT") ? "" : user.comment;
  const hasPassword = names.includes("PASSWORD") ? undefined : user.hasPassword;
  return withFields({ ...user, options: Object.fromEntries(left), comment, hasPassword });
}

/** What is read elsewhere than from the options. */
function withFields(user: UserObject): UserObject {
  const { options } = user;
  return {
    ...user,
    login: options.LOGIN_NAME?.toUpperCase() ?? user.name,
    defaultRole: options.DEFAULT_ROLE ?? "",
    defaultWarehouse: options.DEFAULT_WAREHOUSE ?? "",
    defaultNamespace: options.DEFAULT_NAMESPACE ?? "",
    disabled: options.DISABLED === "true",
  };
}

function checkOption(property: string, value: string | undefined): void {
  if (PROPERTIES.has(property)) return;
  const entry = PARAMETERS.get(property);
  if (entry === undefined || !isOfUsers(entry)) {
    throw snowflakeError("invalidProperty", { property, object: "USER" });
  }
  if (value !== undefined) settableValue(entry, value);
}
