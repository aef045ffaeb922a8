import { describe, expect, it } from "vitest";
import { isLoopback, isWebhookUrl } from "./webhook-url.ts";

describe("a webhook", () => {
  it.each([
    "https://hooks.slack.com/services/T000/B000/XXX",
    "https://prod-1.westus.logic.azure.com/workflows/secret",
    "https://events.pagerduty.com/v2/enqueue",
    "https://api-private.atlassian.com/automation/webhooks/jira/x",
    "https://my-instance.service-now.com/api/x",
    "http://127.0.0.1:8080/hook",
    "http://localhost/hook",
    "https://[::1]:8443/",
  ])("may be at %s", (url) => expect(isWebhookUrl(url)).toBe(true));

  it.each([
    "",
    "hooks.slack.com/services/x",
    "http://hooks.slack.com/services/x",
    "https://hooks.slack.com.example.com/services/x",
    "https://example.com/hook",
    "http://127.0.0.1.example.com/",
    "http://localhost.example.com/",
    "http://localhost@example.com/",
    "file:///etc/hosts",
  ])("cannot be at %s", (url) => expect(isWebhookUrl(url)).toBe(false));
});

it("only a URL of this machine is posted to", () => {
  expect(isLoopback("http://127.1:99/x")).toBe(true);
  expect(isLoopback("https://hooks.slack.com/services/x")).toBe(false);
  expect(isLoopback("http://10.0.0.1/")).toBe(false);
  expect(isLoopback("http://user:secret@127.0.0.1/")).toBe(false);
});
