/** Whom a token speaks for. */

import { field, textField } from "./body.ts";

/** The user of a token that names none. */
export const TOKEN_USER = "MOCKHAUS";

/** Who issued a key-pair token: the user with the fingerprint of the public key. */
const KEY_PAIR_ISSUER = /\.SHA256:/;

/**
 * The user that a token in JWT form names in `sub`: of a key-pair token after the account, which has no dot; of an OAuth
 * token the whole of it. Undefined for an opaque token.
 * https://docs.snowflake.com/en/developer-guide/sql-api/authenticating
 */
export function userOfToken(token: string | undefined): string | undefined {
  const payload = token?.split(".")[1];
  if (payload === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    const subject = textField(claims, "sub");
    const isKeyPair = KEY_PAIR_ISSUER.test(String(field(claims, "iss")));
    return isKeyPair ? subject?.slice(subject.indexOf(".") + 1) : subject;
  } catch {
    return undefined;
  }
}
