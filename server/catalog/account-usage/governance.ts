/**
 * TAGS, MASKING_POLICIES and ROW_ACCESS_POLICIES of ACCOUNT_USAGE.
 * https://docs.snowflake.com/en/sql-reference/account-usage/tags
 */

import type { PolicyObject } from "../governance-objects.ts";
import { orNull } from "../information-schema/define.ts";
import type { InlineRow } from "../information-schema/inline.ts";
import { databases, policies, schemas, tags } from "../information-schema/objects.ts";
import type { DatabaseObject, SchemaObject } from "../objects.ts";
import { policySignature, shortType } from "../policy-text.ts";
import type { Snapshot } from "../snapshot.ts";

type Asked = { readonly snapshot: Snapshot };

function inSchemas(
  { snapshot }: Asked,
  rows: (schema: SchemaObject, database: DatabaseObject) => readonly InlineRow[],
): readonly InlineRow[] {
  return databases(snapshot).flatMap((database) =>
    schemas(snapshot, database).flatMap((schema) => rows(schema, database)),
  );
}

export const tagObjects = (asked: Asked): readonly InlineRow[] =>
  inSchemas(asked, (schema, database) =>
    tags(asked.snapshot, schema).map((tag) => ({
      tag_id: tag.id,
      tag_name: tag.name,
      tag_schema_id: schema.id,
      tag_schema: schema.name,
      tag_database_id: database.id,
      tag_database: database.name,
      tag_owner: tag.owner,
      tag_comment: orNull(tag.comment),
      created: tag.createdAt,
      last_altered: tag.alteredAt,
      allowed_values: tag.allowedValues === undefined ? null : JSON.stringify(tag.allowedValues),
      owner_role_type: "ROLE",
    })),
  );

export function policiesOf(kind: PolicyObject["kind"]): (asked: Asked) => readonly InlineRow[] {
  return (asked) =>
    inSchemas(asked, (schema, database) =>
      policies(asked.snapshot, schema, kind).map((policy) => ({
        policy_name: policy.name,
        policy_id: policy.id,
        policy_schema_id: schema.id,
        policy_schema: schema.name,
        policy_catalog_id: database.id,
        policy_catalog: database.name,
        policy_owner: policy.owner,
        policy_signature: policySignature(policy),
        policy_return_type: shortType(policy.returns),
        policy_body: policy.body,
        policy_comment: orNull(policy.comment),
        created: policy.createdAt,
        last_altered: policy.alteredAt,
        owner_role_type: "ROLE",
      })),
    );
}
