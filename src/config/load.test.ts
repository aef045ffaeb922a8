import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type LoadOptions, loadSettings } from "./load.ts";
import { OPTION_NAMES } from "./options.ts";

let directory = "";

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "mockhaus-config-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const load = (options: Omit<LoadOptions, "directory"> = {}) =>
  loadSettings({ environment: {}, ...options, directory });
const file = (name: string, text: string) => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};

describe("precedence", () => {
  test("is the table's default when nothing is given", () => {
    const settings = load();
    expect(settings).toMatchObject({ host: "127.0.0.1", port: 8080, log_level: "info" });
    expect(settings.data).toBeUndefined();
    expect(Object.keys(settings).sort()).toEqual([...OPTION_NAMES].sort());
  });

  test("is flags, then environment, then mockhaus.toml", () => {
    file("mockhaus.toml", 'port = 1\nhost = "a"\nthreads = 2\n');
    const settings = load({
      flags: { port: "3" },
      environment: { MOCKHAUS_PORT: "2", MOCKHAUS_HOST: "b" },
    });
    expect(settings).toMatchObject({ port: 3, host: "b", threads: 2 });
  });

  test("a named file is read instead of mockhaus.toml", () => {
    file("mockhaus.toml", "port = 1\n");
    const other = file("other.toml", "port = 2\n");
    expect(load({ flags: { config: other } }).port).toBe(2);
    expect(load({ environment: { MOCKHAUS_CONFIG: other } }).port).toBe(2);
  });

  test("a variable with _FILE reads its value from a file", () => {
    const secret = file("secret", "s3cret\n");
    expect(load({ environment: { MOCKHAUS_PASSWORD_FILE: secret } }).password).toBe("s3cret");
  });
});

describe("errors", () => {
  const message = (options: Omit<LoadOptions, "directory">) => {
    try {
      load(options);
    } catch (error) {
      return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    }
    return "none";
  };

  test("name a bad value, where it came from, and what it must be", () => {
    expect(message({ flags: { port: "http" } })).toBe(
      'ConfigError: --port: "http" is wrong, it must be a whole number from 0 to 65535',
    );
    expect(message({ environment: { MOCKHAUS_LOG_LEVEL: "loud" } })).toBe(
      'ConfigError: MOCKHAUS_LOG_LEVEL: "loud" is wrong, it must be one of trace, debug, info, warn, error, silent',
    );
    expect(message({ environment: { MOCKHAUS_MEMORY_LIMIT: "much" } })).toContain(
      "a size such as 512MB",
    );
    expect(message({ environment: { MOCKHAUS_URL: "localhost:8080" } })).toContain("an address");
    expect(message({ environment: { MOCKHAUS_HOST: "" } })).toContain("an address of this machine");
  });

  test("suggest the variable that was meant", () => {
    expect(message({ environment: { MOCKHAUS_PROT: "1" } })).toBe(
      "ConfigError: unknown environment variable MOCKHAUS_PROT; did you mean MOCKHAUS_PORT?",
    );
    expect(message({ environment: { MOCKHAUS_DATA_DIR: "x" } })).toContain(
      "did you mean MOCKHAUS_DATA?",
    );
    expect(message({ environment: { MOCKHAUS_ZEBRA_STRIPES: "x" } })).toBe(
      "ConfigError: unknown environment variable MOCKHAUS_ZEBRA_STRIPES",
    );
  });

  test("name the file's line, key and type", () => {
    const bad = file("bad.toml", "port = \n");
    expect(message({ flags: { config: bad } })).toContain(`${bad} line 1: `);
    const unknown = file("unknown.toml", "ports = 1\n");
    expect(message({ flags: { config: unknown } })).toBe(
      `ConfigError: unknown key ports in ${unknown}; did you mean port?`,
    );
    const typed = file("typed.toml", "port = true\n");
    expect(message({ flags: { config: typed } })).toContain(`port in ${typed} must be a whole`);
    const nested = file("nested.toml", 'config = "x"\n');
    expect(message({ flags: { config: nested } })).toContain(`unknown key config in ${nested}`);
    expect(message({ flags: { config: join(directory, "none.toml") } })).toContain("--config: ");
  });

  test("do not show a password", () => {
    expect(message({ environment: { MOCKHAUS_PASSWORD: " " } })).not.toContain('"');
  });

  test("a variable and its _FILE form exclude each other", () => {
    const environment = { MOCKHAUS_PORT: "1", MOCKHAUS_PORT_FILE: file("port", "2") };
    expect(message({ environment })).toContain("both set");
  });
});

test("what Kubernetes sets for a service called mockhaus is not an option", () => {
  const environment = {
    MOCKHAUS_PORT: "tcp://10.0.0.1:8080",
    MOCKHAUS_PORT_8080_TCP: "tcp://10.0.0.1:8080",
    MOCKHAUS_PORT_8080_TCP_ADDR: "10.0.0.1",
    MOCKHAUS_SERVICE_HOST: "10.0.0.1",
    MOCKHAUS_SERVICE_PORT_HTTP: "8080",
  };
  expect(load({ environment }).port).toBe(8080);
});
