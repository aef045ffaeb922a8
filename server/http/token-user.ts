/** Whom a token speaks for. */

import { textField } from "./body.ts";

/** The user that a key-pair or OAuth token in JWT form names: the last part of `sub`. Undefined for an opaque token. */
export function userOfToken(token: string | undefined): string | undefined {
  const payload = token?.split(".")[1];
  if (payload === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    return textField(claims, "sub")?.split(".").at(-1);
  } catch {
    return undefined;
  }
}
