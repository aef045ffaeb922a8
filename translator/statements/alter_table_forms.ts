/** The phrases of ALTER TABLE that have no node of their own. https://docs.snowflake.com/en/sql-reference/sql/alter-table */

import { compileForms } from "./forms.ts";

export const ALTER_TABLE_FORMS = compileForms(`
  DROP CLUSTERING KEY
  DROP ALL ROW ACCESS POLICIES
  SUSPEND RECLUSTER
  RESUME RECLUSTER
  RECLUSTER [MAX_SIZE = <value>] [WHERE <expression>]
  ADD SEARCH OPTIMIZATION [ON <expressions>]
  DROP SEARCH OPTIMIZATION [ON <expressions>]
  SUSPEND SEARCH OPTIMIZATION [ON <expressions>]
  RESUME SEARCH OPTIMIZATION [ON <expressions>]
  {ADD|DROP|MODIFY} DATA METRIC FUNCTION <metrics>
  SET {AGGREGATION|JOIN|PRIVACY} POLICY <name> [FORCE]
  SET AGGREGATION POLICY <name> ENTITY KEY <identifiers> [FORCE]
  SET JOIN POLICY <name> ALLOWED JOIN KEYS <identifiers> [FORCE]
  UNSET {AGGREGATION|JOIN|PRIVACY} POLICY
  DROP STORAGE LIFECYCLE POLICY
  DROP PARTITION LOCATION <text>
  ADD PARTITION ( <options> ) LOCATION <text>
  ADD FILES ( <texts> )
  REMOVE FILES ( <texts> )
  REFRESH [<text>]
  REFRESH COPY SESSION
  SUSPEND
  RESUME
  CONVERT TO MANAGED [<options>]
  ADD PARTITION FIELD <expression>
  DROP PARTITION FIELD <expression>
  REPLACE PARTITION FIELD <expression> WITH <expression>
  SET IMMUTABLE WHERE ( <expression> )
  UNSET IMMUTABLE
  SET REQUIRE USER
  UNSET REQUIRE USER
`);
