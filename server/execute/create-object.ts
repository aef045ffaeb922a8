/** CREATE of the kinds whose grammar is options and fixed phrases: databases, schemas, roles, policies, tags …. */

import { snowflakeError } from "../../translator/base/errors.ts";
import { createRole, createWarehouse } from "./account-objects.ts";
import { createAlert } from "./alert.ts";
import { createDatabase, createSchema } from "./database.ts";
import type { Execution, Handler, StatementOf, StatementResult } from "./execution.ts";
import { createFileFormat } from "./file-format.ts";
import { createIntegration } from "./integration.ts";
import { createPipe } from "./pipe.ts";
import { createMaskingPolicy, createRowAccessPolicy } from "./policies.ts";
import { createStage } from "./stage.ts";
import { createStream } from "./stream.ts";
import { createIndex } from "./table-index.ts";
import { createTag } from "./tag.ts";
import { tagging } from "./tagged-creation.ts";
import { createTask } from "./task.ts";
import { createUser } from "./user-objects.ts";

export type ObjectCreator = (
  statement: StatementOf<"create_object">,
  execution: Execution,
) => Promise<StatementResult>;

const CREATORS: Readonly<Record<string, ObjectCreator>> = {
  DATABASE: createDatabase,
  SCHEMA: createSchema,
  WAREHOUSE: createWarehouse,
  ROLE: createRole,
  USER: createUser,
  INDEX: createIndex,
  STAGE: createStage,
  STREAM: createStream,
  "FILE FORMAT": createFileFormat,
  "MASKING POLICY": createMaskingPolicy,
  "ROW ACCESS POLICY": createRowAccessPolicy,
  TAG: createTag,
  TASK: createTask,
  ALERT: createAlert,
  "NOTIFICATION INTEGRATION": createIntegration,
  PIPE: createPipe,
};

/** The kinds that CREATE makes. */
export const CREATED_KINDS: readonly string[] = Object.keys(CREATORS);

export const createObject: Handler<"create_object"> = async (statement, execution) => {
  const { object } = statement;
  const create = typeof object === "string" ? CREATORS[object] : undefined;
  if (create === undefined) {
    const word = typeof object === "string" ? object : "of a class";
    throw snowflakeError("unsupportedFeature", { feature: `CREATE ${word}` });
  }
  return create(statement, tagging(statement, execution));
};
