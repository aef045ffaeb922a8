/** Host functions of the text families. */

import { snowflakeError } from "../base/errors.ts";
import type { HostFunction, HostType, HostValue } from "../base/host.ts";
import { encodeVariant } from "../variant/encoding.ts";
import { editDistance, jaroWinkler, soundex } from "./string-distance.ts";
import {
  capitalize,
  insertText,
  padBytes,
  padText,
  pieceAt,
  positionOf,
  positionOfBytes,
  reverseText,
  splitFolded,
  splitPart,
  subbytes,
  substring,
  tokens,
  translateText,
} from "./string-pieces.ts";

const text = (value: HostValue | undefined): string => String(value);
const number = (value: HostValue | undefined): number => Number(value);
const bytes = (value: HostValue | undefined): Uint8Array =>
  value instanceof Uint8Array ? value : new Uint8Array();

const NO_LIMIT = Number.MAX_SAFE_INTEGER;

function host(
  name: string,
  parameters: readonly HostType[],
  returns: HostType,
  evaluate: HostFunction["evaluate"],
): HostFunction {
  return { name, parameters, returns, evaluate };
}

function character(code: number): string {
  if (code < 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    throw snowflakeError("invalidCharacterCode", { code });
  }
  return String.fromCodePoint(code);
}

function startsWith(all: Uint8Array, part: Uint8Array, at: number): boolean {
  return at >= 0 && part.every((byte, i) => all[at + i] === byte);
}

const PIECES: readonly HostFunction[] = [
  host("_str_substr", ["VARCHAR", "BIGINT", "BIGINT"], "VARCHAR", (s, start, count) =>
    substring(text(s), number(start), number(count)),
  ),
  host("_bin_substr", ["BLOB", "BIGINT", "BIGINT"], "BLOB", (b, start, count) =>
    subbytes(bytes(b), number(start), number(count)),
  ),
  host("_str_reverse", ["VARCHAR"], "VARCHAR", (s) => reverseText(text(s))),
  host("_bin_reverse", ["BLOB"], "BLOB", (b) => bytes(b).slice().reverse()),
  host("_str_insert", ["VARCHAR", "BIGINT", "BIGINT", "VARCHAR"], "VARCHAR", (s, at, n, added) =>
    insertText(text(s), number(at), number(n), text(added)),
  ),
  host("_bin_insert", ["BLOB", "BIGINT", "BIGINT", "BLOB"], "BLOB", (b, at, n, added) => {
    const from = Math.max(0, number(at) - 1);
    const rest = bytes(b).slice(from + Math.max(0, number(n)));
    return Uint8Array.from([...bytes(b).slice(0, from), ...bytes(added), ...rest]);
  }),
  host("_str_pad", ["VARCHAR", "BIGINT", "VARCHAR", "BOOLEAN"], "VARCHAR", (s, n, pad, left) =>
    padText(text(s), number(n), text(pad), left === true),
  ),
  host("_bin_pad", ["BLOB", "BIGINT", "BLOB", "BOOLEAN"], "BLOB", (b, n, pad, left) =>
    padBytes(bytes(b), number(n), bytes(pad), left === true),
  ),
  host("_str_translate", ["VARCHAR", "VARCHAR", "VARCHAR"], "VARCHAR", (s, from, to) =>
    translateText(text(s), text(from), text(to)),
  ),
  host("_str_upper_full", ["VARCHAR"], "VARCHAR", (s) => text(s).toUpperCase()),
  host("_str_initcap", ["VARCHAR"], "VARCHAR", (s) => capitalize(text(s), undefined)),
  host("_str_initcap_by", ["VARCHAR", "VARCHAR"], "VARCHAR", (s, by) =>
    capitalize(text(s), text(by)),
  ),
  host("_str_chr", ["BIGINT"], "VARCHAR", (code) => character(number(code))),
];

const SEARCHING: readonly HostFunction[] = [
  host("_str_position", ["VARCHAR", "VARCHAR", "BIGINT"], "BIGINT", (needle, s, start) =>
    BigInt(positionOf(text(needle), text(s), number(start))),
  ),
  host("_bin_position", ["BLOB", "BLOB", "BIGINT"], "BIGINT", (needle, b, start) =>
    BigInt(positionOfBytes(bytes(needle), bytes(b), number(start))),
  ),
  host("_bin_starts_with", ["BLOB", "BLOB"], "BOOLEAN", (b, part) =>
    startsWith(bytes(b), bytes(part), 0),
  ),
  host("_bin_ends_with", ["BLOB", "BLOB"], "BOOLEAN", (b, part) =>
    startsWith(bytes(b), bytes(part), bytes(b).length - bytes(part).length),
  ),
  host(
    "_str_split_part_folded",
    ["VARCHAR", "VARCHAR", "VARCHAR", "BIGINT"],
    "VARCHAR",
    (s, f, by, part) => pieceAt(splitFolded(text(s), text(f), text(by)), number(part)),
  ),
  host(
    "_str_replace_folded",
    ["VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR"],
    "VARCHAR",
    (s, f, by, into) => splitFolded(text(s), text(f), text(by)).join(text(into)),
  ),
  host("_str_split_part", ["VARCHAR", "VARCHAR", "BIGINT"], "VARCHAR", (s, by, part) =>
    splitPart(text(s), text(by), number(part)),
  ),
  host("_str_split", ["VARCHAR", "VARCHAR"], "VARCHAR", (s, by) =>
    encodeVariant(text(by) === "" ? [text(s)] : text(s).split(text(by))),
  ),
  host("_str_token", ["VARCHAR", "VARCHAR", "BIGINT"], "VARCHAR", (s, by, part) =>
    number(part) < 1 ? null : (tokens(text(s), text(by))[number(part) - 1] ?? null),
  ),
  host("_str_tokens", ["VARCHAR", "VARCHAR"], "VARCHAR", (s, by) =>
    encodeVariant(tokens(text(s), text(by))),
  ),
  host("_str_distance", ["VARCHAR", "VARCHAR"], "BIGINT", (a, b) =>
    BigInt(editDistance(text(a), text(b), NO_LIMIT)),
  ),
  host("_str_distance_to", ["VARCHAR", "VARCHAR", "BIGINT"], "BIGINT", (a, b, limit) =>
    BigInt(editDistance(text(a), text(b), number(limit))),
  ),
  host("_str_jaro_winkler", ["VARCHAR", "VARCHAR"], "BIGINT", (a, b) =>
    BigInt(jaroWinkler(text(a), text(b))),
  ),
  host("_str_soundex", ["VARCHAR", "BOOLEAN"], "VARCHAR", (s, keepFirst) =>
    soundex(text(s), keepFirst === true),
  ),
];

export const STRING_HOST_FUNCTIONS: readonly HostFunction[] = [...PIECES, ...SEARCHING];
