/**
 * Documentation examples of the files up to snowflake_split_90.sql that do not give what their page prints, and why.
 * Labels are the runner's: `documentation/<file>#<index of the step>`.
 */

import { type Reason, steps } from "./documented-steps.ts";

export const DOCUMENTED_REASONS_A: readonly (readonly [string, Reason])[] = [
  // Tables that the page names and does not make.
  ...steps(2, "set-up elsewhere", [18, 19, 20]),
  ...steps(3, "set-up elsewhere", [25, 90, 91]),
  ...steps(13, "set-up elsewhere", [51, 52]),
  ...steps(20, "set-up elsewhere", [43]),
  ...steps(23, "set-up elsewhere", [35]),
  ...steps(31, "set-up elsewhere", [41, 42, 43, 44]),
  ...steps(34, "set-up elsewhere", [45]),
  ...steps(54, "set-up elsewhere", [41]),
  ...steps(60, "set-up elsewhere", [6]),
  ...steps(64, "set-up elsewhere", [18]),
  ...steps(73, "set-up elsewhere", [24]),
  ...steps(81, "set-up elsewhere", [14, 15]),
  ...steps(83, "set-up elsewhere", [23, 39]),
  // Variables and values that a client binds.
  ...steps(41, "set-up elsewhere", [0, 16]),

  // Sample shares, Cortex, container services, data metrics, privacy, Iceberg files, notifications.
  ...steps(13, "cloud service", [5, 6, 8]),
  ...steps(33, "cloud service", [20, 21, 22]),
  ...steps(60, "cloud service", [3, 4, 5]),
  ...steps(63, "cloud service", [35, 36, 37, 40, 41, 42]),
  ...steps(64, "cloud service", [0, 1, 2, 3, 13, 14]),
  ...steps(72, "cloud service", [23, 24, 25]),
  ...steps(81, "cloud service", [11]),
  ...steps(90, "cloud service", [31]),

  // Column names or cells that the page prints cut or of another call, rows parted at line ends.
  ...steps(3, "abridged output", [22]),
  ...steps(24, "abridged output", [0]),
  ...steps(40, "abridged output", [6, 36]),
  ...steps(42, "abridged output", [62]),
  ...steps(51, "abridged output", [13, 15, 19]),
  ...steps(52, "abridged output", [14]),
  ...steps(54, "abridged output", [54]),
  ...steps(61, "abridged output", [4]),

  // Files that a person stages, and what is loaded of them.
  ...steps(10, "set-up elsewhere", [3, 4, 5, 7, 8]),
  ...steps(11, "set-up elsewhere", [37, 38, 39, 42, 43, 44, 45, 46]),
  ...steps(12, "set-up elsewhere", [4, 5, 6, 20, 21, 22, 23, 24, 26, 28, 32, 58]),
  ...steps(33, "set-up elsewhere", [13]),
  // Scripting blocks, procedures and functions in JavaScript and SQL.
  ...steps(42, "later work", [5]),
  // Descriptions of parameters; LOCK_WAIT_HISTORY.
  ...steps(41, "later work", [41, 51]),
  // Nanoseconds: timestamps hold microseconds here.
  ...steps(54, "later work", [16, 26]),

  // Times, ids, names of the page's own account and session.
  ...steps(13, "not deterministic", [40]),
  ...steps(20, "not deterministic", [3, 31]),
  ...steps(41, "not deterministic", [47, 48, 49, 50]),
  ...steps(54, "not deterministic", [25]),
  ...steps(60, "not deterministic", [22, 24, 25, 26, 27, 29, 30, 31, 32, 35]),
  ...steps(61, "not deterministic", [1, 2, 8, 9, 10, 12, 13, 14, 16, 17]),
  ...steps(62, "not deterministic", [30]),
  ...steps(81, "not deterministic", [6]),
  ...steps(84, "not deterministic", [0]),
  // Values of Snowflake's own hash and random generators.
  ...steps(72, "not deterministic", [6, 7, 8, 9]),
  ...steps(81, "not deterministic", [7, 8]),
  ...steps(84, "not deterministic", [8, 9, 10, 11, 12, 13, 14]),

  // A CTE that is no query.
  ...steps(63, "not SQL", [18]),
  // || gave VARCHAR(16777216) before texts could be longer.
  ...steps(14, "older behaviour", [33]),
];
