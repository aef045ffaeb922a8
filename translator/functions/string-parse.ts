/**
 * Text functions that know what a text means: URLs, IP addresses, search terms, templates.
 * https://docs.snowflake.com/en/sql-reference/functions-string
 */

import type { HostFunction, HostValue } from "../base/host.ts";
import { BOOLEAN, OBJECT } from "../types/types.ts";
import { type FunctionEntry, family, type LoweringCall, sig } from "./define.ts";
import { argument, sqlOr, wholeOr } from "./rules.ts";
import { holdsAddress, parseIp, parseUrl } from "./string-address.ts";
import { holdsTerms } from "./string-terms.ts";

const define = family("string and binary");
const text = (value: HostValue | undefined): string => String(value);

/** Strings inside canonical VARIANT text, or the text itself. */
function contents(value: string, isVariant: boolean): string {
  if (!isVariant) return value;
  const parts: string[] = [];
  JSON.stringify(JSON.parse(value), (_, item: unknown) => {
    if (typeof item === "string" || typeof item === "number") parts.push(String(item));
    return item;
  });
  return parts.join(" ");
}

const HOST: readonly HostFunction[] = [
  {
    name: "_str_parse_url",
    parameters: ["VARCHAR", "BIGINT"],
    returns: "VARCHAR",
    evaluate: (url, permissive) => parseUrl(text(url), Number(permissive) === 1),
  },
  {
    name: "_str_parse_ip",
    parameters: ["VARCHAR", "VARCHAR", "BIGINT"],
    returns: "VARCHAR",
    evaluate: (ip, type, permissive) => parseIp(text(ip), text(type), Number(permissive) === 1),
  },
  {
    name: "_str_search_ip",
    parameters: ["VARCHAR", "VARCHAR", "BOOLEAN"],
    returns: "BOOLEAN",
    evaluate: (value, ip, isVariant) =>
      holdsAddress(contents(text(value), isVariant === true), text(ip)),
  },
  {
    name: "_str_search",
    parameters: ["VARCHAR", "VARCHAR", "BOOLEAN", "VARCHAR", "VARCHAR"],
    returns: "BOOLEAN",
    evaluate: (value, wanted, isVariant, analyzer, mode) =>
      holdsTerms(
        contents(text(value), isVariant === true),
        text(wanted),
        text(analyzer),
        text(mode),
      ),
  },
];

function isSemi(call: LoweringCall): boolean {
  return ["variant", "object", "array", "map"].includes(argument(call, 0).type.kind);
}

function searchSql(call: LoweringCall): string {
  const [value, wanted] = [argument(call, 0).sql, argument(call, 1).sql];
  const analyzer = sqlOr(call, "analyzer", "'DEFAULT_ANALYZER'");
  const mode = sqlOr(call, "search_mode", "'OR'");
  return `_str_search(${value}, ${wanted}, ${isSemi(call)}, ${analyzer}, ${mode})`;
}

function searchIpSql(call: LoweringCall): string {
  return `_str_search_ip(${argument(call, 0).sql}, ${argument(call, 1).sql}, ${isSemi(call)})`;
}

export const STRING_PARSE_FUNCTIONS: readonly FunctionEntry[] = [
  define("PARSE_URL", {
    doc: "parse_url",
    summary: "The parts of a URL as an OBJECT",
    signatures: [
      sig(
        "url text, permissive? integer",
        OBJECT,
        (call) => `_str_parse_url(${argument(call, 0).sql}, ${wholeOr(call, "permissive", 0)})`,
      ),
    ],
    host: HOST,
    examples: [
      ["PARSE_URL('mailto:abc@xyz.com'):path::VARCHAR", "abc@xyz.com"],
      [
        "PARSE_URL('http://USER:PASS@EXAMPLE.INT:4345/HELLO.PHP?USER=1'):host::VARCHAR",
        "USER:PASS@EXAMPLE.INT",
      ],
      [
        "PARSE_URL('http://USER:PASS@EXAMPLE.INT:4345/HELLO.PHP?USER=1'):parameters:USER::VARCHAR",
        "1",
      ],
      [
        "PARSE_URL('example.int/hello.php?user=12#nofragment', 1):error::VARCHAR",
        "scheme not specified",
      ],
    ],
  }),
  define("PARSE_IP", {
    doc: "parse_ip",
    summary: "An IP address or network as an OBJECT",
    signatures: [
      sig(
        "ip text, type text, permissive? integer",
        OBJECT,
        (call) =>
          `_str_parse_ip(${argument(call, 0).sql}, ${argument(call, 1).sql}, ${wholeOr(call, "permissive", 0)})`,
      ),
    ],
    examples: [
      ["PARSE_IP('192.168.242.188/24', 'INET'):ipv4_range_end::VARCHAR", "3232297727"],
      [
        "PARSE_IP('fe80::20c:29ff:fe2c:429/64', 'INET'):hex_ipv6::VARCHAR",
        "FE80000000000000020C29FFFE2C0429",
      ],
    ],
  }),
  define("SEARCH", {
    doc: "search",
    summary: "Whether a text or VARIANT holds words",
    signatures: [
      sig(
        "search_data text, search_string const text, analyzer? const text, search_mode? const text",
        BOOLEAN,
        searchSql,
      ),
      sig(
        "search_data semi, search_string const text, analyzer? const text, search_mode? const text",
        BOOLEAN,
        searchSql,
      ),
    ],
    examples: [
      [
        "SEARCH('Welcome, dear Rosencrantz and Guildenstern!', 'KING Rosencrantz', SEARCH_MODE => 'OR')",
        "true",
      ],
      ["SEARCH('Welcome, dear Rosencrantz', 'KING Rosencrantz', SEARCH_MODE => 'AND')", "false"],
      ["SEARCH('1.2.500', '1.2.500', ANALYZER => 'NO_OP_ANALYZER')", "true"],
    ],
  }),
  define("SEARCH_IP", {
    doc: "search_ip",
    summary: "Whether a text or VARIANT holds an IP address, or one of a network",
    signatures: [
      sig("search_data text, ip const text", BOOLEAN, searchIpSql),
      sig("search_data semi, ip const text", BOOLEAN, searchIpSql),
    ],
    examples: [
      ["SEARCH_IP('192.000.002.146', '192.0.2.146')", "true"],
      ["SEARCH_IP('192.0.2.111', '192.0.2.1/20')", "true"],
      ["SEARCH_IP('203.0.113.5', '203.0.113.1')", "false"],
    ],
  }),
];
