/**
 * Hex, Base64 and digests of text and binary.
 * https://docs.snowflake.com/en/sql-reference/functions-string
 */

import { snowflakeError } from "../base/errors.ts";
import type { HostFunction, HostValue } from "../base/host.ts";
import {
  base64ToBytes,
  bytesToBase64,
  bytesToHex,
  bytesToUtf8,
  hexToBytes,
} from "../format/binary-text.ts";
import { binaryType, numberType, type SnowType, textType } from "../types/types.ts";
import { type Example, type FunctionEntry, family, type LoweringCall, sig } from "./define.ts";
import {
  argument,
  constantNumber,
  keepLength,
  MAX_BINARY,
  MAX_TEXT,
  sqlOr,
  wholeOr,
} from "./rules.ts";
import { sha2 } from "./sha2.ts";

const define = family("string and binary");
const MAYBE_NULL = { nullability: "always" } as const;

function bytes(value: HostValue | undefined): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array();
}

const STANDARD = "+/=";

/** The alphabet's three characters, those left out as in standard Base64. */
function alphabetOf(value: HostValue | undefined): readonly string[] {
  const given = Array.from(String(value));
  return Array.from(STANDARD, (standard, at) => given[at] ?? standard);
}

/** Base64 text with the last three signs exchanged and lines of at most so many characters. */
export function encodeBase64(data: Uint8Array, lineLength: number, alphabet: string): string {
  const signs = alphabetOf(alphabet);
  const plain = bytesToBase64(data).replace(
    /[+/=]/g,
    (sign) => signs[STANDARD.indexOf(sign)] ?? sign,
  );
  if (lineLength <= 0) return plain;
  return (plain.match(new RegExp(`.{1,${lineLength}}`, "gsu")) ?? []).join("\n");
}

