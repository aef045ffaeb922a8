/** ORDER BY items and window specifications. */

import type { WindowFrameBound, WindowSpecification } from "../ast/expressions.ts";
import type { OrderItem } from "../ast/queries.ts";
import type { Binder } from "./binder.ts";
import type { BoundFrameBound, BoundOrderItem, BoundWindow } from "./bound.ts";
import { bindExpression } from "./expressions.ts";
import { frameInterval } from "./intervals.ts";
import { orderParts, rowParts } from "./order-items.ts";
import type { Scope } from "./scope.ts";

/** NULLs sort as the largest value unless the item says otherwise. */
export function nullsFirst(item: Pick<OrderItem, "descending" | "nulls">, binder: Binder): boolean {
  if (item.nulls !== undefined) return item.nulls === "first";
  const isFirst = binder.textParameter("DEFAULT_NULL_ORDERING").toUpperCase() === "FIRST";
  return isFirst !== item.descending;
}

/** ORDER BY items of WITHIN GROUP and OVER, where a number is a plain constant. */
export function bindOrderItems(
  items: readonly OrderItem[],
  scope: Scope,
  binder: Binder,
): readonly BoundOrderItem[] {
  return orderParts(items).map((item) => ({
    expression: bindExpression(item.expression, scope, binder),
    descending: item.descending,
    nullsFirst: nullsFirst(item, binder),
  }));
}

/** Functions whose default frame is the whole partition, with ORDER BY too. */
const WHOLE_PARTITION = new Set(["FIRST_VALUE", "LAST_VALUE", "NTH_VALUE"]);
/** Functions of the position alone: their result type does not change over a window. */
const RANKING = new Set(["ROW_NUMBER", "RANK", "DENSE_RANK", "NTILE", "LAG", "LEAD"]);

/** Functions that need an order of the rows (docs: functions-window-syntax and their own pages). */
const ORDERED = new Set([
  ...["ROW_NUMBER", "RANK", "DENSE_RANK", "PERCENT_RANK", "CUME_DIST", "NTILE", "LAG", "LEAD"],
  ...["FIRST_VALUE", "LAST_VALUE", "NTH_VALUE", "CONDITIONAL_TRUE_EVENT"],
  ...["CONDITIONAL_CHANGE_EVENT", "INTERPOLATE_BFILL", "INTERPOLATE_FFILL", "INTERPOLATE_LINEAR"],
]);

/** Functions without a frame, and the types of the only key that INTERPOLATE_LINEAR measures by. */
const FRAMELESS = /^INTERPOLATE_/;
const MEASURED = new Set(["number", "float", "decfloat", "date", "timestamp"]);

/** @throws what the function's page rules out: no ORDER BY, a frame, an order that has no distances */
function checkOrder(name: string, window: BoundWindow, binder: Binder): void {
  if (ORDERED.has(name) && window.orderBy.length === 0) {
    throw binder.error("windowNeedsOrder", { name }, undefined);
  }
  if (FRAMELESS.test(name) && window.frame !== undefined) {
    throw binder.error("unsupportedFeature", { feature: `${name} with a window frame` }, undefined);
  }
  if (name !== "INTERPOLATE_LINEAR") return;
  const isMeasured =
    window.orderBy.length === 1 && MEASURED.has(window.orderBy[0]?.expression.type.kind ?? "");
  if (!isMeasured) {
    const feature = `${name} with an ORDER BY other than one number, date or timestamp`;
    throw binder.error("unsupportedFeature", { feature }, undefined);
  }
}

function frameBound(bound: WindowFrameBound, scope: Scope, binder: Binder): BoundFrameBound {
  if (!("offset" in bound)) return bound;
  if (bound.offset.kind === "interval_literal") {
    return { kind: bound.kind, offset: frameInterval(bound.offset, binder), inTime: true };
  }
  return { kind: bound.kind, offset: bindExpression(bound.offset, scope, binder) };
}

/** The specification with a named window filled in. */
function merged(written: WindowSpecification, scope: Scope, binder: Binder): WindowSpecification {
  if (written.base === undefined) return written;
  const named = scope.namedWindow(written.base);
  if (named === undefined) {
    throw binder.error("invalidIdentifier", { name: written.base.name }, written.base.span);
  }
  const base = merged(named, scope, binder);
  return {
    partitionBy: written.partitionBy.length > 0 ? written.partitionBy : base.partitionBy,
    orderBy: written.orderBy.length > 0 ? written.orderBy : base.orderBy,
    frame: written.frame ?? base.frame,
  };
}

/** The types whose values lie a number apart, and those that lie an INTERVAL apart. */
const COUNTED = new Set(["number", "float", "date"]);
const TIMED = new Set(["date", "time", "timestamp"]);

/** Offsets of ROWS are numbers; those of RANGE fit the type of the only key. */
function checkDistances(window: BoundWindow, written: WindowSpecification, binder: Binder): void {
  const { frame } = window;
  if (frame === undefined) return;
  const key = window.orderBy[0]?.expression.type.kind ?? "";
  for (const bound of [frame.start, frame.end]) {
    if (!("offset" in bound)) continue;
    const { kind } = bound.offset.type;
    const isTimed = bound.inTime === true;
    const isRows = frame.unit === "rows";
    const isNumber = kind !== "text" && kind !== "interval";
    const fits = isRows ? !isTimed : (isTimed ? TIMED : COUNTED).has(key) && (isTimed || isNumber);
    if (!fits) {
      const feature = `${frame.unit.toUpperCase()} frame with a distance of another type`;
      throw binder.error("unsupportedFeature", { feature }, written.orderBy[0]?.expression.span);
    }
  }
}

/** A window of a function; `isWindowType` says that the result type is the window form's. */
export function bindWindow(
  written: WindowSpecification,
  functionName: string,
  scope: Scope,
  binder: Binder,
): { readonly window: BoundWindow; readonly isWindowType: boolean } {
  const specification = merged(written, scope, binder);
  const { frame } = specification;
  const isWhole = frame === undefined && WHOLE_PARTITION.has(functionName);
  const window: BoundWindow = {
    partitionBy: specification.partitionBy
      .flatMap(rowParts)
      .map((item) => bindExpression(item, scope, binder)),
    orderBy: bindOrderItems(specification.orderBy, scope, binder),
    frame: isWhole
      ? {
          unit: "rows",
          start: { kind: "unbounded_preceding" },
          end: { kind: "unbounded_following" },
        }
      : frame && {
          unit: frame.unit,
          start: frameBound(frame.start, scope, binder),
          end: frame.end ? frameBound(frame.end, scope, binder) : { kind: "current_row" },
        },
  };
  checkOrder(functionName, window, binder);
  checkDistances(window, written, binder);
  return { window, isWindowType: !RANKING.has(functionName) };
}
