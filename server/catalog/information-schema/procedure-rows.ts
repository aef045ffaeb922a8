/** Rows of PROCEDURES. https://docs.snowflake.com/en/sql-reference/info-schema/procedures */

import { returnsText } from "../procedure-text.ts";
import { parameterList } from "../routine-text.ts";
import { orNull, type Rows } from "./define.ts";
import { schemas } from "./objects.ts";

const procedureRows: Rows = ({ snapshot, database, sessionId }) =>
  schemas(snapshot, database).flatMap((schema) =>
    snapshot
      .list("procedure", schema.id, sessionId)
      .filter((object) => object.kind === "procedure")
      .map((procedure) => ({
        procedure_catalog: database.name,
        procedure_schema: schema.name,
        procedure_name: procedure.procedureName,
        procedure_owner: orNull(procedure.owner),
        argument_signature: parameterList(procedure.parameters),
        data_type: returnsText(procedure),
        procedure_language: procedure.language,
        procedure_definition: procedure.secure ? null : procedure.body,
        created: procedure.createdAt,
        last_altered: procedure.alteredAt,
        comment: orNull(procedure.comment),
        owner_role_type: procedure.owner === "" ? null : "ROLE",
      })),
  );

export const PROCEDURE_VIEWS: Readonly<Record<string, Rows>> = { PROCEDURES: procedureRows };
