/** How dates and times inside a VARIANT print, from a session's parameters. */

import type { PrintOptions, VariantFormats } from "../../translator/variant/print.ts";
import { variantSession } from "../../translator/variant/session.ts";
import type { SessionParameters } from "../session/parameters.ts";

/** The output formats of a session, for printVariant. */
export function variantFormats(parameters: SessionParameters): VariantFormats {
  return variantSession(variantSessionText(parameters)).formats;
}

/** How a session's results show VARIANT values. */
export function displayOptions(parameters: SessionParameters): PrintOptions {
  return variantSession(variantSessionText(parameters)).display;
}

/**
 * The same as the argument of host functions (translator/variant/session.ts). An empty TIMESTAMP_x_OUTPUT_FORMAT
 * means TIMESTAMP_OUTPUT_FORMAT.
 * https://docs.snowflake.com/en/sql-reference/date-time-input-output
 */
export function variantSessionText(parameters: SessionParameters): string {
  const timestamp = (flavor: string): string => {
    const own = parameters.text(`TIMESTAMP_${flavor}_OUTPUT_FORMAT`);
    return own === "" ? parameters.text("TIMESTAMP_OUTPUT_FORMAT") : own;
  };
  return JSON.stringify({
    date: parameters.text("DATE_OUTPUT_FORMAT"),
    time: parameters.text("TIME_OUTPUT_FORMAT"),
    ntz: timestamp("NTZ"),
    ltz: timestamp("LTZ"),
    tz: timestamp("TZ"),
    zone: parameters.text("TIMEZONE"),
    century: parameters.get("TWO_DIGIT_CENTURY_START"),
    indent: parameters.get("JSON_INDENT"),
    strict: parameters.get("STRICT_JSON_OUTPUT"),
  });
}
