/** `*` and `t.*` with ILIKE, EXCLUDE, REPLACE and RENAME (docs: sql/select). */

import type { Identifier, Star, StarModifiers } from "../ast/expressions.ts";
import type { Binder } from "./binder.ts";
import { bindExpression } from "./expressions.ts";
import type { Scope, StarColumn } from "./scope.ts";
import { type FromNames, type NamedColumn, relationsNamed } from "./scope-names.ts";

/**
 * The columns of a star, in order.
 * @throws invalid identifier when the qualifier or a modifier names nothing; no columns when none is left
 */
export function expandStar(
  star: Pick<Star, "qualifier" | "modifiers" | "span">,
  names: FromNames,
  scope: Scope,
  binder: Binder,
): readonly StarColumn[] {
  const { modifiers } = star;
  const all = starColumns(star, names, binder).filter((column) => column.hidden !== true);
  checkModifiers(modifiers, all, binder);
  const excluded = new Set(modifiers.exclude.map((column) => column.name));
  const pattern = modifiers.ilike === undefined ? undefined : likePattern(modifiers.ilike);
  const columns = all
    .filter((column) => !excluded.has(column.name) && (pattern?.test(column.name) ?? true))
    .map((column): StarColumn => {
      const replaced = modifiers.replace.find((item) => item.name.name === column.name);
      const renamed = modifiers.rename.find((item) => item.from.name === column.name);
      return {
        name: renamed?.to.name ?? column.name,
        expression:
          replaced === undefined
            ? { ...column.expression, offset: star.span.start }
            : bindExpression(replaced.expression, scope, binder),
      };
    });
  if (columns.length === 0) throw binder.error("noStarColumns", {}, undefined);
  return columns;
}

function starColumns(
  star: Pick<Star, "qualifier" | "span">,
  names: FromNames,
  binder: Binder,
): readonly NamedColumn[] {
  if (star.qualifier.length === 0) return names.columns;
  const [relation] = relationsNamed(names, star.qualifier);
  if (relation === undefined) {
    const name = star.qualifier.map((part) => part.name).join(".");
    throw binder.error("invalidIdentifier", { name }, star.span);
  }
  return relation.columns;
}

function checkModifiers(
  modifiers: StarModifiers,
  columns: readonly NamedColumn[],
  binder: Binder,
): void {
  const check = (identifier: Identifier, single: boolean): void => {
    const count = columns.filter((column) => column.name === identifier.name).length;
    if (count === 0) {
      const { name, span } = identifier;
      throw binder.error("invalidIdentifier", { name }, span);
    }
    if (single && count > 1) {
      throw binder.error("ambiguousColumn", { name: identifier.name }, undefined);
    }
  };
  for (const column of modifiers.exclude) check(column, false);
  for (const item of modifiers.replace) check(item.name, true);
  for (const item of modifiers.rename) {
    check(item.from, true);
    if (modifiers.exclude.some((column) => column.name === item.from.name)) {
      const { name, span } = item.from;
      throw binder.error("invalidIdentifier", { name }, span);
    }
  }
}

/** LIKE as a regular expression over column names: `%` any text, `_` any character, no case. */
function likePattern(pattern: string): RegExp {
  const source = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replaceAll("%", "[\\s\\S]*")
    .replaceAll("_", "[\\s\\S]");
  return new RegExp(`^${source}$`, "i");
}
