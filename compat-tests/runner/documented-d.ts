/**
 * Documentation examples of the files from snowflake_split_300.sql on that do not give what their page prints, and why.
 * Labels are the runner's: `documentation/<file>#<index of the step>`.
 */

import { type Reason, steps } from "./documented-steps.ts";

export const DOCUMENTED_REASONS_D: readonly (readonly [string, Reason])[] = [
  // Tables, functions, variables and settings that the page names and does not make.
  ...steps(303, "set-up elsewhere", [3]),
  ...steps(341, "set-up elsewhere", [11]),
  ...steps(354, "set-up elsewhere", [18]),
  ...steps(370, "set-up elsewhere", [3, 4]),
  ...steps(401, "set-up elsewhere", [35, 36]),
  ...steps(444, "set-up elsewhere", [15, 17]),
  ...steps(451, "set-up elsewhere", [0, 1, 2, 3]),
  ...steps(460, "set-up elsewhere", [4]),

  // Files that the page's author had put into stages, and what they loaded.
  ...steps(400, "files elsewhere", [51, 57, 58]),
  ...steps(452, "files elsewhere", [1, 3, 4, 7, 10, 14, 16, 17, 20]),

  // Services that run in Snowflake's cloud: containers, applications, models, data metrics, shares, replication.
  ...steps(302, "cloud service", [2, 4, 8, 9, 13, 17, 30, 34]),
  ...steps(351, "cloud service", [37]),
  ...steps(352, "cloud service", [16, 17, 19, 20, 21, 25, 26, 27]),
  ...steps(354, "cloud service", [48, 54]),
  ...steps(360, "cloud service", [10]),
  ...steps(363, "cloud service", [19, 24]),
  ...steps(402, "cloud service", [20]),
  ...steps(403, "cloud service", [20]),

  // Integrations, shares, sample data, metering, event tables, replication.
  ...steps(360, "cloud service", [1]),

  // Handlers in Java, Python and Scala.
  ...steps(402, "another language", [68, 70]),

  // Rows and names that the page cuts, wraps, or prints of another call.
  ...steps(354, "abridged output", [46, 52, 57]),
  ...steps(444, "abridged output", [50, 51]),
  ...steps(451, "abridged output", [17]),
  ...steps(452, "abridged output", [33]),

  // Times, ids and names of the page's account and session; hash and random values; the order of H3 cells.
  ...steps(334, "not deterministic", [26]),
  ...steps(453, "not deterministic", [4]),

  // Names and sizes of unloaded files; ids and credits of the page's account.
  ...steps(304, "not deterministic", [13, 14]),

  // What Snowflake did before: || within 16 MB, gaps of an array printed empty.
  ...steps(452, "older behaviour", [32]),

  // EXPLAIN: the operators are the engine's, not Snowflake's; no bytes are known.
  ...steps(452, "later work", [29, 30, 31]),

  // External and dynamic tables, streams, EXECUTE IMMEDIATE FROM, the FILE type, references.
  ...steps(400, "later work", [14, 39, 66, 74]),

  // Nanoseconds: times hold microseconds here.
  ...steps(334, "later work", [35, 36]),

  // Tags and policies: masking, row access, join, network, session, password, privacy.
  ...steps(352, "later work", [2]),
  ...steps(401, "later work", [42, 43]),
  ...steps(402, "later work", [2]),

  // The length of RETURNS VARCHAR; the privileges that GRANT ALL leaves out.
  ...steps(400, "later work", [3]),
  ...steps(440, "later work", [33]),
];
