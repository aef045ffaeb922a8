import { createCipheriv, createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { bytesToHex } from "../format/binary-text.ts";
import { decrypt, encrypt } from "./encryption.ts";
import { sha2 } from "./sha2.ts";

const bytes = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i * 37 + 11) & 255);

describe("sha2", () => {
  it.each([224, 256, 384, 512] as const)("has the platform's digest of %i bits", (bits) => {
    for (const length of [0, 3, 55, 56, 64, 111, 112, 128, 300]) {
      const expected = createHash(`sha${bits}`).update(bytes(length)).digest("hex");
      expect(bytesToHex(sha2(bytes(length), bits))).toBe(expected);
    }
  });
});

describe("encrypt", () => {
  it.each([16, 24, 32])("makes the platform's GCM with a key of %i bytes", (size) => {
    const [key, iv, aad, data] = [bytes(size), bytes(12), bytes(5), bytes(50)];
    const cipher = createCipheriv(`aes-${(size * 8) as 256}-gcm`, key, iv);
    cipher.setAAD(aad);
    const expected = Buffer.concat([cipher.update(data), cipher.final()]).toString("hex");
    const sealed = encrypt(data, key, iv, aad, "AES-GCM");
    expect(bytesToHex(sealed.data)).toBe(expected);
    expect(bytesToHex(sealed.tag)).toBe(cipher.getAuthTag().toString("hex"));
  });

  it.each(["cbc", "ecb", "ctr", "ofb", "cfb"])("makes the platform's %s and reads it", (mode) => {
    const [key, iv, data] = [bytes(32), bytes(16), bytes(50)];
    const cipher = createCipheriv(`aes-256-${mode}`, key, mode === "ecb" ? null : iv);
    const expected = Buffer.concat([cipher.update(data), cipher.final()]).toString("hex");
    const method = `aes-${mode}`;
    const sealed = encrypt(data, key, iv, new Uint8Array(), method);
    expect(bytesToHex(sealed.data)).toBe(expected);
    expect(decrypt(sealed, key, iv, new Uint8Array(), method)).toEqual(data);
  });

  it("refuses a wrong tag", () => {
    const [key, iv, data] = [bytes(32), bytes(12), bytes(20)];
    const sealed = encrypt(data, key, iv, bytes(2), "AES-GCM");
    expect(() => decrypt(sealed, key, iv, bytes(3), "AES-GCM")).toThrow("Decryption failed");
  });
});
