/**
 * Objects that need Snowflake's cloud: they parse here and are refused by name at execution.
 * https://docs.snowflake.com/en/sql-reference/commands-snowpark-container-services
 */

import type { ObjectKind } from "./object_kinds.ts";
import type { SpecText } from "./spec_text.ts";

const VERSIONED_ALTER = `
  ADD LIVE VERSION [<word>] FROM LAST
  ADD LIVE VERSION [<word>] FROM VERSION <rest>
  ADD VERSION [IF NOT EXISTS] [<name>] FROM <stage> [<options>]
  ADD VERSION FROM <stage> [<options>]
  COMMIT [VERSION <word>]
  PUSH [TO <value>] [<options>]
  ABORT
  PULL
  SET VERSIONS <rest>
  DROP LIVE VERSION
  DROP VERSION <name>
  UNSET DEFAULT_VERSION
`;

const FROM_STAGE = `
  FROM <stage>
  FROM <value>
`;

export const CLOUD_SPECS: Readonly<Partial<Record<ObjectKind, SpecText>>> = {
  SERVICE: {
    properties: "any",
    create: `
      IN COMPUTE POOL <name>
      FROM SPECIFICATION <text>
      FROM <stage>
      FROM SPECIFICATION_TEMPLATE <text>
      USING <arguments>
      FROM SPECIFICATION_FILE = <value>
      FROM SPECIFICATION_TEMPLATE_FILE = <value>
    `,
    alter: `
      SUSPEND
      RESUME
      FROM SPECIFICATION <text>
      FROM SPECIFICATION_TEMPLATE <text> [USING <arguments>]
      FROM <stage> <rest>
      RESTORE VOLUME <rest>
    `,
  },
  "JOB SERVICE": { properties: "any" },
  "COMPUTE POOL": {
    properties: `
      FOR MIN_NODES MAX_NODES INSTANCE_FAMILY AUTO_RESUME INITIALLY_SUSPENDED AUTO_SUSPEND_SECS
      PLACEMENT_GROUP
    `,
    create: "FOR APPLICATION <name>",
    alter: `
      SUSPEND
      RESUME
      STOP ALL
    `,
  },
  "IMAGE REPOSITORY": { properties: "ENCRYPTION" },
  GATEWAY: {
    properties: "any",
    create: "FROM SPECIFICATION <text>",
    alter: "FROM SPECIFICATION <text>",
  },
  SNAPSHOT: { properties: "any", create: "FROM SERVICE <name> VOLUME <value> INSTANCE <value>" },
  "APPLICATION SERVICE": { properties: "any" },
  "OPENFLOW CONNECTOR": { properties: "any", create: "FROM <rest>", alter: "START\nSTOP" },
  "OPENFLOW DEPLOYMENT": { properties: "any", alter: "START\nSTOP" },
  "OPENFLOW RUNTIME": { properties: "any", alter: "START\nSTOP\nSUSPEND\nRESUME" },
  "POSTGRES INSTANCE": {
    properties: "any",
    create: "AS REPLICA OF <name>\nFORK <name> [<time_travel>]",
    alter: "SUSPEND\nRESUME\nRESET ACCESS FOR <value>",
  },
  MODEL: {
    properties: "any",
    create: `
      WITH VERSION <name> FROM MODEL <name> [VERSION <name>]
      WITH VERSION <name> FROM <stage>
      FROM MODEL <name> [VERSION <name>]
      FROM <stage>
    `,
    alter: `
      ADD VERSION <name> FROM MODEL <name> [VERSION <name>]
      ADD VERSION <name> FROM <stage>
      DROP VERSION <name>
      VERSION <name> SET ALIAS = <value>
      VERSION <name> UNSET ALIAS
      VERSION <name> UNSET METADATA
      VERSION <name> SET TAG <tags>
      VERSION <name> UNSET TAG <names>
      VERSION <name> SET <options>
      MODIFY VERSION <name> SET <options>
    `,
  },
  "MODEL MONITOR": { properties: "any", alter: "SUSPEND\nRESUME\nADD <rest>\nDROP <rest>" },
  DATASET: { properties: "any", alter: "ADD VERSION <value> FROM <rest>\nDROP VERSION <value>" },
  EXPERIMENT: { properties: "any", create: FROM_STAGE, alter: VERSIONED_ALTER },
  NOTEBOOK: { properties: "any", create: FROM_STAGE, alter: VERSIONED_ALTER },
  "NOTEBOOK PROJECT": { properties: "any", create: FROM_STAGE, alter: VERSIONED_ALTER },
  STREAMLIT: { properties: "any", create: FROM_STAGE, alter: VERSIONED_ALTER },
  "DBT PROJECT": { properties: "any", create: FROM_STAGE, alter: VERSIONED_ALTER },
  "DCM PROJECT": { properties: "any", create: FROM_STAGE, alter: VERSIONED_ALTER },
  "CODE BUNDLE": { properties: "any", create: FROM_STAGE, alter: VERSIONED_ALTER },
  WORKSPACE: { properties: "any", create: FROM_STAGE, alter: VERSIONED_ALTER },
  AGENT: {
    properties: "any",
    create: "FROM SPECIFICATION <text>",
    alter: "MODIFY LIVE VERSION SET SPECIFICATION = <value>\nFROM SPECIFICATION <text>",
  },
  "EXTERNAL AGENT": {
    properties: "any",
    create: "WITH VERSION <name>",
    alter: "ADD VERSION <name>\nDROP VERSION <name>",
  },
  "MCP SERVER": { properties: "any", create: "FROM SPECIFICATION <text>" },
  "CORTEX SEARCH SERVICE": {
    properties: "any",
    create: `
      ON <names>
      TEXT INDEXES <names>
      VECTOR INDEXES <expressions>
      PRIMARY KEY <identifiers>
      ATTRIBUTES <names>
      AS <query>
    `,
    alter: `
      SUSPEND {INDEXING|SERVING}
      RESUME {INDEXING|SERVING}
      SUSPEND
      RESUME
      REFRESH
      ADD SCORING PROFILE <rest>
      DROP SCORING PROFILE <rest>
    `,
  },
  "ONLINE FEATURE TABLE": {
    properties: "any",
    create: "PRIMARY KEY <identifiers>\nFROM <name>",
    alter: "SUSPEND\nRESUME\nREFRESH",
  },
  "EVENT ROUTING TABLE": { properties: "any" },
  "PROVISIONED THROUGHPUT": { properties: "any" },
  APPLICATION: {
    properties: "any",
    mayBeUnnamed: true,
    create: `
      FROM APPLICATION PACKAGE <name>
      FROM LISTING <value>
      FROM <stage>
      USING VERSION <name> [PATCH <value>]
      USING <stage>
      USING RELEASE CHANNEL <name>
      BACKGROUND_INSTALL = <value>
      WITH FEATURE POLICY = <value>
    `,
    alter: `
      UPGRADE
      UPGRADE USING VERSION <name> [PATCH <value>]
      UPGRADE USING <stage>
      UNSET REFERENCES [( <texts> )]
      SET FEATURE POLICY <name> [FORCE]
      UNSET FEATURE POLICY
      SET SPECIFICATION <rest>
      SET CONFIGURATION <rest>
      UNSET CONFIGURATION <rest>
      APPROVE SPECIFICATION <rest>
      DECLINE SPECIFICATION <rest>
      DROP SPECIFICATION <rest>
      DROP CONFIGURATION DEFINITION <rest>
      DROP SHARING <rest>
    `,
  },
  "APPLICATION PACKAGE": {
    properties: "any",
    alter: `
      ADD VERSION [<name>] USING <stage> [<options>]
      REGISTER VERSION [<name>] USING <stage> [<options>]
      DEREGISTER VERSION <name>
      DROP VERSION <name>
      ADD PATCH [<value>] FOR VERSION <name> USING <stage> [<options>]
      ADD PATCH FOR VERSION USING <stage> [<options>]
      SET DEFAULT RELEASE DIRECTIVE <options>
      SET RELEASE DIRECTIVE <name> <options>
      UNSET RELEASE DIRECTIVE <name>
      MODIFY RELEASE DIRECTIVE <name> <options>
      MODIFY RELEASE CHANNEL <name> <rest>
      SET DISTRIBUTION = <value>
    `,
  },
};
