/**
 * The columns of INFORMATION_SCHEMA's table functions, written as in shapes.ts. Those of replication, REST events and external
 * functions are from memory.
 * https://docs.snowflake.com/en/sql-reference/info-schema#table-functions
 */

/** What is wrong with files that were loaded. */
export const VALIDATED = `
  error, file, line n, character n, byte_offset n, category, code n, sql_state, column_name,
  row_number n, row_start_line n, rejected_record`;

/** By function name. */
export const FUNCTION_SHAPES: Readonly<Record<string, string>> = {
  ALERT_HISTORY: `
    name, database_name, schema_name, condition, condition_query_id, action, action_query_id,
    state, sql_error_code n, sql_error_message, scheduled_time ts, completed_time ts,
    scheduled_from, runbook, was_auto_suspended b, config`,
  APPLICATION_CONFIGURATION_VALUE_HISTORY: `
    name, application_name, created_on ts, updated_on ts, type, status, sensitive b, value,
    value_updated_on ts, label, description, application_roles`,
  AUTOMATIC_CLUSTERING_HISTORY: `
    start_time ts, end_time ts, table_name, credits_used n, num_bytes_reclustered n,
    num_rows_reclustered n`,
  AUTO_REFRESH_REGISTRATION_HISTORY: `
    start_time ts, end_time ts, object_name, object_type, credits_used n, files_registered n`,
  COMPLETE_TASK_GRAPHS: `
    root_task_name, database_name, schema_name, state, first_error_task_name, first_error_code n,
    first_error_message, scheduled_time ts, query_start_time ts, next_scheduled_time ts,
    completed_time ts, root_task_id, graph_version n, run_id n, attempt_number n, config,
    graph_run_group_id, backfill_info object`,
  CURRENT_TASK_GRAPHS: `
    root_task_name, database_name, schema_name, state, first_error_task_name, first_error_code n,
    first_error_message, scheduled_time ts, query_start_time ts, next_scheduled_time ts,
    root_task_id, graph_version n, run_id n, attempt_number n, config,
    graph_run_group_id, backfill_info object`,
  COPY_HISTORY: `
    file_name, stage_location, last_load_time ts, row_count n, row_parsed n, file_size n,
    first_error_message, first_error_line_number n, first_error_character_pos n,
    first_error_column_name, error_count n, error_limit n, status, table_catalog_name,
    table_schema_name, table_name, pipe_catalog_name, pipe_schema_name, pipe_name,
    pipe_received_time ts, first_commit_time ts`,
  DATABASE_REFRESH_HISTORY: `
    phase_name, start_time ts, end_time ts, job_uuid, copy_bytes variant, object_count variant`,
  DATABASE_REFRESH_PROGRESS: "phase_name, result, start_time ts, end_time ts, details variant",
  DATABASE_REPLICATION_USAGE_HISTORY: `
    start_time ts, end_time ts, database_name, credits_used n, bytes_transferred n`,
  DATABASE_STORAGE_USAGE_HISTORY: `
    usage_date date, database_name, average_database_bytes f, average_failsafe_bytes f`,
  DATA_METRIC_FUNCTION_REFERENCES: `
    metric_database_name, metric_schema_name, metric_name, metric_signature, metric_data_type,
    ref_entity_database_name, ref_entity_schema_name, ref_entity_name, ref_entity_domain,
    ref_arguments, ref_id, schedule, schedule_status`,
  DATA_TRANSFER_HISTORY: `
    start_time ts, end_time ts, source_cloud, source_region, target_cloud, target_region,
    bytes_transferred n, transfer_type`,
  DYNAMIC_TABLE_REFRESH_HISTORY: `
    name, schema_name, database_name, state, state_code, state_message, query_id,
    data_timestamp ts, refresh_start_time ts, refresh_end_time ts, completion_target ts,
    qualified_name, last_completed_dependency object, statistics object, refresh_action,
    refresh_trigger, target_lag_sec n, graph_history_valid_from ts`,
  EXTERNAL_FUNCTIONS_HISTORY: `
    start_time ts, end_time ts, name, arguments, function_type, endpoint_url, source_cloud,
    source_region, target_cloud, target_region, invocations n, sent_rows n, received_rows n,
    sent_bytes n, received_bytes n`,
  EXTERNAL_TABLE_FILES: "file_name, registered_on ts, file_size n, last_modified ts, etag, md5",
  LOGIN_HISTORY: `
    event_timestamp ts, event_id n, event_type, user_name, client_ip, reported_client_type,
    reported_client_version, first_authentication_factor, second_authentication_factor,
    is_success, error_code n, error_message, related_event_id n, connection`,
  MATERIALIZED_VIEW_REFRESH_HISTORY: `
    start_time ts, end_time ts, materialized_view_name, credits_used n`,
  PIPE_USAGE_HISTORY: `
    start_time ts, end_time ts, pipe_name, credits_used n, bytes_inserted n, files_inserted n`,
  POLICY_REFERENCES: `
    policy_db, policy_schema, policy_name, policy_kind, ref_database_name, ref_schema_name,
    ref_entity_name, ref_entity_domain, ref_column_name, ref_arg_column_names, tag_database,
    tag_schema, tag_name, policy_status`,
  QUERY_ACCELERATION_HISTORY: `
    start_time ts, end_time ts, credits_used n, warehouse_name, num_files_scanned n,
    num_bytes_scanned n`,
  QUERY_HISTORY: `
    query_id, query_text, database_name, schema_name, query_type, session_id n,
    authn_event_id n, user_name, user_type, user_database_name, user_schema_name, role_name,
    warehouse_name, warehouse_size, warehouse_type, cluster_number n, query_tag,
    execution_status, error_code n, error_message, start_time ts, end_time ts,
    total_elapsed_time n, bytes_scanned n, rows_produced n, compilation_time n,
    execution_time n, queued_provisioning_time n, queued_repair_time n, queued_overload_time n,
    transaction_blocked_time n, outbound_data_transfer_cloud, outbound_data_transfer_region,
    outbound_data_transfer_bytes n, inbound_data_transfer_cloud, inbound_data_transfer_region,
    inbound_data_transfer_bytes n, list_external_file_time n, credits_used_cloud_services n,
    release_version, external_function_total_invocations n, external_function_total_sent_rows n,
    external_function_total_received_rows n, external_function_total_sent_bytes n,
    external_function_total_received_bytes n, is_client_generated_statement b, query_hash,
    query_hash_version n, query_parameterized_hash, query_parameterized_hash_version n,
    transaction_id n, query_acceleration_bytes_scanned n,
    query_acceleration_partitions_scanned n, query_acceleration_upper_limit_scale_factor n,
    bytes_written_to_result n, rows_written_to_result n, rows_inserted n, query_retry_time n,
    query_retry_cause, fault_handling_time n, bind_values`,
  REPLICATION_GROUP_REFRESH_HISTORY: `
    phase_name, start_time ts, end_time ts, job_uuid, total_bytes variant, object_count variant,
    primary_snapshot_timestamp ts, error variant`,
  REPLICATION_GROUP_REFRESH_HISTORY_ALL: `
    replication_group_name, phase_name, start_time ts, end_time ts, job_uuid, total_bytes
    variant, object_count variant, primary_snapshot_timestamp ts, error variant`,
  REPLICATION_GROUP_REFRESH_PROGRESS:
    "phase_name, start_time ts, end_time ts, progress, details variant",
  REPLICATION_GROUP_REFRESH_PROGRESS_ALL: `
    replication_group_name, phase_name, start_time ts, end_time ts, progress, details variant`,
  REPLICATION_GROUP_USAGE_HISTORY: `
    start_time ts, end_time ts, replication_group_name, credits_used n, bytes_transferred n`,
  REPLICATION_USAGE_HISTORY: `
    start_time ts, end_time ts, database_name, credits_used n, bytes_transferred n`,
  REST_EVENT_HISTORY: `
    event_timestamp ts, event_id n, event_type, endpoint, method, status, error_code, details,
    client_ip, actor_name, actor_domain, resource_name, resource_domain`,
  SEARCH_OPTIMIZATION_HISTORY: "start_time ts, end_time ts, table_name, credits_used n",
  NOTIFICATION_HISTORY: `
    created ts, processed ts, message_source, integration_name, status, error_message, id,
    attempt n, message_source_info object`,
  SERVERLESS_ALERT_HISTORY: "start_time ts, end_time ts, alert_name, credits_used n",
  SERVERLESS_TASK_HISTORY: "start_time ts, end_time ts, task_name, credits_used n",
  STAGE_STORAGE_USAGE_HISTORY: "usage_date date, average_stage_bytes f",
  TAG_REFERENCES: `
    tag_database, tag_schema, tag_name, tag_value, level, object_database, object_schema,
    object_name, domain, column_name, apply_method`,
  TASK_DEPENDENTS: `
    created_on ts, name, id, database_name, schema_name, owner, comment, warehouse, schedule,
    predecessors, state, definition, condition, allow_overlapping_execution, error_integration,
    last_committed_on ts, last_suspended_on ts`,
  TASK_HISTORY: `
    query_id, name, database_name, schema_name, query_text, condition_text, state, error_code n,
    error_message, scheduled_time ts, query_start_time ts, next_scheduled_time ts,
    completed_time ts, root_task_id, graph_version n, run_id n, return_value, scheduled_from,
    attempt_number n, config, query_hash, query_hash_version n, query_parameterized_hash,
    query_parameterized_hash_version n, graph_run_group_id, backfill_info object, spcs_job_id n`,
  VALIDATE_PIPE_LOAD: VALIDATED,
  WAREHOUSE_LOAD_HISTORY: `
    start_time ts, end_time ts, warehouse_name, avg_running n, avg_queued_load n,
    avg_queued_provisioning n, avg_blocked n`,
  WAREHOUSE_METERING_HISTORY: `
    start_time ts, end_time ts, warehouse_name, credits_used n, credits_used_compute n,
    credits_used_cloud_services n`,
};
