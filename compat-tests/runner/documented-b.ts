/**
 * Documentation examples of the files snowflake_split_100.sql to 199 that do not give what their page prints, and why.
 * Labels are the runner's: `documentation/<file>#<index of the step>`.
 */

import { type Reason, steps } from "./documented-steps.ts";

export const DOCUMENTED_REASONS_B: readonly (readonly [string, Reason])[] = [
  // Tables, functions, variables and settings that the page names and does not make.
  ...steps(103, "set-up elsewhere", [30, 36]),
  ...steps(111, "set-up elsewhere", [0, 1]),
  ...steps(114, "set-up elsewhere", [20]),
  ...steps(120, "set-up elsewhere", [59, 60]),
  ...steps(122, "set-up elsewhere", [6]),
  ...steps(124, "set-up elsewhere", [61, 63]),
  ...steps(131, "set-up elsewhere", [58, 59, 60, 62, 63, 67]),
  // The examples before it leave a schema with a retention of five days, which its tables inherit.
  ...steps(132, "set-up elsewhere", [42]),
  ...steps(133, "set-up elsewhere", [0]),
  ...steps(134, "set-up elsewhere", [7, 14, 19, 21, 81]),
  ...steps(144, "set-up elsewhere", [94]),
  ...steps(172, "set-up elsewhere", [27, 61]),
  ...steps(182, "set-up elsewhere", [48]),
  ...steps(183, "set-up elsewhere", [26]),
  ...steps(184, "set-up elsewhere", [23]),

  // Cells that come from rows the page does not insert.
  ...steps(143, "set-up elsewhere", [35]),

  // Files that the page's author had put into stages, and what they loaded.
  ...steps(121, "files elsewhere", [14, 15, 16, 17, 19, 20, 21]),
  ...steps(131, "files elsewhere", [16]),
  ...steps(141, "files elsewhere", [13]),
  ...steps(143, "files elsewhere", [38, 44]),
  ...steps(144, "files elsewhere", [22, 24, 26, 31]),
  ...steps(184, "files elsewhere", [24]),

  // Services that run in Snowflake's cloud: containers, applications, models, data metrics, shares, replication.
  ...steps(100, "cloud service", [4, 8, 12, 13, 14, 15, 32]),
  ...steps(101, "cloud service", [0, 7, 25, 26, 27]),
  ...steps(102, "cloud service", [9, 11, 20, 23]),
  ...steps(104, "cloud service", [7, 22, 46, 47]),
  ...steps(122, "cloud service", [1, 2]),
  ...steps(123, "cloud service", [7, 10, 76]),
  ...steps(130, "cloud service", [9, 10]),
  ...steps(160, "cloud service", [71, 72, 74]),
  ...steps(192, "cloud service", [14]),
  ...steps(194, "cloud service", [13]),

  // Integrations, shares, sample data, metering, event tables, replication.
  ...steps(130, "cloud service", [42]),
  ...steps(140, "cloud service", [1]),
  ...steps(161, "cloud service", [62, 63]),
  ...steps(162, "cloud service", [41, 43, 44, 45, 46, 48, 49, 50]),
  ...steps(164, "cloud service", [1, 2, 3]),
  ...steps(192, "cloud service", [16, 17]),

  // Handlers in Java, Python and Scala.
  ...steps(174, "another language", [11, 12, 18, 23, 25, 29, 34]),

  // Rows and names that the page cuts, wraps, or prints of another call.
  ...steps(103, "abridged output", [33]),
  ...steps(114, "abridged output", [16]),
  ...steps(124, "abridged output", [58]),
  ...steps(133, "abridged output", [21]),
  ...steps(173, "abridged output", [50]),
  ...steps(174, "abridged output", [7]),
  ...steps(182, "abridged output", [49]),
  ...steps(184, "abridged output", [20]),

  // The page prints another statement's name or table.
  ...steps(102, "abridged output", [18]),

  // Times, ids and names of the page's account and session; hash and random values; the order of H3 cells.
  ...steps(104, "not deterministic", [8]),
  ...steps(114, "not deterministic", [17, 18, 19, 22, 30]),
  ...steps(132, "not deterministic", [16]),
  ...steps(134, "not deterministic", [79]),
  ...steps(142, "not deterministic", [23, 24]),
  ...steps(143, "not deterministic", [42]),
  ...steps(163, "not deterministic", [8, 9, 11]),
  ...steps(173, "not deterministic", [26, 41, 52, 53, 55]),
  ...steps(190, "not deterministic", [48, 50, 51]),
  ...steps(191, "not deterministic", [28]),
  ...steps(194, "not deterministic", [37]),

  // Names and sizes of unloaded files; ids and credits of the page's account.
  ...steps(104, "not deterministic", [9]),
  ...steps(142, "not deterministic", [25]),
  ...steps(143, "not deterministic", [37, 43]),

  // Rows that are equal in the window's order.
  ...steps(124, "not deterministic", [57]),

  // Text that Snowflake refuses as well.
  ...steps(110, "not SQL", [43]),

  // Columns that SHOW and DESCRIBE had before, or have in one page only; recorded cases say otherwise.
  ...steps(131, "older behaviour", [13]),
  ...steps(184, "older behaviour", [19]),

  // Descriptions in SHOW PARAMETERS: Snowflake's prose, which is not copied here.
  ...steps(160, "later work", [18, 20]),
  ...steps(181, "later work", [32, 33, 35]),

  // EXPLAIN: the operators are the engine's, not Snowflake's; no bytes are known.
  ...steps(100, "later work", [22, 23, 27]),

  // External and dynamic tables, streams, EXECUTE IMMEDIATE FROM, the FILE type, references.
  ...steps(110, "later work", [41, 42, 44]),
  ...steps(133, "later work", [23]),
  ...steps(142, "later work", [42]),
  ...steps(184, "later work", [21, 31]),

  // Tags and policies: masking, row access, join, network, session, password, privacy.
  ...steps(181, "later work", [2, 7, 31]),
];
