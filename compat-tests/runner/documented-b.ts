/**
 * Documentation examples of the files from snowflake_split_91.sql on that do not give what their page prints, and why.
 * Labels are the runner's: `documentation/<file>#<index of the step>`.
 */

import { type Reason, steps } from "./documented-steps.ts";

export const DOCUMENTED_REASONS_B: readonly (readonly [string, Reason])[] = [
  // Tables, functions, settings and account objects that the page names and does not make.
  ...steps(114, "set-up elsewhere", [20]),
  ...steps(120, "set-up elsewhere", [59, 60]),
  ...steps(121, "set-up elsewhere", [14, 15, 16, 17, 19, 20, 21]),
  ...steps(122, "set-up elsewhere", [6]),
  ...steps(124, "set-up elsewhere", [57, 61, 63]),
  ...steps(130, "set-up elsewhere", [42]),
  ...steps(131, "set-up elsewhere", [58, 59, 60, 62, 63, 67]),
  ...steps(133, "set-up elsewhere", [0]),
  ...steps(134, "set-up elsewhere", [7, 14, 19, 21, 81]),
  ...steps(140, "set-up elsewhere", [1]),
  ...steps(142, "set-up elsewhere", [25, 42]),
  ...steps(143, "set-up elsewhere", [35]),
  ...steps(144, "set-up elsewhere", [94]),
  ...steps(161, "set-up elsewhere", [62, 63]),
  ...steps(162, "set-up elsewhere", [41, 43, 44, 45, 46, 48, 49, 50]),
  ...steps(164, "set-up elsewhere", [1, 2, 3]),
  ...steps(172, "set-up elsewhere", [27, 61]),
  ...steps(181, "set-up elsewhere", [33]),
  ...steps(183, "set-up elsewhere", [26]),
  ...steps(184, "set-up elsewhere", [23]),
  ...steps(192, "set-up elsewhere", [16, 17]),
  ...steps(203, "set-up elsewhere", [27]),
  ...steps(204, "set-up elsewhere", [17]),
  ...steps(214, "set-up elsewhere", [0]),
  ...steps(222, "set-up elsewhere", [43, 44, 45]),
  ...steps(223, "set-up elsewhere", [0, 1, 2, 14]),

  // Files that a person stages, stages of other pages; rows that belong to a query on staged files.
  ...steps(131, "set-up elsewhere", [16]),
  ...steps(141, "set-up elsewhere", [13]),
  ...steps(143, "set-up elsewhere", [38, 44]),
  ...steps(144, "set-up elsewhere", [22, 24, 26, 31]),
  ...steps(184, "set-up elsewhere", [24]),

  // Container services, applications, shares, replication, search optimization, models and classes of Snowflake.
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
  ...steps(202, "cloud service", [2]),

  // Column names or cells that the page prints cut or of another call, rows parted at line ends.
  ...steps(92, "abridged output", [42, 50]),
  ...steps(114, "abridged output", [16]),
  ...steps(124, "abridged output", [58]),
  ...steps(133, "abridged output", [21]),
  ...steps(173, "abridged output", [50]),
  ...steps(174, "abridged output", [7]),
  ...steps(184, "abridged output", [20]),

  // Times, ids, names of the page's account, random values.
  ...steps(91, "not deterministic", [43]),
  ...steps(104, "not deterministic", [8]),
  ...steps(114, "not deterministic", [17, 18, 19, 22, 30]),
  ...steps(132, "not deterministic", [16]),
  ...steps(134, "not deterministic", [79]),
  ...steps(142, "not deterministic", [23, 24]),
  ...steps(143, "not deterministic", [37, 42, 43]),
  ...steps(163, "not deterministic", [8, 9, 11]),
  ...steps(173, "not deterministic", [26, 41, 52, 53, 55]),
  ...steps(190, "not deterministic", [48, 50, 51]),
  ...steps(191, "not deterministic", [28]),
  ...steps(194, "not deterministic", [37]),

  // DESCRIBE and SHOW with the columns of earlier releases.
  ...steps(131, "older behaviour", [13]),

  // Backquotes and fragments.
  ...steps(110, "not SQL", [43]),

  // Stages and what they load, streams, tasks, policies and tags, Python and Java, partitions of table functions.
  ...steps(91, "later work", [4, 20]),
  ...steps(100, "later work", [22, 23, 27]),
  ...steps(102, "later work", [18]),
  ...steps(103, "later work", [28, 30, 33, 36]),
  ...steps(104, "later work", [9]),
  ...steps(110, "later work", [41, 42, 44]),
  ...steps(133, "later work", [23]),
  ...steps(160, "later work", [18, 20]),
  ...steps(170, "later work", [14]),
  ...steps(174, "later work", [11, 12, 18, 23, 25, 29, 34]),
  ...steps(181, "later work", [2, 7, 31, 32, 35]),
  ...steps(182, "later work", [48, 49]),
  ...steps(184, "later work", [21, 31]),
  ...steps(220, "later work", [7]),
];
