/** URLs and IP addresses taken apart. */

import { snowflakeError } from "../base/errors.ts";
import { encodeVariant, newObject, type VariantObject } from "../variant/encoding.ts";

const URL_TEXT = /^([^:/?#]+):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#([\s\S]*))?$/;
const PORT = /^(.*):(\d*)$/;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

function queryParameters(query: string): VariantObject {
  const parameters = newObject();
  for (const pair of query.split("&")) {
    const at = pair.indexOf("=");
    const key = decoded(at < 0 ? pair : pair.slice(0, at));
    parameters[key] = at < 0 ? null : decoded(pair.slice(at + 1));
  }
  return parameters;
}

/**
 * The parts of a URL as canonical text of an OBJECT.
 * @param permissive an error becomes an object with the member `error`
 * @throws 100139 for a text that is no URL
 * https://docs.snowflake.com/en/sql-reference/functions/parse_url
 */
export function parseUrl(text: string, permissive: boolean): string {
  const found = URL_TEXT.exec(text);
  if (found === null) {
    const reason = "scheme not specified";
    if (!permissive) throw snowflakeError("urlParse", { reason });
    return encodeVariant({ error: reason });
  }
  const [, scheme = "", authority, path = "", query, fragment] = found;
  const port = authority === undefined ? null : PORT.exec(authority);
  return encodeVariant({
    fragment: fragment ?? null,
    host: port?.[1] ?? authority ?? null,
    parameters: query === undefined || query === "" ? null : queryParameters(query),
    path: authority === undefined ? path : path.replace(/^\//, ""),
    port: port?.[2] ?? null,
    query: query ?? null,
    scheme,
  });
}

/** An IPv4 address as a number; leading zeros are decimal. */
export function ipv4Number(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return undefined;
    value = (value << 8n) | BigInt(part);
  }
  return value;
}

/** The fields of a half of an IPv6 address; the last may be an IPv4 address. */
function fieldsOf(text: string): readonly bigint[] | undefined {
  if (text === "") return [];
  const fields: bigint[] = [];
  const parts = text.split(":");
  for (const [at, part] of parts.entries()) {
    const v4 = at === parts.length - 1 && part.includes(".") ? ipv4Number(part) : undefined;
    if (v4 !== undefined) fields.push(v4 >> 16n, v4 & 0xffffn);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) fields.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return fields;
}

export function ipv6Number(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const head = fieldsOf(halves[0] ?? "");
  const tail = halves.length === 2 ? fieldsOf(halves[1] ?? "") : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 0 : missing !== 0) return undefined;
  const fields = [...head, ...new Array<bigint>(Math.max(0, missing)).fill(0n), ...tail];
  return fields.reduce((value, field) => (value << 16n) | field, 0n);
}

type Address = {
  readonly family: 4 | 6;
  readonly host: string;
  readonly value: bigint;
  readonly prefix: number | null;
};

/** An address with or without the length of its network's prefix; undefined when it is none. */
export function readAddress(text: string): Address | undefined {
  const [host = "", length, ...rest] = text.split("/");
  if (rest.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined;
  const v4 = ipv4Number(host);
  const value = v4 ?? ipv6Number(host);
  if (value === undefined) return undefined;
  const family = v4 === undefined ? 6 : 4;
  const prefix = length === undefined ? null : Number(length);
  if (prefix !== null && prefix > (family === 4 ? 32 : 128)) return undefined;
  return { family, host, value, prefix };
}

/** First and last address of the network. */
export function networkRange(address: Address): readonly [bigint, bigint] {
  const bits = address.family === 4 ? 32n : 128n;
  const free = bits - BigInt(address.prefix ?? Number(bits));
  const mask = (1n << free) - 1n;
  return [(address.value >> free) << free, address.value | mask];
}

function hex(value: bigint): string {
  return value.toString(16).toUpperCase().padStart(32, "0");
}

/**
 * An IP address as canonical text of an OBJECT.
 * @throws 100145 for a text that is no address, unless permissive
 * https://docs.snowflake.com/en/sql-reference/functions/parse_ip
 */
export function parseIp(text: string, type: string, permissive: boolean): string {
  const address = type.toUpperCase() === "INET" ? readAddress(text.trim()) : undefined;
  if (address === undefined) {
    const reason = `unable to parse ${text}`;
    if (!permissive) throw snowflakeError("ipParse", { reason });
    return encodeVariant({ error: reason });
  }
  const object = newObject();
  const [first, last] = networkRange(address);
  object["family"] = address.family;
  object["host"] = address.host;
  object["ip_type"] = "inet";
  object["netmask_prefix_length"] = address.prefix;
  object["snowflake$type"] = "ip_address";
  if (address.family === 4) {
    object["ip_fields"] = [Number(address.value), 0, 0, 0];
    object["ipv4"] = Number(address.value);
    if (address.prefix !== null) {
      object["ipv4_range_start"] = Number(first);
      object["ipv4_range_end"] = Number(last);
    }
    return encodeVariant(object);
  }
  object["ip_fields"] = [96n, 64n, 32n, 0n].map((by) =>
    Number((address.value >> by) & 0xffffffffn),
  );
  object["hex_ipv6"] = hex(address.value);
  if (address.prefix !== null) {
    object["hex_ipv6_range_start"] = hex(first);
    object["hex_ipv6_range_end"] = hex(last);
  }
  return encodeVariant(object);
}

const ADDRESS_WORD = /[0-9a-fA-F:.]+(?:\/\d+)?/g;

/**
 * Whether a text holds an address that is the wanted one or in the wanted network.
 * https://docs.snowflake.com/en/sql-reference/functions/search_ip
 */
export function holdsAddress(text: string, wanted: string): boolean {
  const network = readAddress(wanted.trim());
  if (network === undefined)
    throw snowflakeError("ipParse", { reason: `unable to parse ${wanted}` });
  const [first, last] = networkRange(network);
  for (const [word] of text.matchAll(ADDRESS_WORD)) {
    const found = readAddress(word.replace(/\.$/, ""));
    if (found === undefined || found.family !== network.family) continue;
    if (found.value >= first && found.value <= last) return true;
  }
  return false;
}
