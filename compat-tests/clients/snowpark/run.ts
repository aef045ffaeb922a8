import { testLibrary } from "../kit/python.ts";

await testLibrary({
  name: "snowpark",
  requirements: [
    "snowflake-snowpark-python==1.56.0",
    "snowflake-connector-python[pandas]==4.8.1",
    "pandas==2.3.3",
  ],
});
