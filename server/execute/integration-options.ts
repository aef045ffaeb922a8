/**
 * The options of notification integrations as fields of the object.
 * https://docs.snowflake.com/en/sql-reference/sql/create-notification-integration
 */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { Property, PropertyValue } from "../../translator/statements/properties.ts";
import type {
  EmailTarget,
  IntegrationObject,
  WebhookTarget,
} from "../catalog/integration-object.ts";
import { isWebhookUrl } from "../program/notifications/webhook-url.ts";
import type { Execution } from "./execution.ts";
import { notFound, shown } from "./names.ts";
import { propertyText } from "./properties.ts";

/** What options decide of an integration. */
export type IntegrationFields = Pick<IntegrationObject, "enabled" | "target" | "comment">;
type Target = IntegrationFields["target"];

/** Characters. */
export const SUBJECT_MAX = 256;

const NEW_TARGETS: Readonly<Record<string, Target>> = {
  EMAIL: { kind: "EMAIL", allowedRecipients: [], defaultRecipients: [] },
  WEBHOOK: { kind: "WEBHOOK", url: "", headers: {} },
};

type Setter<Kind> = (value: PropertyValue, execution: Execution) => Partial<Kind>;

const EMAIL: Readonly<Record<string, Setter<EmailTarget>>> = {
  ALLOWED_RECIPIENTS: (value, execution) => ({ allowedRecipients: texts(value, execution) }),
  DEFAULT_RECIPIENTS: (value, execution) => ({ defaultRecipients: texts(value, execution) }),
  DEFAULT_SUBJECT: (value, execution) => {
    const defaultSubject = propertyText(value, execution);
    if (defaultSubject.length <= SUBJECT_MAX) return { defaultSubject };
    throw badValue("DEFAULT_SUBJECT", defaultSubject);
  },
};

const WEBHOOK: Readonly<Record<string, Setter<WebhookTarget>>> = {
  WEBHOOK_URL: (value, execution) => {
    const url = propertyText(value, execution);
    if (isWebhookUrl(url)) return { url };
    throw badValue("WEBHOOK_URL", url);
  },
  WEBHOOK_SECRET: (value, execution) => {
    // There are no secrets here, so none can be found.
    throw notFound("Secret", shown(propertyText(value, execution)));
  },
  WEBHOOK_BODY_TEMPLATE: (value, execution) => ({ bodyTemplate: propertyText(value, execution) }),
  WEBHOOK_HEADERS: (value, execution) => ({ headers: headersOf(value, execution) }),
};

const EMAIL_UNSET: Readonly<Record<string, Partial<EmailTarget>>> = {
  ALLOWED_RECIPIENTS: { allowedRecipients: [] },
  DEFAULT_RECIPIENTS: { defaultRecipients: [] },
  DEFAULT_SUBJECT: { defaultSubject: undefined },
};

const WEBHOOK_UNSET: Readonly<Record<string, Partial<WebhookTarget>>> = {
  WEBHOOK_SECRET: {},
  WEBHOOK_BODY_TEMPLATE: { bodyTemplate: undefined },
  WEBHOOK_HEADERS: { headers: {} },
};

function badValue(name: string, value: string) {
  return snowflakeError("invalidParameterValue", { value, name });
}

function unknownOption(property: string) {
  return snowflakeError("invalidProperty", { property, object: "NOTIFICATION INTEGRATION" });
}

function texts(value: PropertyValue, execution: Execution): string[] {
  const items = value.kind === "list" || value.kind === "sequence" ? value.items : [value];
  return items.map((item) => propertyText(item, execution).trim());
}

function headersOf(value: PropertyValue, execution: Execution): Record<string, string> {
  if (value.kind === "list" && value.items.length === 0) return {};
  if (value.kind !== "map") throw badValue("WEBHOOK_HEADERS", value.kind);
  return Object.fromEntries(
    value.properties.map((header) => [header.name, propertyText(header.value, execution)]),
  );
}

/**
 * The fields of a new integration.
 * @throws 000002 for a type that is not here, 001008 for a bad value, 001423 for an option that the type does not have
 */
export function newIntegration(
  properties: readonly Property[],
  execution: Execution,
): IntegrationFields {
  const type = properties.find(({ name }) => name === "TYPE")?.value;
  const word = type === undefined ? "" : propertyText(type, execution).toUpperCase();
  const target = Object.hasOwn(NEW_TARGETS, word) ? NEW_TARGETS[word] : undefined;
  if (target === undefined) {
    const feature = `NOTIFICATION INTEGRATION of the type ${word === "" ? "that is missing" : word}`;
    throw snowflakeError("unsupportedFeature", { feature });
  }
  const others = properties.filter(({ name }) => name !== "TYPE");
  const fields = withIntegrationOptions({ enabled: true, comment: "", target }, others, execution);
  if (fields.target.kind === "WEBHOOK" && fields.target.url === "")
    throw badValue("WEBHOOK_URL", "");
  return fields;
}

/** @throws 001008 for a bad value, 001423 for an option that the type does not have, 002003 for a secret */
export function withIntegrationOptions(
  before: IntegrationFields,
  properties: readonly Property[],
  execution: Execution,
): IntegrationFields {
  let fields = before;
  for (const { name, value } of properties) {
    if (name === "COMMENT") fields = { ...fields, comment: propertyText(value, execution) };
    else if (name === "ENABLED") fields = { ...fields, enabled: isTrue(value, execution) };
    else fields = { ...fields, target: withOption(fields.target, name, value, execution) };
  }
  checkTemplate(fields.target);
  return fields;
}

function isTrue(value: PropertyValue, execution: Execution): boolean {
  const text = propertyText(value, execution).toLowerCase();
  if (text === "true" || text === "false") return text === "true";
  throw badValue("ENABLED", text);
}

function withOption(
  target: Target,
  name: string,
  value: PropertyValue,
  execution: Execution,
): Target {
  if (target.kind === "EMAIL") {
    const setter = Object.hasOwn(EMAIL, name) ? EMAIL[name] : undefined;
    if (setter !== undefined) return { ...target, ...setter(value, execution) };
  } else {
    const setter = Object.hasOwn(WEBHOOK, name) ? WEBHOOK[name] : undefined;
    if (setter !== undefined) return { ...target, ...setter(value, execution) };
  }
  throw unknownOption(name);
}

/** A body of one's own goes with the header that says what it is. */
function checkTemplate(target: Target): void {
  if (target.kind !== "WEBHOOK" || target.bodyTemplate === undefined) return;
  const names = Object.keys(target.headers).map((name) => name.toLowerCase());
  if (!names.includes("content-type")) throw badValue("WEBHOOK_HEADERS", names.join(", "));
}

/** @throws 001423 for an option that the type does not have */
export function withoutIntegrationOptions(
  before: IntegrationFields,
  names: readonly string[],
): IntegrationFields {
  let fields = before;
  for (const name of names) {
    if (name === "COMMENT") fields = { ...fields, comment: "" };
    else if (name === "ENABLED") fields = { ...fields, enabled: true };
    else fields = { ...fields, target: withoutOption(fields.target, name) };
  }
  checkTemplate(fields.target);
  return fields;
}

function withoutOption(target: Target, name: string): Target {
  if (target.kind === "EMAIL" && Object.hasOwn(EMAIL_UNSET, name)) {
    return { ...target, ...EMAIL_UNSET[name] };
  }
  if (target.kind === "WEBHOOK" && Object.hasOwn(WEBHOOK_UNSET, name)) {
    return { ...target, ...WEBHOOK_UNSET[name] };
  }
  throw unknownOption(name);
}
