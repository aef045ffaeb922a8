import fc from "fast-check";
import { expect, test } from "vitest";
import { civilFromDays, daysFromCivil } from "./civil.ts";
import {
  dateToText,
  textToDate,
  textToTime,
  textToTimestamp,
  timestampLtzToText,
  timestampNtzToText,
  timestampTzToText,
  timeToText,
} from "./convert.ts";

const CONTEXT = { timeZone: "America/Los_Angeles", twoDigitCenturyStart: 1970 };
const NTZ_FORMAT = "YYYY-MM-DD HH24:MI:SS.FF3";
const TZ_FORMAT = "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM";

function date(text: string, format = "AUTO"): string {
  return dateToText(textToDate(text, format, CONTEXT), "YYYY-MM-DD");
}

function ntz(text: string, format = "AUTO"): string {
  return timestampNtzToText(textToTimestamp(text, format, "ntz", CONTEXT).micros, NTZ_FORMAT);
}

function ltz(text: string, format = "AUTO"): string {
  const { micros } = textToTimestamp(text, format, "ltz", CONTEXT);
  return timestampLtzToText(micros, CONTEXT.timeZone, TZ_FORMAT);
}

function tz(text: string, format = "AUTO"): string {
  const { micros, offsetMinutes } = textToTimestamp(text, format, "tz", CONTEXT);
  return timestampTzToText(micros, offsetMinutes ?? Number.NaN, TZ_FORMAT);
}

function time(text: string, format = "AUTO"): string {
  return timeToText(textToTime(text, format, CONTEXT), "HH24:MI:SS.FF6");
}

// The examples of the documentation's table "Supported formats for AUTO detection".
test.each([
  ["2013-04-28", "2013-04-28 00:00:00.000"],
  ["17-DEC-1980", "1980-12-17 00:00:00.000"],
  ["12/17/1980", "1980-12-17 00:00:00.000"],
  ["2013-04-28T20:57:01.123456789+07:00", "2013-04-28 20:57:01.123"],
  ["2013-04-28 20:57:01.123456789+07:00", "2013-04-28 20:57:01.123"],
  ["2013-04-28 20:57:01.123456789+07", "2013-04-28 20:57:01.123"],
  ["2013-04-28 20:57:01.123456789 +07:00", "2013-04-28 20:57:01.123"],
  ["2013-04-28 20:57:01.123456789 +0700", "2013-04-28 20:57:01.123"],
  ["2013-04-28 20:57:01 +07:00", "2013-04-28 20:57:01.000"],
  ["2013-04-28 20:57:01 +0700", "2013-04-28 20:57:01.000"],
  ["2013-04-28T20:57:01.123456", "2013-04-28 20:57:01.123"],
  ["2013-04-28T20:57", "2013-04-28 20:57:00.000"],
  ["2013-04-28 20", "2013-04-28 20:00:00.000"],
  ["2013-04-28T20", "2013-04-28 20:00:00.000"],
  ["2013-04-28T20:57:01-07:00", "2013-04-28 20:57:01.000"],
  ["2013-04-28 20:57:01-07", "2013-04-28 20:57:01.000"],
  ["2013-04-28T20:57+07:00", "2013-04-28 20:57:00.000"],
  ["Thu, 21 Dec 2000 16:01:07 +0200", "2000-12-21 16:01:07.000"],
  ["Thu, 21 Dec 2000 16:01:07.123456789 +0200", "2000-12-21 16:01:07.123"],
  ["Thu, 21 Dec 2000 04:01:07 PM +0200", "2000-12-21 16:01:07.000"],
  ["Thu, 21 Dec 2000 04:01:07.123456789 PM +0200", "2000-12-21 16:01:07.123"],
  ["Thu, 21 Dec 2000 16:01:07", "2000-12-21 16:01:07.000"],
  ["Thu, 21 Dec 2000 04:01:07 PM", "2000-12-21 16:01:07.000"],
  ["2/18/2008 02:36:48", "2008-02-18 02:36:48.000"],
  ["Mon Jul 08 18:09:51 +0000 2013", "2013-07-08 18:09:51.000"],
  ["1487654321", "2017-02-21 05:18:41.000"],
  ["1487654321321", "2017-02-21 05:18:41.321"],
  ["31536000000", "1971-01-01 00:00:00.000"],
  ["31536000000000", "1971-01-01 00:00:00.000"],
  ["31536000000000000", "1971-01-01 00:00:00.000"],
  ["05-Mar-2016", "2016-03-05 00:00:00.000"],
])("AUTO timestamp %s", (text, expected) => {
  expect(ntz(text)).toBe(expected);
});

