import { expect, it } from "vitest";
import { actsAtOnce } from "./acts-at-once.ts";

it.each([
  "select SYSTEM$CANCEL_QUERY('01b0-1')",
  "SELECT system$cancel_all_queries(7) AS n, system$abort_session(8)",
  "call SYSTEM$ABORT_TRANSACTION(12)",
])("%s does not wait", (text) => {
  expect(actsAtOnce(text)).toBe(true);
});

it.each([
  "select 1",
  "select 'SYSTEM$CANCEL_QUERY(1)'",
  "select system$cancel_query(id) from t",
  "select system$cancel_query('x'), a_function()",
  "insert into t select system$cancel_query('x')",
  "select system$cancel_query('x'",
])("%s has its turn", (text) => {
  expect(actsAtOnce(text)).toBe(false);
});
