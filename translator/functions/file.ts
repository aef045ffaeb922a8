/** File functions: places of stages and URLs of staged files. https://docs.snowflake.com/en/sql-reference/functions-file */

import { FILE, TEXT } from "../types/types.ts";
import { type FunctionEntry, family, sig } from "./define.ts";

const define = family("file");
const NOTHING = "CAST(NULL AS VARCHAR)";

/** The stage is a constant; the path may come from a row, as that of DIRECTORY(@stage) does. */
function fileFunction(
  name: string,
  summary: string,
  parameters: readonly string[],
  volatile = false,
): FunctionEntry {
  return define(name, {
    doc: name.toLowerCase(),
    summary,
    signatures: parameters.map((text) => sig(text, TEXT, NOTHING, { nullability: "always" })),
    server: true,
    volatile,
  });
}

const STAGE_AND_PATH = "stage const text, path text";

export const FILE_FUNCTIONS: readonly FunctionEntry[] = [
  fileFunction("GET_STAGE_LOCATION", "The URL of a stage", ["stage const text"]),
  fileFunction("GET_ABSOLUTE_PATH", "The URL of a file of a stage", [STAGE_AND_PATH]),
  fileFunction("GET_RELATIVE_PATH", "The path on a stage of a file's URL", [STAGE_AND_PATH]),
  fileFunction("BUILD_STAGE_FILE_URL", "A URL of a file for those who may read the stage", [
    STAGE_AND_PATH,
  ]),
  fileFunction(
    "BUILD_SCOPED_FILE_URL",
    "A URL of a file for a day, without showing where it is",
    [STAGE_AND_PATH],
    true,
  ),
  fileFunction(
    "GET_PRESIGNED_URL",
    "A URL of a file that needs no session, for a time",
    [STAGE_AND_PATH, `${STAGE_AND_PATH}, expiration const integer`],
    true,
  ),
  ...["TO_FILE", "TRY_TO_FILE"].map((name) =>
    define(name, {
      doc: name.toLowerCase(),
      summary: "A FILE that stands for a staged file",
      signatures: ["location text", "metadata variant", STAGE_AND_PATH].map((parameters) =>
        sig(parameters, FILE, NOTHING, { nullability: "always" }),
      ),
      server: true,
      volatile: true,
    }),
  ),
];
