import { describe, expect, it } from "vitest";
import { must } from "../base/assert.ts";
import type { HostValue } from "../base/host.ts";
import { bytesToHex } from "../format/binary-text.ts";
import { SKETCH_HOST_FUNCTIONS } from "./sketch-host.ts";

function call(name: string, ...args: HostValue[]): HostValue {
  const found = SKETCH_HOST_FUNCTIONS.find((host) => host.name === name);
  return must(found, name).evaluate(...args);
}

function texts(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, i) => String(from + i));
}

function hex(state: HostValue): string {
  return state instanceof Uint8Array ? bytesToHex(state) : "";
}

describe("HyperLogLog states", () => {
  it.each([1, 10, 1000, 20_000, 200_000])("estimates %i different values within 5 %%", (count) => {
    const estimate = Number(call("_sk_hll_estimate", call("_sk_hll", texts(0, count), 12n)));
    expect(Math.abs(estimate - count) / count).toBeLessThan(0.05);
  });

  it("combines to the state of all values", () => {
    const parts = [call("_sk_hll", texts(0, 600), 12n), call("_sk_hll", texts(400, 1000), 12n)];
    const all = call("_sk_hll", texts(0, 1000), 12n);
    expect(call("_sk_hll_combine", parts.map(hex))).toEqual(all);
  });

  it("survives export and import", () => {
    const state = call("_sk_hll", texts(0, 50), 12n);
    expect(call("_sk_hll_import", call("_sk_hll_export", state))).toEqual(state);
  });

  it("refuses states of different precision", () => {
    const states = [call("_sk_hll", ["1"], 12n), call("_sk_hll", ["1"], 10n)].map(hex);
    expect(() => call("_sk_hll_combine", states)).toThrow("Invalid state");
  });
});

describe("MinHash states", () => {
  it("finds the similarity of two sets", () => {
    const states = [texts(0, 1000), texts(500, 1500)].map((values) =>
      String(call("_sk_minhash", values, 512n)),
    );
    expect(Math.abs(Number(call("_sk_similarity", states)) - 1 / 3)).toBeLessThan(0.08);
  });

  it("combines to the state of the union", () => {
    const parts = [texts(0, 50), texts(50, 90)].map((v) => String(call("_sk_minhash", v, 16n)));
    expect(call("_sk_minhash_combine", parts)).toBe(call("_sk_minhash", texts(0, 90), 16n));
  });
});

describe("quantile states", () => {
  it("is exact for few values", () => {
    const state = call("_sk_quantile", texts(0, 11));
    expect(call("_sk_quantile_estimate", state, 0.999)).toBeCloseTo(9.99);
    expect(call("_sk_quantile_estimate", state, 0.5)).toBe(5);
  });

  it("stays near for many", () => {
    const state = String(call("_sk_quantile", texts(0, 100_000)));
    const combined = call("_sk_quantile_combine", [state, state]);
    expect(Number(call("_sk_quantile_estimate", combined, 0.25)) / 25_000).toBeCloseTo(1, 1);
  });
});

describe("top k states", () => {
  it("adds up counts", () => {
    const states = [
      ["1", "2", "1"],
      ["2", "2"],
    ].map((v) => String(call("_sk_top", v, 10n)));
    expect(call("_sk_top_estimate", call("_sk_top_combine", states, 10n), 1n)).toBe("[[2,3]]");
  });
});
