/** Integrations as catalog objects: those for notifications by email and webhook. */

import type { Base } from "./object-base.ts";

/** https://docs.snowflake.com/en/sql-reference/sql/create-notification-integration-email */
export type EmailTarget = {
  readonly kind: "EMAIL";
  /** Empty: any recipient. */
  readonly allowedRecipients: readonly string[];
  readonly defaultRecipients: readonly string[];
  readonly defaultSubject?: string | undefined;
};

/** https://docs.snowflake.com/en/sql-reference/sql/create-notification-integration-webhooks */
export type WebhookTarget = {
  readonly kind: "WEBHOOK";
  readonly url: string;
  /** The body of the request, with a placeholder where the message goes. */
  readonly bodyTemplate?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
};

/** An integration. Names are unique over integrations of all kinds. */
export type IntegrationObject = Base<"integration"> & {
  readonly enabled: boolean;
  readonly target: EmailTarget | WebhookTarget;
};
