import { expect, it } from "vitest";
import { userOfToken } from "./token-user.ts";

function token(claims: Readonly<Record<string, string>>): string {
  return ["{}", JSON.stringify(claims), "signature"]
    .map((part) => Buffer.from(part).toString("base64url"))
    .join(".");
}

it("the user of a key-pair token comes after the account, dots and all", () => {
  const iss = "ACCT.ANN.LEE@EXAMPLE.COM.SHA256:a0Jj/xyz=";
  expect(userOfToken(token({ iss, sub: "ACCT.ANN.LEE@EXAMPLE.COM" }))).toBe("ANN.LEE@EXAMPLE.COM");
  expect(userOfToken(token({ iss: "ACCT.ANNA.SHA256:a0=", sub: "ACCT.ANNA" }))).toBe("ANNA");
});

it("an OAuth token names its user whole", () => {
  const iss = "https://login.example.com";
  expect(userOfToken(token({ iss, sub: "ann.lee@example.com" }))).toBe("ann.lee@example.com");
});

it("an opaque token names nobody", () => {
  expect(userOfToken("ver:1-hint:123-ETMsDg")).toBeUndefined();
  expect(userOfToken("a.b.c")).toBeUndefined();
  expect(userOfToken(undefined)).toBeUndefined();
});
