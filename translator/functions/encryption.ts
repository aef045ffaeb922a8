/**
 * Encryption by passphrase and by key (AES). What ENCRYPT makes can be read by DECRYPT here, not by Snowflake's own:
 * how the passphrase becomes a key is not public. ENCRYPT_RAW is plain AES.
 * https://docs.snowflake.com/en/sql-reference/functions-encryption
 */

import { snowflakeError } from "../base/errors.ts";
import type { HostFunction, HostValue } from "../base/host.ts";
import { bytesToHex } from "../format/binary-text.ts";
import { BINARY, VARIANT } from "../types/types.ts";
import { encodeVariant, Tagged } from "../variant/encoding.ts";
import {
  Aes,
  BLOCK,
  chain,
  cipherFeedback,
  counterMode,
  galoisCounter,
  joinBytes,
  outputFeedback,
} from "./aes.ts";
import {
  type FunctionEntry,
  family,
  type LoweredArgument,
  type LoweringCall,
  sig,
} from "./define.ts";
import { argument, MAX_BINARY } from "./rules.ts";
import { sha2 } from "./sha2.ts";

const define = family("encryption");
const MODES = ["GCM", "CBC", "ECB", "CTR", "OFB", "CFB"] as const;
type Mode = (typeof MODES)[number];
type Method = { readonly mode: Mode; readonly padded: boolean };

/** `AES-GCM`, `AES-CBC/pad:PKCS`. Throws 000002 for another method. */
function methodOf(text: string): Method {
  const found = /^AES-([A-Z]{3})\s*(?:\/\s*PAD:\s*(PKCS|NONE))?$/i.exec(text.trim());
  const mode = MODES.find((name) => name === found?.[1]?.toUpperCase());
  if (mode === undefined)
    throw snowflakeError("unsupportedFeature", { feature: `encryption ${text}` });
  return {
    mode,
    padded: found?.[2]?.toUpperCase() !== "NONE" && (mode === "CBC" || mode === "ECB"),
  };
}

function pad(data: Uint8Array): Uint8Array {
  const count = BLOCK - (data.length % BLOCK);
  return joinBytes(data, new Uint8Array(count).fill(count));
}

function unpad(data: Uint8Array): Uint8Array {
  const count = data[data.length - 1] ?? 0;
  if (count < 1 || count > BLOCK) throw snowflakeError("decryption");
  return data.slice(0, data.length - count);
}

type Sealed = { readonly data: Uint8Array; readonly tag: Uint8Array };

function run(
  key: Uint8Array,
  iv: Uint8Array,
  data: Uint8Array,
  aad: Uint8Array,
  mode: Mode,
  decrypting: boolean,
): Sealed {
  if (![16, 24, 32].includes(key.length)) throw snowflakeError("decryption");
  const aes = new Aes(key);
  const start = joinBytes(iv, new Uint8Array(BLOCK)).slice(0, BLOCK);
  const plain = (result: Uint8Array): Sealed => ({ data: result, tag: new Uint8Array() });
  switch (mode) {
    case "GCM":
      return galoisCounter(aes, iv, data, aad, decrypting);
    case "CBC":
      return plain(chain(aes, start, data, decrypting));
    case "ECB":
      return plain(chain(aes, undefined, data, decrypting));
    case "CTR":
      return plain(counterMode(aes, start, data));
    case "OFB":
      return plain(outputFeedback(aes, start, data));
    case "CFB":
      return plain(cipherFeedback(aes, start, data, decrypting));
  }
}

export function encrypt(
  data: Uint8Array,
  key: Uint8Array,
  iv: Uint8Array,
  aad: Uint8Array,
  method: string,
): Sealed {
  const { mode, padded } = methodOf(method);
  return run(key, iv, padded ? pad(data) : data, aad, mode, false);
}

/** Throws 100311 when the tag does not fit. */
export function decrypt(
  sealed: Sealed,
  key: Uint8Array,
  iv: Uint8Array,
  aad: Uint8Array,
  method: string,
): Uint8Array {
  const { mode, padded } = methodOf(method);
  const opened = run(key, iv, sealed.data, aad, mode, true);
  if (bytesToHex(opened.tag) !== bytesToHex(sealed.tag)) throw snowflakeError("decryption");
  return padded ? unpad(opened.data) : opened.data;
}

