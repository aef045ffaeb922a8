/**
 * GRANT and REVOKE of privileges, ownership and roles.
 * https://docs.snowflake.com/en/sql-reference/sql/grant-privilege
 */

import type { Identifier, ObjectName } from "../ast/expressions.ts";
import type { Cursor } from "../parse/cursor.ts";
import { commaList, identifierList, parseMethodName, parseWord } from "./grammar.ts";
import { type GrantObject, parseGrantObject, printGrantObject } from "./grant_object.ts";
import { commas, optionalColumns, printObjectName, spaced } from "./print.ts";

export type Grantee = {
  readonly kind:
    | "ROLE"
    | "DATABASE ROLE"
    | "APPLICATION ROLE"
    | "USER"
    | "SHARE"
    | "APPLICATION"
    | "APPLICATION PACKAGE"
    | "SHARE IN APPLICATION PACKAGE"
    | "CLASS ROLE";
  /** CLASS ROLE: the class, such as SNOWFLAKE.CORE.BUDGET; the name is instance!role. */
  readonly class?: ObjectName | undefined;
  readonly name: ObjectName;
};

export type Privilege = {
  /** Upper-case words: "SELECT", "CREATE TABLE", "ALL PRIVILEGES" ("ALL" reads as that), "OWNERSHIP". */
  readonly name: string;
  /** SELECT (a, b). */
  readonly columns: readonly Identifier[];
};

export type RoleKind =
  | "ROLE"
  | "DATABASE ROLE"
  | "APPLICATION ROLE"
  | "SERVICE ROLE"
  | "CLASS ROLE";

/** What is granted: privileges on something, or a role. */
export type Granted =
  | {
      readonly kind: "privileges";
      readonly privileges: readonly Privilege[];
      readonly on: GrantObject;
      /** GRANT CALLER …, GRANT INHERITED CALLER …. */
      readonly caller?:
        | "CALLER"
        | "INHERITED CALLER"
        | "ALL CALLER"
        | "ALL INHERITED CALLER"
        | "INHERITED"
        | undefined;
    }
  | {
      readonly kind: "role";
      readonly roleKind: RoleKind;
      readonly class?: ObjectName | undefined;
      readonly role: ObjectName;
    };

export type GrantStatement = {
  readonly kind: "grant";
  readonly granted: Granted;
  readonly to: readonly Grantee[];
  readonly withGrantOption: boolean;
  /** GRANT OWNERSHIP … COPY | REVOKE CURRENT GRANTS. */
  readonly currentGrants?: "copy" | "revoke" | undefined;
};

export type RevokeStatement = {
  readonly kind: "revoke";
  readonly granted: Granted;
  readonly from: readonly Grantee[];
  readonly grantOptionFor: boolean;
  readonly behavior?: "CASCADE" | "RESTRICT" | undefined;
};

const ROLE_KINDS = ["DATABASE ROLE", "APPLICATION ROLE", "SERVICE ROLE", "ROLE"] as const;
const CALLERS = [
  "ALL INHERITED CALLER",
  "ALL CALLER",
  "INHERITED CALLER",
  "CALLER",
  "INHERITED",
] as const;

export function parseGrant(cursor: Cursor): GrantStatement {
  cursor.expectKeyword("GRANT");
  const granted = parseGranted(cursor);
  cursor.expectKeyword("TO");
  const to = commaList(cursor, parseGrantee);
  const withGrantOption = cursor.acceptKeyword("WITH", "GRANT", "OPTION");
  const current = cursor.acceptAnyKeyword("COPY", "REVOKE");
  if (current !== undefined) cursor.expectKeyword("CURRENT", "GRANTS");
  const currentGrants = current === undefined ? undefined : current === "COPY" ? "copy" : "revoke";
  return { kind: "grant", granted, to, withGrantOption, currentGrants };
}

export function parseRevoke(cursor: Cursor): RevokeStatement {
  cursor.expectKeyword("REVOKE");
  const grantOptionFor = cursor.acceptKeyword("GRANT", "OPTION", "FOR");
  const granted = parseGranted(cursor);
  cursor.expectKeyword("FROM");
  const from = commaList(cursor, parseGrantee);
  const behavior = cursor.acceptAnyKeyword("CASCADE", "RESTRICT");
  return { kind: "revoke", granted, from, grantOptionFor, behavior };
}

