import { testLibrary } from "../kit/python.ts";

await testLibrary({
  name: "sqlalchemy",
  requirements: [
    "snowflake-sqlalchemy==2.1.0",
    "snowflake-connector-python==5.2.0",
    "sqlalchemy==2.0.58",
    "pandas==2.3.3",
  ],
});