const encoder = new TextEncoder();
const bytes = (value: HostValue | undefined): Uint8Array =>
  value instanceof Uint8Array ? value : new Uint8Array();

function keyOf(passphrase: HostValue | undefined): Uint8Array {
  return sha2(encoder.encode(String(passphrase)), 256);
}

function ivLength(method: string): number {
  return methodOf(method).mode === "GCM" ? 12 : BLOCK;
}

function tagLength(method: string): number {
  return methodOf(method).mode === "GCM" ? BLOCK : 0;
}

/** A fresh initialization vector of a random text. */
function vectorOf(salt: HostValue | undefined, method: string): Uint8Array {
  return sha2(encoder.encode(String(salt)), 256).slice(0, ivLength(method));
}

function seal(
  value: HostValue,
  passphrase: HostValue,
  aad: HostValue,
  method: string,
  salt: HostValue,
): Uint8Array {
  const iv = vectorOf(salt, method);
  const sealed = encrypt(bytes(value), keyOf(passphrase), iv, bytes(aad), method);
  return joinBytes(iv, sealed.tag, sealed.data);
}

function open(value: HostValue, passphrase: HostValue, aad: HostValue, method: string): Uint8Array {
  const all = bytes(value);
  const from = ivLength(method) + tagLength(method);
  if (all.length < from) throw snowflakeError("decryption");
  const tag = all.slice(ivLength(method), from);
  const iv = all.slice(0, ivLength(method));
  return decrypt({ data: all.slice(from), tag }, keyOf(passphrase), iv, bytes(aad), method);
}

function binaryValue(data: Uint8Array): Tagged {
  return new Tagged("B", bytesToHex(data).toUpperCase());
}

function attempt(read: () => Uint8Array): Uint8Array | null {
  try {
    return read();
  } catch {
    return null;
  }
}

function decryptRaw(args: readonly HostValue[]): Uint8Array {
  const [value, key, iv, aad, method, tag] = args;
  return decrypt(
    { data: bytes(value), tag: bytes(tag) },
    bytes(key),
    bytes(iv),
    bytes(aad),
    String(method),
  );
}

const OPEN = ["BLOB", "VARCHAR", "BLOB", "VARCHAR"] as const;
const OPEN_RAW = ["BLOB", "BLOB", "BLOB", "BLOB", "VARCHAR", "BLOB"] as const;

const HOST: readonly HostFunction[] = [
  {
    name: "_crypt_encrypt",
    parameters: ["BLOB", "VARCHAR", "BLOB", "VARCHAR", "VARCHAR"],
    returns: "BLOB",
    evaluate: (value, passphrase, aad, method, salt) =>
      seal(value ?? null, passphrase ?? null, aad ?? null, String(method), salt ?? null),
  },
  {
    name: "_crypt_decrypt",
    parameters: OPEN,
    returns: "BLOB",
    evaluate: (value, passphrase, aad, method) =>
      open(value ?? null, passphrase ?? null, aad ?? null, String(method)),
  },
  {
    name: "_crypt_try_decrypt",
    parameters: OPEN,
    returns: "BLOB",
    evaluate: (value, passphrase, aad, method) =>
      attempt(() => open(value ?? null, passphrase ?? null, aad ?? null, String(method))),
  },
  {
    name: "_crypt_encrypt_raw",
    parameters: ["BLOB", "BLOB", "BLOB", "BLOB", "VARCHAR", "VARCHAR"],
    returns: "VARCHAR",
    evaluate: (value, key, given, aad, method, salt) => {
      const iv = bytes(given).length > 0 ? bytes(given) : vectorOf(salt, String(method));
      const sealed = encrypt(bytes(value), bytes(key), iv, bytes(aad), String(method));
      const parts = { ciphertext: binaryValue(sealed.data), iv: binaryValue(iv) };
      const hasTag = sealed.tag.length > 0;
      return encodeVariant(hasTag ? { ...parts, tag: binaryValue(sealed.tag) } : parts);
    },
  },
  {
    name: "_crypt_decrypt_raw",
    parameters: OPEN_RAW,
    returns: "BLOB",
    evaluate: (...args) => decryptRaw(args),
  },
  {
    name: "_crypt_try_decrypt_raw",
    parameters: OPEN_RAW,
    returns: "BLOB",
    evaluate: (...args) => attempt(() => decryptRaw(args)),
  },
];

