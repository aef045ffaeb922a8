import { describe, expect, it } from "vitest";
import { offsetAfter, WHOLE_COMMIT } from "./stream-offsets.ts";

const FROM = { commit: 5, version: 9, initial: false, movedAt: 100 };

describe("the offset after a consumption", () => {
  it("is the end of what was consumed", () => {
    expect(offsetAfter({ from: FROM, until: 8 }, 200)).toEqual({
      commit: 8,
      version: WHOLE_COMMIT,
      initial: false,
      movedAt: 200,
    });
  });

  it("is later even when nothing was there to consume, so that the stream does not become stale", () => {
    expect(offsetAfter({ from: FROM, until: 5 }, 200).movedAt).toBe(200);
  });

  it("stays at its place for who consumes the initial rows", () => {
    const from = { ...FROM, initial: true };
    expect(offsetAfter({ from, until: 8 }, 200)).toEqual(FROM);
  });

  it("never moves back", () => {
    expect(offsetAfter({ from: FROM, until: 4 }, 200)).toEqual(FROM);
  });
});
