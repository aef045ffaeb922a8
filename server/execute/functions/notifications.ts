/**
 * SYSTEM$SEND_EMAIL and SYSTEM$SEND_SNOWFLAKE_NOTIFICATION.
 * https://docs.snowflake.com/en/sql-reference/stored-procedures/system_send_email
 * https://docs.snowflake.com/en/sql-reference/stored-procedures/system_send_snowflake_notification
 */

import { type SnowflakeError, snowflakeError } from "../../../translator/base/errors.ts";
import type { BoundExpression } from "../../../translator/bind/bound.ts";
import type { EmailTarget, IntegrationObject } from "../../catalog/integration-object.ts";
import type { Execution } from "../execution.ts";
import { SUBJECT_MAX } from "../integration-options.ts";
import { lastPart, notFound, shown } from "../names.ts";
import { writtenName } from "../task-changes.ts";
import { answered, requiredText, type ServerRequest, textArgument } from "./request.ts";

const PLAIN = "text/plain";
const MAIL_TYPES: ReadonlySet<string> = new Set([PLAIN, "text/html"]);
const MESSAGE_TYPES: ReadonlySet<string> = new Set([...MAIL_TYPES, "application/json"]);
const ADDRESSES = ["toAddress", "ccAddress", "bccAddress"] as const;

type Json = unknown;
type Fields = Readonly<Record<string, Json>>;

/** An integration with the options that override its own. */
type Configuration = { readonly integration: IntegrationObject; readonly options: Fields };

/**
 * @throws 002003 for an integration that is not there, 001008 for a value that no mail can have, 091082 for an integration that may not
 *   send it
 */
export function sendEmail(request: ServerRequest): BoundExpression {
  checkCalled(request);
  const [name, recipients, subject, content] = [0, 1, 2, 3].map((i) => requiredText(request, i));
  const mimeType = textArgument(request, 4) ?? PLAIN;
  return answered(request, async () => {
    const { execution } = request;
    const integration = integrationNamed(name ?? "", execution);
    if (integration.target.kind !== "EMAIL") throw broken(integration, "sends no email");
    if (!MAIL_TYPES.has(mimeType)) throw badValue("mime_type", mimeType);
    if (content === undefined || content === "") throw badValue("email_content", "");
    const toAddress = (recipients ?? "").split(",").map((address) => address.trim());
    checkMail(integration, integration.target, { subject, toAddress });
    execution.account.notifier.send(integration, content, execution.queryId);
    return true;
  });
}

/** The same errors; nothing is sent when one of several integrations may not send. */
export function sendNotification(request: ServerRequest): BoundExpression {
  checkCalled(request);
  const [messageText, configurationText] = [0, 1].map((index) => requiredText(request, index));
  return answered(request, async () => {
    const { execution } = request;
    const messages = messagesOf(messageText ?? "");
    const configurations = configurationsOf(configurationText ?? "", execution);
    const contents = configurations.map(({ integration, options }) =>
      contentFor(integration, options, messages),
    );
    for (const [index, { integration }] of configurations.entries()) {
      execution.account.notifier.send(integration, contents[index] ?? "", execution.queryId);
    }
    return "Enqueued notifications";
  });
}

/** @throws 002140 in a query: these are stored procedures */
function checkCalled({ execution, call, binder }: ServerRequest): void {
  if (execution.isCall === true) return;
  throw binder.error("unknownFunction", { name: call.entry.name });
}

function badValue(name: string, value: string): SnowflakeError {
  return snowflakeError("invalidParameterValue", { value, name });
}

function broken({ name }: IntegrationObject, problem: string): SnowflakeError {
  return snowflakeError("notificationRule", { name: shown(name), problem });
}

function integrationNamed(text: string, execution: Execution): IntegrationObject {
  const name = lastPart(writtenName(text), execution);
  const found = execution.account.catalog.snapshot.find("integration", 0, name);
  if (found?.kind !== "integration") throw notFound("Integration", shown(name));
  if (!found.enabled) throw broken(found, "is disabled");
  return found;
}

/** Checks what a mail is sent with, and to whom. */
function checkMail(integration: IntegrationObject, target: EmailTarget, options: Fields): void {
  const subject = options["subject"] ?? target.defaultSubject ?? "Snowflake Email Notification";
  if (typeof subject !== "string" || subject === "" || subject.length > SUBJECT_MAX) {
    throw badValue("subject", String(subject));
  }
  const [to, cc, bcc] = ADDRESSES.map((key) => addresses(options[key], key));
  const recipients = [...(to ?? target.defaultRecipients), ...(cc ?? []), ...(bcc ?? [])];
  if ((to ?? target.defaultRecipients).length === 0) {
    throw broken(integration, "has no default recipients, and none are given");
  }
  const { allowedRecipients: allowed } = target;
  const refused = recipients.find((address) => allowed.length > 0 && !allowed.includes(address));
  if (refused !== undefined) throw broken(integration, `does not allow the recipient ${refused}`);
}

function addresses(value: Json, name: string): readonly string[] | undefined {
  if (value === undefined) return undefined;
  const list = Array.isArray(value) ? value : [value];
  return list.map((address) => {
    if (typeof address === "string" && /^[^\s@]+@[^\s@]+$/.test(address)) return address;
    throw badValue(name, String(address));
  });
}

/** What the integration sends: a mail is text, a webhook prefers it plain. */
function contentFor(
  integration: IntegrationObject,
  options: Fields,
  messages: ReadonlyMap<string, string>,
): string {
  const { target } = integration;
  if (target.kind === "WEBHOOK") {
    const [first] = messages.values();
    return messages.get(PLAIN) ?? first ?? "";
  }
  checkMail(integration, target, options);
  const text = [...messages].find(([type]) => MAIL_TYPES.has(type));
  if (text === undefined) throw broken(integration, "sends text, and the message has none");
  return text[1];
}

/** The contents by their type. @throws 001008 for another type, or one that is there twice */
function messagesOf(text: string): ReadonlyMap<string, string> {
  const messages = new Map<string, string>();
  for (const [type, content] of entriesOf(text, "message")) {
    if (!MESSAGE_TYPES.has(type) || messages.has(type)) throw badValue("message", type);
    messages.set(type, typeof content === "string" ? content : JSON.stringify(content));
  }
  return messages;
}

function configurationsOf(text: string, execution: Execution): readonly Configuration[] {
  const found = new Map<number, Configuration>();
  const parameter = "integration_configuration";
  for (const [name, options] of entriesOf(text, parameter)) {
    const integration = integrationNamed(name, execution);
    if (found.has(integration.id) || !isFields(options)) throw badValue(parameter, name);
    found.set(integration.id, { integration, options });
  }
  return [...found.values()];
}

/** The members of a JSON object, or of all objects of an ARRAY, which may be texts. @throws 001008 for other texts */
function entriesOf(text: string, parameter: string): readonly (readonly [string, Json])[] {
  const value = parsed(text, parameter);
  const items = Array.isArray(value) ? value : [value];
  const entries = items.flatMap((item: Json) => {
    const object = typeof item === "string" ? parsed(item, parameter) : item;
    if (!isFields(object)) throw badValue(parameter, text);
    return Object.entries(object);
  });
  if (entries.length === 0) throw badValue(parameter, text);
  return entries;
}

function parsed(text: string, parameter: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    throw badValue(parameter, text);
  }
}

function isFields(value: Json): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
