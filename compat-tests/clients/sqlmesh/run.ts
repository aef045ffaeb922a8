import { join } from "node:path";
import { testPython } from "../kit/python.ts";

const SQLMESH = {
  name: "sqlmesh",
  requirements: ["sqlmesh[snowflake]==0.236.4", "snowflake-connector-python==4.8.1"],
};

await testPython(SQLMESH, join(import.meta.dirname, "main.py"));
