/** Policies of every kind. https://docs.snowflake.com/en/sql-reference/commands-security */

import type { ObjectKind } from "./object_kinds.ts";
import type { SpecText } from "./spec_text.ts";

/** A policy with arguments and an expression: kept as text, for the binder reads it where it is used. */
function bodyPolicy(properties = ""): SpecText {
  return {
    properties,
    create:
      "AS ( <columns> ) RETURNS <type> -> <expression>\n AS ( ) RETURNS <type> -> <expression>",
    alter: "SET BODY -> <expression>",
  };
}

export const POLICY_SPECS: Readonly<Partial<Record<ObjectKind, SpecText>>> = {
  "MASKING POLICY": bodyPolicy("EXEMPT_OTHER_POLICIES"),
  "ROW ACCESS POLICY": bodyPolicy(),
  "AGGREGATION POLICY": bodyPolicy(),
  "PROJECTION POLICY": bodyPolicy(),
  "JOIN POLICY": bodyPolicy(),
  "PRIVACY POLICY": bodyPolicy(),
  "STORAGE LIFECYCLE POLICY": bodyPolicy("ARCHIVE_FOR_DAYS ARCHIVE_TIER"),
  "PASSWORD POLICY": {
    properties: `
      PASSWORD_MIN_LENGTH PASSWORD_MAX_LENGTH PASSWORD_MIN_UPPER_CASE_CHARS
      PASSWORD_MIN_LOWER_CASE_CHARS PASSWORD_MIN_NUMERIC_CHARS PASSWORD_MIN_SPECIAL_CHARS
      PASSWORD_MIN_AGE_DAYS PASSWORD_MAX_AGE_DAYS PASSWORD_MAX_RETRIES PASSWORD_LOCKOUT_TIME_MINS
      PASSWORD_HISTORY
    `,
  },
  "SESSION POLICY": {
    properties: `
      SESSION_IDLE_TIMEOUT_MINS SESSION_UI_IDLE_TIMEOUT_MINS ALLOWED_SECONDARY_ROLES
      BLOCKED_SECONDARY_ROLES SESSION_MAX_LIFESPAN_MINS SESSION_UI_MAX_LIFESPAN_MINS
    `,
  },
  "AUTHENTICATION POLICY": {
    properties: `
      AUTHENTICATION_METHODS MFA_AUTHENTICATION_METHODS MFA_ENROLLMENT MFA_POLICY CLIENT_TYPES
      CLIENT_POLICY SECURITY_INTEGRATIONS PAT_POLICY WORKLOAD_IDENTITY_POLICY
    `,
  },
  "NETWORK POLICY": {
    properties: `
      ALLOWED_NETWORK_RULE_LIST BLOCKED_NETWORK_RULE_LIST ALLOWED_IP_LIST BLOCKED_IP_LIST
    `,
    alter: `
      ADD {ALLOWED_NETWORK_RULE_LIST|BLOCKED_NETWORK_RULE_LIST} = <value>
      REMOVE {ALLOWED_NETWORK_RULE_LIST|BLOCKED_NETWORK_RULE_LIST} = <value>
    `,
  },
  "PACKAGES POLICY": {
    properties: "ALLOWLIST BLOCKLIST ADDITIONAL_CREATION_BLOCKLIST",
    create: "LANGUAGE <word>",
  },
  "FEATURE POLICY": { properties: "BLOCKED_OBJECT_TYPES_FOR_CREATION" },
  "MAINTENANCE POLICY": { properties: "SCHEDULE" },
  "BACKUP POLICY": { properties: "SCHEDULE EXPIRE_AFTER_DAYS", create: "WITH RETENTION LOCK" },
  "SNAPSHOT POLICY": { properties: "SCHEDULE EXPIRE_AFTER_DAYS", create: "WITH RETENTION LOCK" },
  "DATA MOVEMENT POLICY": {
    properties: "any",
    create: "AS <rest>",
    alter: "SET BODY -> <expression>",
  },
  "DATA MOVEMENT RULE": { properties: "any" },
  "MULTI PARTY APPROVAL POLICY": { properties: "any" },
};
