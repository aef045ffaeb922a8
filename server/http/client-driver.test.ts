import { describe, expect, test } from "vitest";
import { clientDriver } from "./client-driver.ts";

describe("the driver below a library", () => {
  test("a driver that names itself", () => {
    expect(clientDriver("Go", "1.2.3", "Go/1.2.3 (linux-amd64) gc/go1.23")).toEqual({
      name: "Go",
      version: "1.2.3",
    });
    expect(clientDriver("JDBC", "4.0.0", undefined)).toEqual({ name: "JDBC", version: "4.0.0" });
  });

  test("a library on the classic Python connector", () => {
    const agent = "PythonConnector/4.8.1 (Linux-6.1-x86_64) CPython/3.11.7";
    expect(clientDriver("PythonSnowpark", "1.56.0", agent)).toEqual({
      name: "PythonConnector",
      version: "4.8.1",
    });
  });

  test("a library on the Python connector 5, which gives the library's name", () => {
    const agent = "SnowflakeSQLAlchemy/2.1.0 (linux-x86_64) CPython/3.11.7";
    expect(clientDriver("SnowflakeSQLAlchemy", "2.1.0", agent)).toEqual({
      name: "PythonConnector",
      version: "5",
    });
  });
});
