import { join } from "node:path";
import { testPython } from "../kit/python.ts";

const DBT = {
  name: "dbt",
  requirements: ["dbt-core==1.11.16", "dbt-snowflake==1.11.6", "snowflake-connector-python==4.8.0"],
};

await testPython(DBT, join(import.meta.dirname, "main.py"));
