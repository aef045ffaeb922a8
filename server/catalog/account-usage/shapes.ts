/**
 * The columns of SNOWFLAKE.ACCOUNT_USAGE's views, in the notation of INFORMATION_SCHEMA's shapes.
 * https://docs.snowflake.com/en/sql-reference/account-usage
 */

import { VIEW_SHAPES } from "../information-schema/shapes.ts";

/**
 * A view of INFORMATION_SCHEMA with the ids of the objects it names, and when they were dropped.
 * @param ids the id columns, by the name column that each stands before
 */
function withIds(view: string, ids: Readonly<Record<string, string>>): string {
  const columns = (VIEW_SHAPES[view] ?? "").split(",").flatMap((item) => {
    const column = item.trim();
    const id = ids[column.split(" ")[0] ?? ""];
    return id === undefined ? [column] : [`${id} n`, column];
  });
  return [...columns, "deleted ts"].join(", ");
}

const RELATION_IDS = {
  table_catalog: "table_catalog_id",
  table_schema: "table_schema_id",
  table_name: "table_id",
};

const METERED = "credits_used f, credits_used_compute f, credits_used_cloud_services f";

/** By view name. */
export const ACCOUNT_USAGE_SHAPES: Readonly<Record<string, string>> = {
  ACCESS_HISTORY: `
    query_id, query_start_time ts, user_name, direct_objects_accessed array,
    base_objects_accessed array, objects_modified array, object_modified_by_ddl object,
    policies_referenced array, parent_query_id, root_query_id`,
  ALERT_HISTORY: `
    name, database_name, schema_name, action, action_query_id, condition, condition_query_id,
    error_code n, error_message, state, scheduled_time ts, completed_time ts, database_id n,
    schema_id n, scheduled_from, runbook, was_auto_suspended b, config`,
  COLUMNS: withIds("COLUMNS", { ...RELATION_IDS, column_name: "column_id" }),
  COPY_HISTORY: `
    file_name, stage_location, last_load_time ts, row_count n, row_parsed n, file_size n,
    first_error_message, first_error_line_number n, first_error_character_pos n,
    first_error_column_name, error_count n, error_limit n, status, table_id n, table_name,
    table_schema_id n, table_schema_name, table_catalog_id n, table_catalog_name,
    pipe_catalog_name, pipe_schema_name, pipe_name, pipe_received_time ts, first_commit_time ts,
    bytes_billed n`,
  DATABASES: withIds("DATABASES", { database_name: "database_id" }),
  GRANTS_TO_ROLES: `
    created_on ts, modified_on ts, privilege, granted_on, name, table_catalog, table_schema,
    granted_to, grantee_name, grant_option b, granted_by, deleted_on ts, granted_by_role_type,
    object_instance`,
  GRANTS_TO_USERS: "created_on ts, deleted_on ts, role, granted_to, grantee_name, granted_by",
  LOAD_HISTORY: `
    table_id n, table_name, schema_id n, schema_name, catalog_id n, catalog_name, file_name,
    last_load_time ts, status, row_count n, row_parsed n, first_error_message,
    first_error_line_number n, first_error_character_position n, first_error_col_name,
    error_count n, error_limit n`,
  LOGIN_HISTORY: `
    event_id n, event_timestamp ts, event_type, user_name, client_ip, reported_client_type,
    reported_client_version, first_authentication_factor, second_authentication_factor,
    is_success, error_code n, error_message, related_event_id n, connection,
    client_private_link_id, first_authentication_factor_id, second_authentication_factor_id,
    login_details, authorizing_integration_name`,
  MASKING_POLICIES: `
    policy_name, policy_id n, policy_schema_id n, policy_schema, policy_catalog_id n,
    policy_catalog, policy_owner, policy_signature, policy_return_type, policy_body,
    policy_comment, created ts, last_altered ts, deleted ts, owner_role_type, options`,
  METERING_HISTORY: `
    service_type, start_time ts, end_time ts, entity_id n, name, credits_used_compute f,
    credits_used_cloud_services f, credits_used f, bytes n, rows n, files n`,
  OBJECT_DEPENDENCIES: `
    referenced_database, referenced_schema, referenced_object_name, referenced_object_id n,
    referenced_object_domain, referencing_database, referencing_schema,
    referencing_object_name, referencing_object_id n, referencing_object_domain,
    dependency_type`,
  PIPES: `${withIds("PIPES", {
    pipe_name: "pipe_id",
    pipe_schema: "pipe_schema_id",
    pipe_catalog: "pipe_catalog_id",
  })}, owner_role_type`,
  POLICY_REFERENCES: `
    policy_db, policy_schema, policy_id n, policy_name, policy_kind, ref_database_name,
    ref_schema_name, ref_entity_name, ref_entity_domain, ref_column_name, ref_arg_column_names,
    tag_database, tag_schema, tag_name, policy_status`,
  QUERY_HISTORY: `
    query_id, query_text, database_id n, database_name, schema_id n, schema_name, query_type,
    session_id n, authn_event_id n, user_name, role_name, warehouse_id n, warehouse_name,
    warehouse_size, warehouse_type, cluster_number n, query_tag, execution_status, error_code n,
    error_message, start_time ts, end_time ts, total_elapsed_time n, bytes_scanned n,
    percentage_scanned_from_cache f, bytes_written n, bytes_written_to_result n,
    bytes_read_from_result n, rows_produced n, rows_inserted n, rows_updated n, rows_deleted n,
    rows_unloaded n, bytes_deleted n, partitions_scanned n, partitions_total n,
    bytes_spilled_to_local_storage n, bytes_spilled_to_remote_storage n,
    bytes_sent_over_the_network n, compilation_time n, execution_time n,
    queued_provisioning_time n, queued_repair_time n, queued_overload_time n,
    transaction_blocked_time n, outbound_data_transfer_cloud, outbound_data_transfer_region,
    outbound_data_transfer_bytes n, inbound_data_transfer_cloud, inbound_data_transfer_region,
    inbound_data_transfer_bytes n, list_external_files_time n, credits_used_cloud_services f,
    release_version, external_function_total_invocations n,
    external_function_total_sent_rows n, external_function_total_received_rows n,
    external_function_total_sent_bytes n, external_function_total_received_bytes n,
    query_load_percent n, is_client_generated_statement b, query_acceleration_bytes_scanned n,
    query_acceleration_partitions_scanned n, query_acceleration_upper_limit_scale_factor n,
    transaction_id n, child_queries_wait_time n, role_type, query_hash, query_hash_version n,
    query_parameterized_hash, query_parameterized_hash_version n, secondary_role_stats,
    rows_written_to_result n, query_retry_time n, query_retry_cause, fault_handling_time n,
    user_type, user_database_name, user_database_id, user_schema_name, user_schema_id,
    bind_values array, agent_type`,
  REFERENTIAL_CONSTRAINTS: withIds("REFERENTIAL_CONSTRAINTS", {
    constraint_catalog: "constraint_catalog_id",
    constraint_schema: "constraint_schema_id",
  }),
  ROLES: `
    role_id n, created_on ts, deleted_on ts, name, comment, owner, role_type,
    role_database_name, role_instance_id n, owner_role_type`,
  ROW_ACCESS_POLICIES: `
    policy_name, policy_id n, policy_schema_id n, policy_schema, policy_catalog_id n,
    policy_catalog, policy_owner, policy_signature, policy_return_type, policy_body,
    policy_comment, created ts, last_altered ts, deleted ts, owner_role_type, options`,
  SCHEMATA: withIds("SCHEMATA", { catalog_name: "catalog_id", schema_name: "schema_id" }),
  TABLES: withIds("TABLES", RELATION_IDS),
  TABLE_CONSTRAINTS: withIds("TABLE_CONSTRAINTS", {
    ...RELATION_IDS,
    constraint_catalog: "constraint_catalog_id",
    constraint_schema: "constraint_schema_id",
  }),
  TAGS: `
    tag_id n, tag_name, tag_schema_id n, tag_schema, tag_database_id n, tag_database, tag_owner,
    tag_comment, created ts, last_altered ts, deleted ts, allowed_values, owner_role_type,
    propagate, on_conflict`,
  TAG_REFERENCES: `
    tag_database, tag_schema, tag_id n, tag_name, tag_value, object_database, object_schema,
    object_id n, object_name, object_deleted ts, domain, column_id n, column_name, apply_method`,
  TASK_HISTORY: `
    name, query_text, condition_text, schema_name, task_schema_id n, database_name,
    task_database_id n, scheduled_time ts, completed_time ts, state, return_value, query_id,
    query_start_time ts, error_code, error_message, graph_version n, run_id n, root_task_id,
    scheduled_from, attempt_number n, instance_id n, config, query_hash, query_hash_version n,
    query_parameterized_hash, query_parameterized_hash_version n, graph_run_group_id,
    backfill_info object, spcs_job_id n`,
  USERS: `
    user_id n, name, created_on ts, deleted_on ts, login_name, display_name, first_name,
    last_name, email, must_change_password b, has_password b, comment, disabled variant,
    snowflake_lock variant, default_warehouse, default_namespace, default_role,
    ext_authn_duo b, ext_authn_uid, has_mfa b, bypass_mfa_until ts, last_success_login ts,
    expires_at ts, locked_until_time ts, has_rsa_public_key b, password_last_set_time ts, owner,
    default_secondary_role, type`,
  VIEWS: withIds("VIEWS", RELATION_IDS),
  WAREHOUSE_METERING_HISTORY: `
    start_time ts, end_time ts, warehouse_id n, warehouse_name, ${METERED},
    credits_attributed_compute_queries f`,
};
