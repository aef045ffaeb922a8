/** The text of a semi-structured file, with bytes that are no UTF-8 replaced or refused. */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { FileFormat } from "../file-format.ts";
import { hasInvalidBytes, readText, replaceInvalidBytes, showInvalidBytes } from "./text.ts";

/** Characters around the first bad byte that the message shows. */
const SHOWN = 40;

/** @throws 100144 unless IGNORE_UTF8_ERRORS or REPLACE_INVALID_CHARACTERS is set */
export async function* checkedText(
  bytes: AsyncIterable<Buffer>,
  format: FileFormat,
): AsyncGenerator<string> {
  const replace = format.flag("IGNORE_UTF8_ERRORS") || format.flag("REPLACE_INVALID_CHARACTERS");
  for await (const piece of readText(bytes, "UTF8", format.flag("SKIP_BYTE_ORDER_MARK"))) {
    if (replace) yield replaceInvalidBytes(piece);
    else if (hasInvalidBytes(piece)) throw invalid(piece);
    else yield piece;
  }
}

function invalid(piece: string): Error {
  const shown = showInvalidBytes(piece);
  const at = shown.search(/0x[89A-F][0-9A-F]/);
  const value = shown.slice(Math.max(0, at - SHOWN), at + SHOWN);
  return snowflakeError("invalidUtf8", { value });
}
