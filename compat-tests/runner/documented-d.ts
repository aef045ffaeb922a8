/** Geospatial examples that do not give what their page prints, and a few others, with the reason. */

import { type Reason, steps } from "./documented-steps.ts";

export const DOCUMENTED_REASONS_D: readonly (readonly [string, Reason])[] = [
  // Tables that the page names and does not make.
  ...steps(70, "set-up elsewhere", [1, 12, 13, 14, 15]),
  // An output format or QUOTED_IDENTIFIERS_IGNORE_CASE that another page of the file sets.
  ...steps(42, "set-up elsewhere", [61]),
  ...steps(111, "set-up elsewhere", [0, 1]),
  // The page's own text is not a statement.
  ...steps(93, "not SQL", [52, 53]),
  ...steps(94, "not SQL", [27]),
  // The order of cells is h3's own, and last digits of computed coordinates differ.
  ...steps(70, "not deterministic", [29]),
  ...steps(71, "not deterministic", [22]),
  // CONTAINS with the `upper` collation: one character of the subject becomes two.
  ...steps(40, "later work", [4]),
];
