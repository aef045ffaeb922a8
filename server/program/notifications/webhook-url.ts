/**
 * The URLs that a webhook may have: those of the services that Snowflake names, and here those of this machine.
 * https://docs.snowflake.com/en/sql-reference/sql/create-notification-integration-webhooks
 */

const SERVICES: readonly RegExp[] = [
  /^https:\/\/hooks\.slack\.com\/services\/./,
  /^https:\/\/[\w.-]+\.logic\.azure\.com\/workflows\/./,
  /^https:\/\/default[\w.-]*\.environment\.api\.powerplatform\.com\/powerautomate\/./,
  /^https:\/\/events\.pagerduty\.com\/v2\/enqueue$/,
  /^https:\/\/api-private\.atlassian\.com\/automation\/webhooks\/jira\/./,
  /^https:\/\/[\w-]+\.service-now\.com\/./,
];

/** The hosts that are this machine, whatever names resolve to. */
const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether an integration may have the URL. */
export function isWebhookUrl(text: string): boolean {
  return SERVICES.some((service) => service.test(text)) || isLoopback(text);
}

/** Whether the URL leads nowhere but to this machine. */
export function isLoopback(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (protocol !== "http:" && protocol !== "https:") return false;
  return (
    username === "" && password === "" && (hostname === "localhost" || LOOPBACK.test(hostname))
  );
}
