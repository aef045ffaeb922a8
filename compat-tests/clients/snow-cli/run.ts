import { testLibrary } from "../kit/python.ts";

await testLibrary({
  name: "snow-cli",
  requirements: ["snowflake-cli==3.24.1", "snowflake-core==1.10.0"],
});
