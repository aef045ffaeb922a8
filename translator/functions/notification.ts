/**
 * Functions that write the JSON texts which SYSTEM$SEND_SNOWFLAKE_NOTIFICATION takes.
 * https://docs.snowflake.com/en/sql-reference/functions-notification
 */

import type { HostFunction } from "../base/host.ts";
import { decodeVariant } from "../variant/encoding.ts";
import { type FunctionEntry, family, sig } from "./define.ts";
import { MAX_TEXT } from "./rules.ts";

const define = family("notification");

function message(name: string, contentType: string): FunctionEntry {
  const host = `_note_${name.toLowerCase()}`;
  return define(name, {
    schema: "NOTIFICATION",
    doc: name.toLowerCase(),
    summary: `A message of the type ${contentType} as JSON text`,
    signatures: [sig("message text", MAX_TEXT, `${host}({1})`)],
    host: [
      {
        name: host,
        parameters: ["VARCHAR"],
        returns: "VARCHAR",
        evaluate: (text) => JSON.stringify({ [contentType]: String(text) }),
      },
    ],
  });
}

const INTEGRATION_HOST: HostFunction = {
  name: "_note_integration",
  parameters: ["VARCHAR"],
  returns: "VARCHAR",
  evaluate: (name) => JSON.stringify({ [String(name)]: {} }),
};

/** Lines of addresses that are NULL are left out. */
const EMAIL_HOST: HostFunction = {
  name: "_note_email",
  parameters: ["VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR"],
  returns: "VARCHAR",
  handlesNull: true,
  evaluate: (integration, subject, to, cc, bcc) => {
    if (integration === null || subject === null) return null;
    const lines = { toAddress: to, ccAddress: cc, bccAddress: bcc };
    const addresses = Object.entries(lines).flatMap(([key, list]) =>
      list === null || list === undefined ? [] : [[key, decodeVariant(String(list))]],
    );
    const config = { subject: String(subject), ...Object.fromEntries(addresses) };
    return JSON.stringify({ [String(integration)]: config });
  },
};

const NO_ADDRESSES = "CAST(NULL AS VARCHAR)";

export const NOTIFICATION_FUNCTIONS: readonly FunctionEntry[] = [
  message("TEXT_PLAIN", "text/plain"),
  message("TEXT_HTML", "text/html"),
  message("APPLICATION_JSON", "application/json"),
  define("INTEGRATION", {
    schema: "NOTIFICATION",
    doc: "integration",
    summary: "A notification integration as JSON text",
    signatures: [sig("name text", MAX_TEXT, "_note_integration({1})")],
    host: [INTEGRATION_HOST],
  }),
  define("EMAIL_INTEGRATION_CONFIG", {
    schema: "NOTIFICATION",
    doc: "email_integration_config",
    summary: "An email integration with subject and addresses as JSON text",
    signatures: [
      sig(
        "integration text, subject text, to array",
        MAX_TEXT,
        `_note_email({1}, {2}, {3}, ${NO_ADDRESSES}, ${NO_ADDRESSES})`,
        { nullability: "always" },
      ),
      sig(
        "integration text, subject text, to array, cc array, bcc array",
        MAX_TEXT,
        "_note_email({1}, {2}, {3}, {4}, {5})",
        { nullability: "always" },
      ),
    ],
    host: [EMAIL_HOST],
  }),
  define("SANITIZE_WEBHOOK_CONTENT", {
    schema: "NOTIFICATION",
    doc: "sanitize_webhook_content",
    summary: "A message without the placeholder of a webhook's secret",
    signatures: [sig("message text", MAX_TEXT, "replace({1}, 'SNOWFLAKE_WEBHOOK_SECRET', '')")],
  }),
];
