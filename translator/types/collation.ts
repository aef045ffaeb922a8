/**
 * Collation specifications: a locale, then options, joined by hyphens.
 * https://docs.snowflake.com/en/sql-reference/collation#collation-specifications
 */

import { snowflakeError } from "../base/errors.ts";

/** Options of which at most one of each group may stand. */
const GROUPS: readonly (readonly string[])[] = [
  ["cs", "ci"],
  ["as", "ai"],
  ["ps", "pi"],
  ["fl", "fu"],
  ["upper", "lower"],
  ["trim", "ltrim", "rtrim"],
];

/** Comparison by code points, which is no language. */
const CODE_POINTS: readonly string[] = ["utf8", "bin"];

function isLocale(part: string): boolean {
  if (CODE_POINTS.includes(part)) return true;
  if (!/^[a-z]{2,3}(_[a-z0-9]+)*$/.test(part)) return false;
  return Intl.Collator.supportedLocalesOf([part.replaceAll("_", "-")]).length > 0;
}

/** Whether a specification is made of a known locale and known options; the empty one is none at all. */
export function isCollation(specification: string): boolean {
  const parts = specification.toLowerCase().split("-");
  const [first = ""] = parts;
  const isOption = (part: string): boolean => GROUPS.some((group) => group.includes(part));
  const options = isOption(first) ? parts : parts.slice(1);
  if (options === parts || isLocale(first)) {
    return (
      options.every(isOption) &&
      GROUPS.every((group) => options.filter((part) => group.includes(part)).length < 2)
    );
  }
  return false;
}

/**
 * The specification as it is written; undefined for the empty one, which takes a collation away.
 * @throws 001008 for one that is none
 */
export function collationNamed(specification: string): string | undefined {
  if (specification === "") return undefined;
  if (isCollation(specification)) return specification;
  throw snowflakeError("invalidParameterValue", { name: "COLLATE", value: specification });
}
