import fc from "fast-check";
import { expect, test } from "vitest";
import {
  civilFromDays,
  dayOfWeek,
  dayOfYear,
  daysFromCivil,
  daysInMonth,
  isCivilDate,
  isoDayOfWeek,
  isoWeek,
  joinMicros,
  splitMicros,
} from "./civil.ts";

test("known days", () => {
  expect(daysFromCivil(1970, 1, 1)).toBe(0);
  expect(daysFromCivil(2000, 3, 1)).toBe(11_017);
  expect(daysFromCivil(1969, 12, 31)).toBe(-1);
  expect(civilFromDays(11_016)).toEqual({ year: 2000, month: 2, day: 29 });
});

test("agrees with the JavaScript calendar in both directions", () => {
  fc.assert(
    fc.property(fc.integer({ min: -800_000, max: 3_000_000 }), (days) => {
      const date = new Date(days * 86_400_000);
      const civil = civilFromDays(days);
      expect(civil).toEqual({
        year: date.getUTCFullYear(),
        month: date.getUTCMonth() + 1,
        day: date.getUTCDate(),
      });
      expect(daysFromCivil(civil.year, civil.month, civil.day)).toBe(days);
      expect(dayOfWeek(days)).toBe(date.getUTCDay());
    }),
  );
});

test("months, days of year", () => {
  expect(daysInMonth(2024, 2)).toBe(29);
  expect(daysInMonth(1900, 2)).toBe(28);
  expect(isCivilDate(2023, 2, 29)).toBe(false);
  expect(isCivilDate(2023, 13, 1)).toBe(false);
  expect(dayOfYear(daysFromCivil(2024, 12, 31))).toBe(366);
});

test("ISO weeks: 2017-01-01 is in week 52 of 2016, 2015-12-31 in week 53", () => {
  expect(isoWeek(daysFromCivil(2017, 1, 1))).toEqual({ year: 2016, week: 52 });
  expect(isoWeek(daysFromCivil(2015, 12, 31))).toEqual({ year: 2015, week: 53 });
  expect(isoWeek(daysFromCivil(2018, 12, 31))).toEqual({ year: 2019, week: 1 });
  expect(isoDayOfWeek(daysFromCivil(2017, 1, 1))).toBe(7);
});

test("microseconds split and join", () => {
  expect(splitMicros(-1n)).toEqual({ days: -1, micros: 86_399_999_999 });
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 18n }), (micros) => {
      const { days, micros: ofDay } = splitMicros(micros);
      expect(joinMicros(days, ofDay)).toBe(micros);
    }),
  );
});
