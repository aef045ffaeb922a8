import { testLibrary } from "../kit/python.ts";

await testLibrary({
  name: "snowpipe",
  // The library does not import with the connector from 5 on.
  requirements: ["snowflake-ingest==1.0.13", "snowflake-connector-python==4.8.1"],
});
