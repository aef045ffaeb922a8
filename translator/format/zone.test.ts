import fc from "fast-check";
import { expect, test } from "vitest";
import { instantToWallClock, isKnownZone, offsetMinutesAt, wallClockToInstant } from "./zone.ts";

const LOS_ANGELES = "America/Los_Angeles";

function micros(iso: string): bigint {
  return BigInt(Date.parse(iso)) * 1000n;
}

test("names are IANA names in their exact case", () => {
  for (const name of [LOS_ANGELES, "UTC", "GMT", "Etc/GMT+8", "US/Pacific", "Asia/Kolkata"]) {
    expect(isKnownZone(name), name).toBe(true);
  }
  for (const name of ["PDT", "EST", "america/los_angeles", "utc", "us/pacific", "+08:00", ""]) {
    expect(isKnownZone(name), name).toBe(false);
  }
});

test("offsets by instant", () => {
  expect(offsetMinutesAt("UTC", 0n)).toBe(0);
  expect(offsetMinutesAt(LOS_ANGELES, micros("2024-01-01T00:00:00Z"))).toBe(-480);
  expect(offsetMinutesAt(LOS_ANGELES, micros("2024-07-01T00:00:00Z"))).toBe(-420);
  expect(offsetMinutesAt("Asia/Kolkata", 0n)).toBe(330);
  expect(offsetMinutesAt(LOS_ANGELES, micros("1850-01-01T00:00:00Z"))).toBe(-472);
});

test("the change of offset is found to the second", () => {
  const change = micros("2024-03-10T10:00:00Z");
  expect(offsetMinutesAt(LOS_ANGELES, change - 1n)).toBe(-480);
  expect(offsetMinutesAt(LOS_ANGELES, change)).toBe(-420);
});

test("a skipped wall clock moves forward, a doubled one is the earlier", () => {
  expect(wallClockToInstant(LOS_ANGELES, micros("2024-03-10T02:30:00Z"))).toBe(
    micros("2024-03-10T03:30:00-07:00"),
  );
  expect(wallClockToInstant(LOS_ANGELES, micros("2024-11-03T01:30:00Z"))).toBe(
    micros("2024-11-03T01:30:00-07:00"),
  );
  expect(wallClockToInstant(LOS_ANGELES, micros("2024-11-03T02:00:00Z"))).toBe(
    micros("2024-11-03T02:00:00-08:00"),
  );
  expect(wallClockToInstant(LOS_ANGELES, micros("2024-03-10T03:00:00Z"))).toBe(
    micros("2024-03-10T03:00:00-07:00"),
  );
});

test("instant to wall clock and back, except in the doubled hour", () => {
  const zones = [LOS_ANGELES, "Europe/London", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.bigInt({ min: micros("1900-01-01T00:00:00Z"), max: micros("2100-01-01T00:00:00Z") }),
      (zone, instant) => {
        const wall = instantToWallClock(zone, instant);
        const back = wallClockToInstant(zone, wall);
        expect(instantToWallClock(zone, back)).toBe(wall);
        expect(back <= instant).toBe(true);
      },
    ),
  );
});