/** Throws 100115. */
export function decodeBase64(text: string, alphabet: string): Uint8Array {
  const signs = alphabetOf(alphabet);
  const standard = Array.from(text, (sign) => {
    const at = signs.indexOf(sign);
    return at < 0 ? sign : (STANDARD[at] ?? sign);
  });
  return base64ToBytes(standard.join(""));
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

function digestBits(value: HostValue | undefined): 224 | 256 | 384 | 512 {
  const bits = Number(value);
  if (bits === 0 || bits === 256) return 256;
  if (bits === 224 || bits === 384 || bits === 512) return bits;
  throw snowflakeError("digestSize", { size: bits });
}

type Decoder = (text: string, alphabet: string) => Uint8Array;

function decoders(name: string, read: Decoder): readonly HostFunction[] {
  const parameters = ["VARCHAR", "VARCHAR"] as const;
  return [
    {
      name: `_enc_${name}_binary`,
      parameters,
      returns: "BLOB",
      evaluate: (text, alphabet) => read(String(text), String(alphabet)),
    },
    {
      name: `_enc_${name}_text`,
      parameters,
      returns: "VARCHAR",
      evaluate: (text, alphabet) => bytesToUtf8(read(String(text), String(alphabet))),
    },
    {
      name: `_enc_try_${name}_binary`,
      parameters,
      returns: "BLOB",
      evaluate: (text, alphabet) => attempt(() => read(String(text), String(alphabet))),
    },
    {
      name: `_enc_try_${name}_text`,
      parameters,
      returns: "VARCHAR",
      evaluate: (text, alphabet) =>
        attempt(() => bytesToUtf8(read(String(text), String(alphabet)))),
    },
  ];
}

const HOST: readonly HostFunction[] = [
  ...decoders("base64", decodeBase64),
  ...decoders("hex", (text) => hexToBytes(text)),
  {
    name: "_enc_to_base64",
    parameters: ["BLOB", "BIGINT", "VARCHAR"],
    returns: "VARCHAR",
    evaluate: (data, line, alphabet) => encodeBase64(bytes(data), Number(line), String(alphabet)),
  },
  {
    name: "_enc_sha2",
    parameters: ["BLOB", "BIGINT"],
    returns: "VARCHAR",
    evaluate: (data, bits) => bytesToHex(sha2(bytes(data), digestBits(bits))),
  },
];

/** SQL of the bytes of a text or binary argument. */
function blob(call: LoweringCall, index = 0): string {
  const { sql, type } = argument(call, index);
  return type.kind === "binary" ? sql : `encode(${sql})`;
}

type Of = (call: LoweringCall) => string;

function overBoth(parameters: string, returns: SnowType, lower: Of) {
  return [
    sig(`value text${parameters}`, returns, lower),
    sig(`value binary${parameters}`, returns, lower),
  ];
}

function digest(
  name: string,
  aliases: readonly string[],
  doc: string,
  type: SnowType,
  lower: Of,
  examples: readonly Example[],
): FunctionEntry {
  return define(name, {
    doc,
    aliases,
    summary: `Digest ${name}`,
    signatures: overBoth("", type, lower),
    examples,
  });
}

function sha2Sql(call: LoweringCall): string {
  const size = call.named("size");
  if (size === undefined || constantNumber(size.bound) === 256) return `sha256(${blob(call)})`;
  return `_enc_sha2(${blob(call)}, CAST(${size.sql} AS BIGINT))`;
}

const md5: Of = (call) => `md5(${blob(call)})`;
const sha1: Of = (call) => `sha1(${blob(call)})`;
const unhex =
  (lower: Of): Of =>
  (call) =>
    `unhex(${lower(call)})`;
const hexNumber =
  (from: number): Of =>
  (call) =>
    `CAST('0x' || substr(${md5(call)}, ${from}, 16) AS UBIGINT)`;

const DIGIT_LIMIT = 10n ** 38n;

const MD5_NUMBER_HOST: HostFunction = {
  name: "_enc_md5_number",
  parameters: ["VARCHAR"],
  returns: "HUGEINT",
  evaluate: (hex) => {
    const value = BigInt.asIntN(128, BigInt(`0x${String(hex)}`));
    if (value > -DIGIT_LIMIT && value < DIGIT_LIMIT) return value;
    throw snowflakeError("numericOutOfRange", { value: String(value) });
  },
};

const DIGESTS: readonly FunctionEntry[] = [
  digest("MD5", ["MD5_HEX"], "md5", textType(32), md5, [
    ["MD5('Snowflake')", "edf1439075a83a447fb8b630ddc9c8de"],
  ]),
  digest("MD5_BINARY", [], "md5_binary", binaryType(16), unhex(md5), [
    ["MD5_BINARY('Snowflake')", "EDF1439075A83A447FB8B630DDC9C8DE"],
  ]),
  define("MD5_NUMBER", {
    doc: "md5_number",
    summary:
      "MD5 digest as a signed number of 128 bits; obsolete, because not all of them have 38 digits",
    signatures: overBoth("", numberType(38, 0), (call) => `_enc_md5_number(${md5(call)})`),
    host: [MD5_NUMBER_HOST],
  }),
  digest("MD5_NUMBER_LOWER64", [], "md5_number_lower64", numberType(20, 0), hexNumber(17), [
    ["MD5_NUMBER_LOWER64('Snowflake')", "9203306159527282910"],
  ]),
  digest("MD5_NUMBER_UPPER64", [], "md5_number_upper64", numberType(20, 0), hexNumber(1), [
    ["MD5_NUMBER_UPPER64('Snowflake')", "17145559544104499780"],
  ]),
  digest("SHA1", ["SHA1_HEX"], "sha1", textType(40), sha1, [
    ["SHA1('Snowflake')", "fda76b0bcc1e87cf259b1d1e3271d76f590fb5dd"],
  ]),
  digest("SHA1_BINARY", [], "sha1_binary", binaryType(20), unhex(sha1), [
    ["SHA1_BINARY('Snowflake')", "FDA76B0BCC1E87CF259B1D1E3271D76F590FB5DD"],
  ]),
  define("SHA2", {
    doc: "sha2",
    aliases: ["SHA2_HEX"],
    summary: "SHA-2 digest of 224, 256 (default), 384 or 512 bits in hex",
    signatures: overBoth(", size? integer", textType(128), sha2Sql),
    host: HOST,
    examples: [
      ["SHA2('AbCd0')", "e1d8ba27889d6782008f495473278c4f071995c5549a976e4d4f93863ce93643"],
      ["SHA2('Snowflake', 224)", "6267d3d7a59929e6864dd4b737d98e3ef8569d9f88a7466647838532"],
    ],
  }),
  define("SHA2_BINARY", {
    doc: "sha2_binary",
    summary: "SHA-2 digest of 224, 256 (default), 384 or 512 bits",
    signatures: overBoth(", size? integer", binaryType(64), unhex(sha2Sql)),
    examples: [
      ["SHA2_BINARY('Snowflake', 224)", "6267D3D7A59929E6864DD4B737D98E3EF8569D9F88A7466647838532"],
    ],
  }),
];

function decode(
  name: string,
  host: string,
  returns: SnowType,
  examples: readonly Example[],
): FunctionEntry {
  const isTry = name.startsWith("TRY_");
  const isHex = name.includes("HEX");
  const lower: Of = (call) => `${host}(${argument(call, 0).sql}, ${sqlOr(call, "alphabet", "''")})`;
  return define(name, {
    doc: name.toLowerCase(),
    summary: `${isHex ? "Hex digits" : "Base64"} back to ${host.endsWith("text") ? "text" : "binary"}${isTry ? ", NULL when malformed" : ""}`,
    signatures: [
      sig(
        isHex ? "value text" : "value text, alphabet? text",
        returns,
        lower,
        isTry ? MAYBE_NULL : {},
      ),
    ],
    examples,
  });
}

const DECODING: readonly FunctionEntry[] = [
  decode("HEX_DECODE_STRING", "_enc_hex_text", MAX_TEXT, [
    ["HEX_DECODE_STRING('536E6F77666C616B65')", "Snowflake"],
    ["HEX_DECODE_STRING('536e6f77666c616b65')", "Snowflake"],
  ]),
  decode("HEX_DECODE_BINARY", "_enc_hex_binary", MAX_BINARY, [
    ["HEX_DECODE_BINARY('48454C4C4F')", "48454C4C4F"],
  ]),
  decode("TRY_HEX_DECODE_STRING", "_enc_try_hex_text", MAX_TEXT, [
    ["TRY_HEX_DECODE_STRING('6')", null],
  ]),
  decode("TRY_HEX_DECODE_BINARY", "_enc_try_hex_binary", MAX_BINARY, [
    ["TRY_HEX_DECODE_BINARY('zz')", null],
  ]),
  decode("BASE64_DECODE_STRING", "_enc_base64_text", MAX_TEXT, [
    ["BASE64_DECODE_STRING('U25vd2ZsYWtl')", "Snowflake"],
  ]),
  decode("BASE64_DECODE_BINARY", "_enc_base64_binary", MAX_BINARY, [
    ["BASE64_DECODE_BINARY('SEVMUA==')", "48454C50"],
  ]),
  decode("TRY_BASE64_DECODE_STRING", "_enc_try_base64_text", MAX_TEXT, [
    ["TRY_BASE64_DECODE_STRING('SEVMUA==')", "HELP"],
    ["TRY_BASE64_DECODE_STRING('!')", null],
  ]),
  decode("TRY_BASE64_DECODE_BINARY", "_enc_try_base64_binary", MAX_BINARY, [
    ["TRY_BASE64_DECODE_BINARY('SEVMUA==')", "48454C50"],
  ]),
];

function hexType(types: readonly SnowType[]): SnowType {
  const [type] = types;
  if (type?.kind === "binary") return textType(type.length * 2);
  return type?.kind === "text" ? keepLength([MAX_TEXT]) : MAX_TEXT;
}

function hexSql(call: LoweringCall): string {
  const letters = call.named("case");
  const upper = `hex(${blob(call)})`;
  if (letters === undefined || constantNumber(letters.bound) === 1) return upper;
  if (constantNumber(letters.bound) === 0) return `lower(${upper})`;
  return `CASE WHEN ${letters.sql} = 0 THEN lower(${upper}) ELSE ${upper} END`;
}

const ENCODING: readonly FunctionEntry[] = [
  define("HEX_ENCODE", {
    doc: "hex_encode",
    summary: "Bytes as hex digits, in upper case (1, default) or lower case (0)",
    signatures: [
      sig("value text, case? integer", hexType, hexSql),
      sig("value binary, case? integer", hexType, hexSql),
    ],
    examples: [
      ["HEX_ENCODE('SNOW')", "534E4F57"],
      ["HEX_ENCODE('SNOW', 0)", "534e4f57"],
    ],
  }),
  define("BASE64_ENCODE", {
    doc: "base64_encode",
    summary: "Bytes as Base64, in lines of a length, with other signs for + / and =",
    signatures: overBoth(
      ", line? integer, alphabet? text",
      MAX_TEXT,
      (call) =>
        `_enc_to_base64(${blob(call)}, ${wholeOr(call, "line", 0)}, ${sqlOr(call, "alphabet", "''")})`,
    ),
    examples: [
      ["BASE64_ENCODE('Snowflake')", "U25vd2ZsYWtl"],
      [
        "BASE64_ENCODE('Snowflake ❄❄❄ Snowman ☃☃☃',32,'$')",
        "U25vd2ZsYWtlIOKdhOKdhOKdhCBTbm93\nbWFuIOKYg$KYg$KYgw==",
      ],
    ],
  }),
];

export const STRING_ENCODING_FUNCTIONS: readonly FunctionEntry[] = [
  ...ENCODING,
  ...DECODING,
  ...DIGESTS,
];
