/**
 * Snowflake's regular expressions on RE2: compiled once per pattern and parameters, positions in characters.
 * https://docs.snowflake.com/en/sql-reference/functions-regexp
 */

import { RE2JS } from "re2js";
import { snowflakeError } from "../base/errors.ts";
import { characterIndex, unitIndex } from "./string-pieces.ts";

const compiled = new Map<string, RE2JS>();
const MAX_COMPILED = 500;

/** RE2JS's words for what is wrong, in Snowflake's (RE2's own) words. */
function reasonOf(message: string): string {
  return message
    .replace(/^error parsing regexp: /, "")
    .replace("missing argument to repetition operator", "no argument for repetition operator")
    .replaceAll("`", "");
}

function flagsOf(parameters: string): number {
  let flags = 0;
  for (const letter of parameters) {
    if (letter === "c") flags &= ~RE2JS.CASE_INSENSITIVE;
    else if (letter === "i") flags |= RE2JS.CASE_INSENSITIVE;
    else if (letter === "m") flags |= RE2JS.MULTILINE;
    else if (letter === "s") flags |= RE2JS.DOTALL;
    else if (letter !== "e") throw snowflakeError("invalidRegexParameter", { value: parameters });
  }
  return flags;
}

/**
 * The compiled pattern.
 * @throws 100048 for a malformed pattern
 */
export function compilePattern(pattern: string, parameters: string): RE2JS {
  const key = `${parameters}/${pattern}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const flags = flagsOf(parameters);
  let made: RE2JS;
  try {
    made = RE2JS.compile(pattern, flags);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw snowflakeError("invalidRegex", { pattern, reason: reasonOf(message) });
  }
  if (compiled.size >= MAX_COMPILED) compiled.clear();
  compiled.set(key, made);
  return made;
}

export type Match = {
  /** Indexes in `subject` (UTF-16). */
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | null)[];
  readonly groupStarts: readonly number[];
  readonly groupEnds: readonly number[];
};

/** Matches from left to right that do not overlap. An empty pattern matches nothing. */
export function* matchesOf(subject: string, pattern: string, parameters: string): Generator<Match> {
  const expression = compilePattern(pattern, parameters);
  if (pattern === "") return;
  const matcher = expression.matcher(subject);
  while (matcher.find()) {
    const count = matcher.groupCount();
    const groups: (string | null)[] = [];
    const groupStarts: number[] = [];
    const groupEnds: number[] = [];
    for (let i = 0; i <= count; i++) {
      groups.push(matcher.group(i) ?? null);
      groupStarts.push(matcher.start(i));
      groupEnds.push(matcher.end(i));
    }
    yield { start: matcher.start(), end: matcher.end(), groups, groupStarts, groupEnds };
  }
}

/** The subject from a character position (from 1) on. */
export function tailFrom(subject: string, position: number): string {
  if (position < 1) throw snowflakeError("invalidPosition", { position });
  return subject.slice(unitIndex(subject, position - 1));
}

export function nthMatch(
  subject: string,
  pattern: string,
  occurrence: number,
  parameters: string,
): Match | undefined {
  let count = 0;
  for (const match of matchesOf(subject, pattern, parameters)) {
    if (++count === occurrence) return match;
  }
  return undefined;
}

/** The group to give: `e` means the first; without groups in the pattern the whole match. */
export function groupOf(match: Match, parameters: string, group: number): number {
  const wanted = group > 0 ? group : parameters.includes("e") ? 1 : 0;
  if (wanted === 0) return 0;
  return match.groups.length === 1 ? 0 : wanted;
}

/** True when the whole subject matches. */
export function fullMatch(subject: string, pattern: string, parameters: string): boolean {
  return compilePattern(pattern, parameters).matches(subject);
}

/** Position (from 1, in characters of the tail) of an index. */
export function positionAt(tail: string, index: number): number {
  return characterIndex(tail, index) + 1;
}

function expand(replacement: string, match: Match): string {
  return replacement.replace(/\\(\d|\\)/g, (_, sign: string) =>
    sign === "\\" ? "\\" : (match.groups[Number(sign)] ?? ""),
  );
}

/**
 * Replaces all matches (occurrence 0) or one of them. `\1` in the replacement is a group.
 * https://docs.snowflake.com/en/sql-reference/functions/regexp_replace
 */
export function replaceMatches(
  subject: string,
  pattern: string,
  replacement: string,
  position: number,
  occurrence: number,
  parameters: string,
): string {
  const tail = tailFrom(subject, position);
  let result = subject.slice(0, subject.length - tail.length);
  let last = 0;
  let count = 0;
  for (const match of matchesOf(tail, pattern, parameters)) {
    count++;
    if (occurrence !== 0 && count !== occurrence) continue;
    result += tail.slice(last, match.start) + expand(replacement, match);
    last = match.end;
    if (occurrence !== 0) break;
  }
  return result + tail.slice(last);
}
