import { expect, test } from "vitest";
import { completed, gapsIn, type Lock, platformless, platformOf } from "./lockfile.ts";
import { declaredByInstalled, readLock } from "./lockfile-on-disk.ts";

const engine = "node_modules/@duckdb/node-bindings";
const lock: Lock = {
  packages: {
    "": { version: "1.0.0" },
    [engine]: {
      version: "1.5.5",
      optionalDependencies: { "@duckdb/b-linux-x64": "1.5.5", "@duckdb/b-darwin-arm64": "1.5.5" },
    },
    "node_modules/@duckdb/b-linux-x64": { version: "1.5.5", optional: true, os: ["linux"] },
  },
};

test("this repository's lock names every platform package that a dependency declares", () => {
  const real = readLock();
  expect(gapsIn(real, declaredByInstalled(real))).toEqual([]);
  expect(platformless(real)).toEqual([]);
});

test("this repository's lock names the engine for the systems that people use", () => {
  const names = Object.keys(readLock().packages);
  for (const platform of ["darwin-arm64", "darwin-x64", "linux-arm64", "linux-x64", "win32-x64"]) {
    expect(names).toContain(`${engine}-${platform}`);
  }
});

test("a package left out is a gap", () => {
  expect(gapsIn(lock, {})).toEqual([
    {
      declaredBy: engine,
      name: "@duckdb/b-darwin-arm64",
      wanted: "1.5.5",
      found: undefined,
    },
  ]);
});

test("another version than the declared one is a gap", () => {
  const packages = {
    ...lock.packages,
    "node_modules/@duckdb/b-darwin-arm64": { version: "1.5.4", optional: true, os: ["darwin"] },
  };
  expect(gapsIn({ packages }, {})).toMatchObject([{ wanted: "1.5.5", found: "1.5.4" }]);
});

test("a declaration that only the installed package shows counts", () => {
  const declared = { [engine]: { optionalDependencies: { "@duckdb/b-win32-x64": "1.5.5" } } };
  expect(gapsIn(lock, declared).map(({ name }) => name)).toContain("@duckdb/b-win32-x64");
});

test("a nested package of the declared version fills the gap", () => {
  const packages = {
    ...lock.packages,
    [`${engine}/node_modules/@duckdb/b-darwin-arm64`]: { version: "1.5.5", os: ["darwin"] },
  };
  expect(gapsIn({ packages }, {})).toEqual([]);
});

test("completing leaves no gap and keeps what was there", () => {
  const full = completed(lock, gapsIn(lock, {}));
  expect(gapsIn(full, {})).toEqual([]);
  expect(full.packages["node_modules/@duckdb/b-darwin-arm64"]).toEqual({
    version: "1.5.5",
    cpu: ["arm64"],
    optional: true,
    os: ["darwin"],
  });
  expect(full.packages).toMatchObject(lock.packages);
});

test.each([
  ["@biomejs/cli-linux-x64", { os: ["linux"], cpu: ["x64"], libc: ["glibc"] }],
  ["@biomejs/cli-linux-x64-musl", { os: ["linux"], cpu: ["x64"], libc: ["musl"] }],
  ["@oxc-parser/binding-linux-arm-musleabihf", { os: ["linux"], cpu: ["arm"], libc: ["musl"] }],
  ["@oxc-parser/binding-win32-ia32-msvc", { os: ["win32"], cpu: ["ia32"] }],
  ["@oxc-parser/binding-android-arm-eabi", { os: ["android"], cpu: ["arm"] }],
])("the platform of %s is told by its name", (name, platform) => {
  expect(platformOf(name, ["@biomejs/cli-linux-x64-musl"])).toEqual(platform);
});

test("a name that tells no platform is refused", () => {
  expect(() => platformOf("fsevents", [])).toThrow("does not tell a system and a processor");
});