/** SQL of an optional text or binary argument as bytes; NULL and left out are no bytes. */
function blobOr(argument: LoweredArgument | undefined): string {
  if (argument === undefined) return "''::BLOB";
  const sql = argument.type.kind === "binary" ? argument.sql : `encode(${argument.sql})`;
  return `COALESCE(${sql}, ''::BLOB)`;
}

function methodSql(call: LoweringCall): string {
  const given = call.named("method");
  return given === undefined ? "'AES-GCM'" : given.sql;
}

const SALT = "CAST(uuid() AS VARCHAR)";

function encryptSql(call: LoweringCall): string {
  const value = argument(call, 0);
  const data = value.type.kind === "binary" ? value.sql : `encode(${value.sql})`;
  return `_crypt_encrypt(${data}, ${argument(call, 1).sql}, ${blobOr(call.named("aad"))}, ${methodSql(call)}, ${SALT})`;
}

function opening(name: string, host: string): FunctionEntry {
  return define(name, {
    doc: name.toLowerCase(),
    summary: `Decrypts what ENCRYPT made${name.startsWith("TRY") ? ", NULL when it cannot" : ""}`,
    signatures: [
      sig(
        "value binary, passphrase text, aad? string_or_binary, method? text",
        BINARY,
        (call) =>
          `${host}(${argument(call, 0).sql}, ${argument(call, 1).sql}, ${blobOr(call.named("aad"))}, ${methodSql(call)})`,
        { nullability: "always" },
      ),
    ],
    host: HOST,
    examples: [
      [
        `TO_VARCHAR(${name}(ENCRYPT('penicillin', 'pass', 'John Dough AAD', 'aes-gcm'), 'pass', 'John Dough AAD', 'aes-gcm'), 'utf-8')`,
        "penicillin",
      ],
    ],
  });
}

function openingRaw(name: string, host: string): FunctionEntry {
  return define(name, {
    doc: name.toLowerCase(),
    summary: `Decrypts with a key${name.startsWith("TRY") ? ", NULL when it cannot" : ""}`,
    signatures: [
      sig(
        "value binary, key binary, iv binary, aad? string_or_binary, method? text, tag? binary",
        BINARY,
        (call) =>
          `${host}(${argument(call, 0).sql}, ${argument(call, 1).sql}, ${blobOr(argument(call, 2))}, ${blobOr(call.named("aad"))}, ${methodSql(call)}, ${blobOr(call.named("tag"))})`,
        { nullability: "always" },
      ),
    ],
    host: HOST,
  });
}

export const ENCRYPTION_FUNCTIONS: readonly FunctionEntry[] = [
  define("ENCRYPT", {
    doc: "encrypt",
    summary: "Encrypts with a passphrase; only DECRYPT of this account reads it",
    signatures: [
      sig(
        "value text, passphrase text, aad? string_or_binary, method? text",
        MAX_BINARY,
        encryptSql,
      ),
      sig(
        "value binary, passphrase text, aad? string_or_binary, method? text",
        MAX_BINARY,
        encryptSql,
      ),
    ],
    volatile: true,
    host: HOST,
    examples: [
      [
        "TO_VARCHAR(DECRYPT(ENCRYPT('Patient tested positive for COVID-19', 'phrase'), 'phrase'), 'utf-8')",
        "Patient tested positive for COVID-19",
      ],
    ],
  }),
  opening("DECRYPT", "_crypt_decrypt"),
  opening("TRY_DECRYPT", "_crypt_try_decrypt"),
  define("ENCRYPT_RAW", {
    doc: "encrypt_raw",
    summary: "Encrypts with a key (AES); a VARIANT of ciphertext, iv and tag",
    signatures: [
      sig(
        "value binary, key binary, iv binary, aad? string_or_binary, method? text",
        VARIANT,
        (call) =>
          `_crypt_encrypt_raw(${argument(call, 0).sql}, ${argument(call, 1).sql}, ${blobOr(argument(call, 2))}, ${blobOr(call.named("aad"))}, ${methodSql(call)}, ${SALT})`,
      ),
    ],
    volatile: true,
    host: HOST,
  }),
  openingRaw("DECRYPT_RAW", "_crypt_decrypt_raw"),
  openingRaw("TRY_DECRYPT_RAW", "_crypt_try_decrypt_raw"),
];