test("AUTO date", () => {
  expect(date("03-April-2024")).toBe("2024-04-03");
  expect(date("2024-05-09 14:32:29.135 -0700")).toBe("2024-05-09");
  expect(date("31536000000000")).toBe("1971-01-01");
  for (const text of ["aaa", "2024/05/10", "05/16", "2023-02-29", "", "01-02-2019"]) {
    expect(() => date(text), text).toThrow(`Date '${text}' is not recognized`);
  }
});

test("AUTO time", () => {
  expect(time("20:57:01.123456789+07:00")).toBe("20:57:01.123456");
  expect(time("20:57")).toBe("20:57:00.000000");
  expect(time("07:57:01.123456789 AM")).toBe("07:57:01.123456");
  expect(time("04:01:07 PM")).toBe("16:01:07.000000");
  expect(time("12:01 AM")).toBe("00:01:00.000000");
  expect(time("31536002400")).toBe("00:00:02.400000");
  expect(time("31536004900000000")).toBe("00:00:04.900000");
  for (const text of ["24:00:00", "10:60", "10:10:60", "x"]) {
    expect(() => time(text), text).toThrow(`Time '${text}' is not recognized`);
  }
});

test("what follows the offset rules only", () => {
  for (const text of [
    "2021-02-11T13:27:09.000+0000",
    "2013-04-28 20:57:01.1 07",
    "2013-04-28 20+07",
  ]) {
    expect(() => ntz(text), text).toThrow(`Timestamp '${text}' is not recognized`);
  }
});

test("offsets: NTZ drops, LTZ takes the instant, TZ keeps", () => {
  expect(ntz("2024-01-02 16:00:00 +00:00")).toBe("2024-01-02 16:00:00.000");
  expect(ltz("2024-01-02 16:00:00 +00:00")).toBe("2024-01-02 08:00:00.000 -0800");
  expect(tz("2024-01-02 16:00:00 +00:00")).toBe("2024-01-02 16:00:00.000 +0000");
  expect(tz("2024-04-05 01:02:03")).toBe("2024-04-05 01:02:03.000 -0700");
  expect(ltz("2024-01-02T16:00:00Z")).toBe("2024-01-02 08:00:00.000 -0800");
  expect(ltz("0")).toBe("1969-12-31 16:00:00.000 -0800");
});

test("formats", () => {
  expect(tz("04/05/2024 01:02:03", "mm/dd/yyyy hh24:mi:ss")).toBe("2024-04-05 01:02:03.000 -0700");
  expect(tz("04/05/2024 01:02:03", "dd/mm/yyyy hh24:mi:ss")).toBe("2024-05-04 01:02:03.000 -0700");
  expect(date("2024.05.10", "YYYY.MM.DD")).toBe("2024-05-10");
  expect(date("2024-05-10", "AUTO")).toBe("2024-05-10");
  expect(date("12-jan-2024 00:00:00", "dd-mon-yyyy hh:mi:ss")).toBe("2024-01-12");
  expect(time("11.15.00", "HH24.MI.SS")).toBe("11:15:00.000000");
  expect(ntz("20240510T010203", 'YYYYMMDD"T"HH24MISS')).toBe("2024-05-10 01:02:03.000");
  expect(ntz("2026-01-02T03:04:05 EST", "YYYY-MM-DDTHH24:MI:SS EST")).toBe(
    "2026-01-02 03:04:05.000",
  );
  expect(ntz("2019-02-28 23:59:59.000000000 -07:00", "YYYY-MM-DDHH24:MI:SS.FF TZH:TZM")).toBe(
    "2019-02-28 23:59:59.000",
  );
  expect(ltz("2019-02-28 23:59:59Z", "YYYY-MM-DD HH24:MI:SSTZH:TZM")).toBe(
    "2019-02-28 15:59:59.000 -0800",
  );
  expect(() => ntz("2019-02-2823:59:59 -07:00", "YYYY-MM-DD HH24:MI:SS TZH:TZM")).toThrow(
    "Can't parse '2019-02-2823:59:59 -07:00' as timestamp with format 'YYYY-MM-DD HH24:MI:SS TZH:TZM'",
  );
  expect(() => date("x", "YYYY")).toThrow("Can't parse 'x' as date with format 'YYYY'");
  expect(() => time("10:00 PM", "HH24:MI PM")).toThrow("Can't parse");
});

