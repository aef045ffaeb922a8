/**
 * Documentation examples of the files after snowflake_split_230.sql that do not give what their page prints, and why.
 * Labels are the runner's: `documentation/<file>#<index of the step>`.
 */

import { type Reason, steps } from "./documented-steps.ts";

export const DOCUMENTED_REASONS_C: readonly (readonly [string, Reason])[] = [
  // Tables, functions, procedures and schemas that the page names and does not make.
  ...steps(233, "set-up elsewhere", [30, 31, 37]),
  ...steps(234, "set-up elsewhere", [15, 37, 38, 39, 41, 44, 46, 54, 57, 60, 78, 83]),
  ...steps(241, "set-up elsewhere", [0]),
  ...steps(271, "set-up elsewhere", [22, 23, 25, 26, 30]),
  ...steps(283, "set-up elsewhere", [37, 44]),
  ...steps(284, "set-up elsewhere", [2, 3, 4, 12, 27]),
  ...steps(303, "set-up elsewhere", [3]),
  ...steps(341, "set-up elsewhere", [11]),
  ...steps(354, "set-up elsewhere", [18]),
  ...steps(370, "set-up elsewhere", [3, 4]),
  ...steps(401, "set-up elsewhere", [35, 36]),
  ...steps(444, "set-up elsewhere", [15, 17]),
  ...steps(451, "set-up elsewhere", [0, 1, 2, 3]),
  ...steps(460, "set-up elsewhere", [4]),

  // Applications, services, shares, integrations, models, semantic views, account usage, other accounts.
  ...steps(232, "cloud service", [0, 1, 2, 3, 4, 5, 6, 7, 8, 18, 19, 20, 21]),
  ...steps(253, "cloud service", [14]),
  ...steps(261, "cloud service", [19, 22, 28, 30, 31]),
  ...steps(262, "cloud service", [0, 6]),
  ...steps(270, "cloud service", [36]),
  ...steps(281, "cloud service", [21]),
  ...steps(283, "cloud service", [22, 24, 25, 36, 41, 42]),
  ...steps(284, "cloud service", [34, 36, 37, 38]),
  ...steps(290, "cloud service", [0, 1, 2, 3, 4, 5, 7, 14, 15]),
  ...steps(292, "cloud service", [20, 21, 25, 28, 34, 35, 36, 37, 55, 56]),
  ...steps(293, "cloud service", [12, 13, 14, 15]),
  ...steps(302, "cloud service", [2, 4, 8, 9, 13, 17, 30, 34]),
  ...steps(351, "cloud service", [37]),
  ...steps(352, "cloud service", [2, 16, 17, 19, 20, 21, 25, 26, 27]),
  ...steps(354, "cloud service", [48, 54]),
  ...steps(360, "cloud service", [1, 10]),
  ...steps(363, "cloud service", [19, 24]),
  ...steps(401, "cloud service", [42, 43]),
  ...steps(402, "cloud service", [2, 20]),
  ...steps(403, "cloud service", [20]),

  // Column names of another call, cells cut, wrapped, or parted at line ends.
  ...steps(274, "abridged output", [11]),
  ...steps(354, "abridged output", [46, 52, 57]),
  ...steps(444, "abridged output", [50, 51]),
  ...steps(451, "abridged output", [17]),
  ...steps(452, "abridged output", [33]),

  // Handlers in Java, Python and Scala; what JavaScript table functions do over partitions.
  ...steps(240, "later work", [28, 31, 32, 33]),
  ...steps(241, "later work", [19]),
  ...steps(242, "later work", [3]),
  ...steps(274, "later work", [18, 35, 36, 37]),
  ...steps(402, "later work", [68, 70]),
  // Hybrid and external tables, indexes, streams, EXECUTE IMMEDIATE FROM.
  ...steps(251, "later work", [9, 15]),
  ...steps(264, "later work", [54, 55]),
  ...steps(304, "later work", [13, 14]),
  ...steps(400, "later work", [14, 20, 26, 39, 40, 51, 52, 57, 58, 66, 74]),
  // Stages, file formats and what COPY loads.
  ...steps(283, "later work", [33, 34, 35]),
  ...steps(284, "later work", [39]),
  ...steps(452, "set-up elsewhere", [1, 3, 4, 7, 10, 14, 16, 17, 20]),
  // Nanoseconds of a JavaScript date; lengths over 16 MB; privileges that GRANT ALL leaves out.
  ...steps(334, "later work", [36]),
  ...steps(400, "later work", [3]),
  ...steps(440, "later work", [33]),

  // Times, dates, names of the page's database, RANDOM, bytes and digits that hang on the machine.
  ...steps(260, "not deterministic", [22]),
  ...steps(271, "not deterministic", [18]),
  ...steps(292, "not deterministic", [18, 23]),
  ...steps(334, "not deterministic", [26]),
  ...steps(452, "not deterministic", [29, 30, 31]),
  ...steps(453, "not deterministic", [4]),

  // PARSE_JSON('[1, ,77]') prints the gap as undefined.
  ...steps(452, "older behaviour", [32]),
];
