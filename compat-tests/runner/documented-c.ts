/**
 * Documentation examples of the files snowflake_split_200.sql to 299 that do not give what their page prints, and why.
 * Labels are the runner's: `documentation/<file>#<index of the step>`.
 */

import { type Reason, steps } from "./documented-steps.ts";

export const DOCUMENTED_REASONS_C: readonly (readonly [string, Reason])[] = [
  // Tables, functions, variables and settings that the page names and does not make.
  ...steps(214, "set-up elsewhere", [0]),
  ...steps(222, "set-up elsewhere", [43, 44, 45]),
  ...steps(223, "set-up elsewhere", [0, 1, 2]),
  ...steps(233, "set-up elsewhere", [30, 31, 37]),
  ...steps(234, "set-up elsewhere", [15, 37, 38, 39, 41, 44, 46, 54, 57, 60, 78, 83]),
  ...steps(241, "set-up elsewhere", [0]),
  ...steps(271, "set-up elsewhere", [22, 23, 25, 26, 30]),
  ...steps(283, "set-up elsewhere", [37, 44]),
  ...steps(284, "set-up elsewhere", [4, 12, 27]),

  // A procedure, functions, formats and stages that the page names and does not make.
  ...steps(241, "set-up elsewhere", [19]),
  ...steps(283, "set-up elsewhere", [33]),
  ...steps(284, "set-up elsewhere", [39]),

  // Cells that come from rows the page does not insert.
  ...steps(223, "set-up elsewhere", [14]),

  // Services that run in Snowflake's cloud: containers, applications, models, data metrics, shares, replication.
  ...steps(202, "cloud service", [2]),
  ...steps(232, "cloud service", [0, 1, 2, 3, 4, 5, 6, 7, 8, 18, 19, 20, 21]),
  ...steps(261, "cloud service", [19, 22, 28, 30, 31]),
  ...steps(262, "cloud service", [0, 6]),
  ...steps(270, "cloud service", [36]),
  ...steps(281, "cloud service", [21]),
  ...steps(283, "cloud service", [22, 24, 25, 36, 42]),
  ...steps(284, "cloud service", [34, 37, 38]),
  ...steps(290, "cloud service", [0, 1, 2, 3, 4, 5, 7, 14, 15]),
  ...steps(292, "cloud service", [20, 21, 25, 28, 34, 35, 36, 37, 55, 56]),
  ...steps(293, "cloud service", [12, 13, 14, 15]),

  // Integrations, shares, sample data, metering, event tables, replication.
  ...steps(203, "cloud service", [27]),
  ...steps(204, "cloud service", [17]),

  // Handlers in Java, Python and Scala.
  ...steps(240, "another language", [28, 31, 32, 33]),
  ...steps(242, "another language", [3]),
  ...steps(274, "another language", [18, 35, 36, 37]),

  // Rows and names that the page cuts, wraps, or prints of another call.
  ...steps(274, "abridged output", [11]),

  // The page prints another statement's name or table.
  ...steps(264, "abridged output", [55]),

  // Times, ids and names of the page's account and session; hash and random values; the order of H3 cells.
  ...steps(292, "not deterministic", [18, 23]),

  // Backquotes.
  ...steps(283, "not SQL", [34, 35]),

  // Columns that SHOW and DESCRIBE had before, or have in one page only; recorded cases say otherwise.
  ...steps(264, "older behaviour", [54]),
  ...steps(271, "older behaviour", [18]),

  // External and dynamic tables, streams, EXECUTE IMMEDIATE FROM, the FILE type, references.
  ...steps(220, "later work", [7]),
  ...steps(251, "later work", [9, 15]),

  // Tags and policies: masking, row access, join, network, session, password, privacy.
  ...steps(283, "later work", [41]),
  ...steps(284, "later work", [2, 3, 36]),
];