function parseGranted(cursor: Cursor): Granted {
  const roleKind = ROLE_KINDS.find((kind) => cursor.atKeyword(...kind.split(" ")));
  if (roleKind !== undefined) {
    cursor.expectKeyword(...roleKind.split(" "));
    const role = parseMethodName(cursor);
    return { kind: "role", roleKind, role };
  }
  const classRole = acceptClassRole(cursor);
  if (classRole !== undefined) {
    const { class: className, name } = classRole;
    return { kind: "role", roleKind: "CLASS ROLE", class: className, role: name };
  }
  const caller = CALLERS.find((words) => cursor.acceptKeyword(...words.split(" ")));
  const privileges = commaList(cursor, parsePrivilege);
  cursor.expectKeyword("ON");
  return { kind: "privileges", privileges, on: parseGrantObject(cursor), caller };
}

/** Takes `SNOWFLAKE.CORE.BUDGET ROLE b!ADMIN`. */
function acceptClassRole(
  cursor: Cursor,
): { readonly class: ObjectName; readonly name: ObjectName } | undefined {
  if (!cursor.atPunctuation(".", 1)) return undefined;
  const mark = cursor.mark();
  const className = cursor.objectName();
  if (cursor.acceptKeyword("ROLE")) return { class: className, name: parseMethodName(cursor) };
  cursor.reset(mark);
  return undefined;
}

/** The words of a privilege up to a comma, a parenthesis or ON. */
function parsePrivilege(cursor: Cursor): Privilege {
  const words = [parsePrivilegeWord(cursor)];
  while (cursor.at("word") && !cursor.atKeyword("ON")) words.push(parsePrivilegeWord(cursor));
  const text = words.join(" ");
  const name = text === "ALL" ? "ALL PRIVILEGES" : text;
  return { name, columns: cursor.atPunctuation("(") ? identifierList(cursor) : [] };
}

/** A word, or a class name as in CREATE SNOWFLAKE.CORE.BUDGET. */
function parsePrivilegeWord(cursor: Cursor): string {
  let text = parseWord(cursor);
  while (cursor.acceptPunctuation(".")) text += `.${parseWord(cursor)}`;
  return text;
}

const GRANTEE_KINDS = [
  "SHARE IN APPLICATION PACKAGE",
  "APPLICATION PACKAGE",
  "APPLICATION ROLE",
  "DATABASE ROLE",
  "APPLICATION",
  "ROLE",
  "USER",
  "SHARE",
] as const;

/** `ROLE r`, `USER u`, `SHARE s` and so on; a bare name is a role. */
function parseGrantee(cursor: Cursor): Grantee {
  const classRole = acceptClassRole(cursor);
  if (classRole !== undefined) return { kind: "CLASS ROLE", ...classRole };
  const kind = GRANTEE_KINDS.find((words) => {
    const ahead = words.split(" ").length;
    return cursor.atKeyword(...words.split(" ")) && cursor.atIdentifier(ahead);
  });
  if (kind !== undefined) cursor.expectKeyword(...kind.split(" "));
  return { kind: kind ?? "ROLE", name: parseMethodName(cursor) };
}

export function printGrant(statement: GrantStatement): string {
  return spaced(
    "GRANT",
    printGranted(statement.granted),
    `TO ${commas(statement.to, printGrantee)}`,
    statement.withGrantOption && "WITH GRANT OPTION",
    statement.currentGrants && `${statement.currentGrants.toUpperCase()} CURRENT GRANTS`,
  );
}

export function printRevoke(statement: RevokeStatement): string {
  return spaced(
    "REVOKE",
    statement.grantOptionFor && "GRANT OPTION FOR",
    printGranted(statement.granted),
    `FROM ${commas(statement.from, printGrantee)}`,
    statement.behavior,
  );
}

function printGranted(granted: Granted): string {
  if (granted.kind === "role") {
    const words = granted.class ? `${printObjectName(granted.class)} ROLE` : granted.roleKind;
    return `${words} ${printObjectName(granted.role)}`;
  }
  return spaced(
    granted.caller,
    commas(granted.privileges, ({ name, columns }) => spaced(name, optionalColumns(columns))),
    `ON ${printGrantObject(granted.on)}`,
  );
}

function printGrantee({ kind, class: className, name }: Grantee): string {
  const words = className ? `${printObjectName(className)} ROLE` : kind;
  return `${words} ${printObjectName(name)}`;
}