test("two-digit years follow TWO_DIGIT_CENTURY_START", () => {
  const context = { ...CONTEXT, twoDigitCenturyStart: 1980 };
  const year = (text: string) => civilFromDays(textToDate(text, "YY-MM-DD", context)).year;
  expect(year("79-01-01")).toBe(2079);
  expect(year("80-01-01")).toBe(1980);
  const days = daysFromCivil(2005, 3, 4);
  expect(dateToText(days, "Y MO D")).toBe("5 3 4");
  expect(dateToText(daysFromCivil(1991, 3, 4), "Y")).toBe("91");
});

test("printing", () => {
  const micros = textToTimestamp("2024-04-05 01:02:03", "AUTO", "ntz", CONTEXT).micros;
  expect(timestampNtzToText(micros, "mm/dd/yyyy, hh24:mi hours")).toBe("04/05/2024, 01:02 hours");
  expect(timestampNtzToText(micros, 'HH12:MI AM "o""clock" P')).toBe('01:02 AM o"clock A');
  expect(timestampNtzToText(micros, "HH24:MI TZH:TZM")).toBe("01:02 Z");
  expect(timestampNtzToText(micros, "SS.FF0|FF|FF9")).toBe("03.|000000000|000000000");
  expect(timestampTzToText(0n, -150, "HH24:MI TZH:TZM")).toBe("21:30 -02:30");
  expect(dateToText(textToDate("2024-05-10", "AUTO", CONTEXT), "DD-MON-YYYY DY MMMM")).toBe(
    "10-May-2024 Fri May",
  );
  expect(dateToText(daysFromCivil(-4, 1, 1), "UUUU-MM-DD")).toBe("-0004-01-01");
  expect(dateToText(textToDate("2024-07-23", "AUTO", CONTEXT), "dd-mon-yyyy hh:mi:ss")).toBe(
    "23-Jul-2024 00:00:00",
  );
});

test("what a model prints it parses back", () => {
  const models = [
    "YYYY-MM-DD HH24:MI:SS.FF6",
    "DD-MON-YYYY HH12:MI:SS.FF AM",
    "DY, DD MMMM YYYY H24:ME:S.FF",
    'YYYYMMDD"T"HH24MISSFF6',
    "MO/D/UUUU H12:MI:SS.FF9 P",
  ];
  const start = BigInt(daysFromCivil(1, 1, 1)) * 86_400_000_000n;
  const end = BigInt(daysFromCivil(10_000, 1, 1)) * 86_400_000_000n;
  fc.assert(
    fc.property(
      fc.constantFrom(...models),
      fc.bigInt({ min: start, max: end - 1n }),
      (model, micros) => {
        const text = timestampNtzToText(micros, model);
        expect(textToTimestamp(text, model, "ntz", CONTEXT).micros).toBe(micros);
      },
    ),
  );
});

test("a printed TZ value is the same instant with the same offset", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 4_000_000_000_000_000n }),
      fc.integer({ min: -12 * 60, max: 14 * 60 }),
      (micros, offsetMinutes) => {
        const text = timestampTzToText(micros, offsetMinutes, "YYYY-MM-DD HH24:MI:SS.FF TZHTZM");
        const value = textToTimestamp(text, "AUTO", "tz", CONTEXT);
        expect(value).toEqual({ micros, nanos: 0, offsetMinutes });
      },
    ),
  );
});
