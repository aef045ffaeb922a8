/**
 * Documentation examples of the files up to snowflake_split_99.sql that do not give what their page prints, and why.
 * Labels are the runner's: `documentation/<file>#<index of the step>`.
 */

import { type Reason, steps } from "./documented-steps.ts";

export const DOCUMENTED_REASONS_A: readonly (readonly [string, Reason])[] = [
  // Tables, functions, variables and settings that the page names and does not make.
  ...steps(2, "set-up elsewhere", [18, 19, 20]),
  ...steps(3, "set-up elsewhere", [90, 91]),
  ...steps(13, "set-up elsewhere", [51, 52]),
  ...steps(20, "set-up elsewhere", [43]),
  ...steps(23, "set-up elsewhere", [35]),
  ...steps(31, "set-up elsewhere", [41, 42, 43, 44]),
  ...steps(34, "set-up elsewhere", [45]),
  ...steps(41, "set-up elsewhere", [0, 16]),
  ...steps(42, "set-up elsewhere", [61]),
  ...steps(54, "set-up elsewhere", [41]),
  ...steps(60, "set-up elsewhere", [6]),
  ...steps(64, "set-up elsewhere", [18]),
  ...steps(70, "set-up elsewhere", [1, 12, 13, 14, 15]),
  ...steps(73, "set-up elsewhere", [24]),
  ...steps(81, "set-up elsewhere", [14, 15]),
  ...steps(83, "set-up elsewhere", [23, 39]),

  // A procedure, functions, formats and stages that the page names and does not make.
  ...steps(42, "set-up elsewhere", [5]),

  // Files that the page's author had put into stages, and what they loaded.
  ...steps(10, "files elsewhere", [3, 4, 5, 7, 8]),
  ...steps(11, "files elsewhere", [37, 38, 39, 42, 43, 44, 45, 46]),
  ...steps(12, "files elsewhere", [4, 5, 6, 20, 21, 22, 23, 24, 26, 28, 32, 58]),
  ...steps(33, "files elsewhere", [13]),

  // Services that run in Snowflake's cloud: containers, applications, models, data metrics, shares, replication.
  ...steps(13, "cloud service", [5, 6, 8]),
  ...steps(33, "cloud service", [20, 21, 22]),
  ...steps(60, "cloud service", [3, 4, 5]),
  ...steps(63, "cloud service", [35, 36, 37, 40, 41, 42]),
  ...steps(64, "cloud service", [0, 1, 2, 3, 13, 14]),
  ...steps(72, "cloud service", [23, 24, 25]),
  ...steps(81, "cloud service", [11]),
  ...steps(90, "cloud service", [31]),

  // Integrations, shares, sample data, metering, event tables, replication.
  ...steps(91, "cloud service", [20]),

  // Rows and names that the page cuts, wraps, or prints of another call.
  ...steps(3, "abridged output", [22]),
  ...steps(24, "abridged output", [0]),
  ...steps(40, "abridged output", [6, 36]),
  ...steps(42, "abridged output", [62]),
  ...steps(51, "abridged output", [13, 15, 19]),
  ...steps(52, "abridged output", [14]),
  ...steps(54, "abridged output", [54]),
  ...steps(61, "abridged output", [4]),
  ...steps(92, "abridged output", [42, 50]),

  // The rows that a LIMIT of the page's author left.
  ...steps(3, "abridged output", [25]),

  // Times, ids and names of the page's account and session; hash and random values; the order of H3 cells.
  ...steps(13, "not deterministic", [40]),
  ...steps(20, "not deterministic", [3, 31]),
  ...steps(41, "not deterministic", [47, 48, 49, 50]),
  ...steps(54, "not deterministic", [25]),
  ...steps(60, "not deterministic", [22, 24, 25, 26, 27, 29, 30, 31, 32, 35]),
  ...steps(61, "not deterministic", [1, 2, 8, 9, 10, 12, 13, 14, 16, 17]),
  ...steps(62, "not deterministic", [30]),
  ...steps(70, "not deterministic", [29]),
  ...steps(71, "not deterministic", [22]),
  ...steps(72, "not deterministic", [6, 7, 8, 9]),
  ...steps(81, "not deterministic", [6, 7, 8]),
  ...steps(84, "not deterministic", [0, 8, 9, 10, 11, 12, 13, 14]),
  ...steps(91, "not deterministic", [43]),

  // Names and sizes of unloaded files; ids and credits of the page's account.
  ...steps(41, "not deterministic", [51]),
  ...steps(91, "not deterministic", [4]),

  // Text that Snowflake refuses as well.
  ...steps(63, "not SQL", [18]),
  ...steps(93, "not SQL", [52, 53]),
  ...steps(94, "not SQL", [27]),

  // What Snowflake did before: || within 16 MB, gaps of an array printed empty.
  ...steps(14, "older behaviour", [33]),

  // Descriptions in SHOW PARAMETERS: Snowflake's prose, which is not copied here.
  ...steps(41, "later work", [41]),

  // Nanoseconds: times hold microseconds here.
  ...steps(54, "later work", [16, 26]),
];
