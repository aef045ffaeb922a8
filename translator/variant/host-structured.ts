/** Host functions on values of structured types. The list with signatures is in host.ts. */
import type { HostFunction } from "../base/host.ts";
import { tryCast } from "./cast.ts";
import { strict, text } from "./host-arguments.ts";
import { variantSession } from "./session.ts";
import { castStructured, inDeclaredOrder, typeArgument } from "./structured.ts";

export const STRUCTURED_FUNCTIONS: readonly HostFunction[] = [
  strict("_v_cast_structured", ["VARCHAR", "VARCHAR", "VARCHAR"], "VARCHAR", (v, type, session) =>
    castStructured(text(v), typeArgument(text(type)), variantSession(text(session))),
  ),
  strict(
    "_v_try_cast_structured",
    ["VARCHAR", "VARCHAR", "VARCHAR"],
    "VARCHAR",
    (v, type, session) =>
      tryCast(() =>
        castStructured(text(v), typeArgument(text(type)), variantSession(text(session))),
      ),
  ),
  strict("_v_in_declared_order", ["VARCHAR", "VARCHAR"], "VARCHAR", (v, type) =>
    inDeclaredOrder(text(v), typeArgument(text(type))),
  ),
];
