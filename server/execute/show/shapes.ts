/**
 * The columns of SHOW commands whose objects an account here has. After a name: `n` NUMBER, `ts` TIMESTAMP_LTZ(3);
 * nothing is text. https://docs.snowflake.com/en/sql-reference/sql/show
 */

/** By subject. */
export const SHAPES: Readonly<Record<string, string>> = {
  ALERTS: `
    created_on ts, name, database_name, schema_name, owner, comment, warehouse, schedule, state,
    condition, action, owner_role_type, runbook, config, was_auto_suspended b`,
  COLUMNS: `
    table_name, schema_name, column_name, data_type, null?, default, kind, expression, comment,
    database_name, autoincrement, schema_evolution_record`,
  DATABASES: `
    created_on ts, name, is_default, is_current, origin, owner, comment, options,
    retention_time, kind, owner_role_type, object_visibility, data_quality_monitoring_settings,
    resharing_settings`,
  "EXPORTED KEYS": `
    created_on ts, pk_database_name, pk_schema_name, pk_table_name, pk_column_name,
    fk_database_name, fk_schema_name, fk_table_name, fk_column_name, key_sequence n,
    update_rule, delete_rule, fk_name, pk_name, deferrability, rely, comment`,
  "FILE FORMATS": `
    created_on ts, name, database_name, schema_name, type, owner, comment, format_options,
    owner_role_type`,
  FUNCTIONS: `
    created_on ts, name, schema_name, is_builtin, is_aggregate, is_ansi, min_num_arguments n,
    max_num_arguments n, arguments, description, catalog_name, is_table_function,
    valid_for_clustering, is_secure, secrets, external_access_integrations,
    is_external_function, language, is_memoizable, is_data_metric`,
  "FUTURE GRANTS": `
    created_on ts, privilege, grant_on, name, grant_to, grantee_name, grant_option`,
  "GRANTS OF SHARE": "created_on ts, share, granted_to, account",
  "GRANTS ON": `
    created_on ts, privilege, granted_on, name, granted_to, grantee_name, grant_option,
    granted_by_role_type, granted_by`,
  "GRANTS TO ROLE": `
    created_on ts, privilege, granted_on, name, granted_to, grantee_name, grant_option,
    granted_by`,
  "GRANTS TO USER": "created_on ts, role, granted_to, grantee_name, granted_by",
  "IMPORTED KEYS": `
    created_on ts, pk_database_name, pk_schema_name, pk_table_name, pk_column_name,
    fk_database_name, fk_schema_name, fk_table_name, fk_column_name, key_sequence n,
    update_rule, delete_rule, fk_name, pk_name, deferrability, rely, comment`,
  LOCKS: `
    resource, type, transaction n, transaction_started_on ts, status, acquired_on ts, query_id,
    session n`,
  "MATERIALIZED VIEWS": `
    created_on ts, name, reserved, database_name, schema_name, cluster_by, rows n, bytes n,
    source_database_name, source_schema_name, source_table_name, refreshed_on ts,
    compacted_on ts, owner, invalid, invalid_reason, behind_by, comment, text, is_secure,
    automatic_clustering, owner_role_type, budget`,
  INTEGRATIONS: "name, type, category, enabled b, comment, created_on ts",
  "NOTIFICATION INTEGRATIONS": "name, type, category, enabled b, comment, created_on ts, direction",
  "MASKING POLICIES": `
    created_on ts, name, database_name, schema_name, kind, owner, comment, options,
    owner_role_type`,
  OBJECTS: `
    created_on ts, name, database_name, schema_name, kind, comment, cluster_by, rows n, bytes n,
    owner, retention_time, owner_role_type, budget, is_hybrid, is_dynamic, is_iceberg`,
  PARAMETERS: "key, value, default, level, description, type",
  "PRIMARY KEYS": `
    created_on ts, database_name, schema_name, table_name, column_name, key_sequence n,
    constraint_name, rely, comment`,
  ROLES: `
    created_on ts, name, is_default, is_current, is_inherited, assigned_to_users n,
    granted_to_roles n, granted_roles n, owner, comment`,
  "ROW ACCESS POLICIES": `
    created_on, name, database_name, schema_name, kind, owner, comment, options, owner_role_type`,
  SCHEMAS: `
    created_on ts, name, is_default, is_current, database_name, owner, comment, options,
    retention_time, owner_role_type, object_visibility, is_nested`,
  SEQUENCES: `
    name, database_name, schema_name, next_value n, interval n, created_on ts, owner, comment,
    owner_role_type, ordered`,
  STAGES: `
    created_on ts, name, database_name, schema_name, url, has_credentials, has_encryption_key,
    owner, comment, region, type, cloud, notification_channel, storage_integration, endpoint,
    owner_role_type, directory_enabled`,
  TABLES: `
    created_on ts, name, database_name, schema_name, kind, comment, cluster_by, rows n, bytes n,
    owner, retention_time, automatic_clustering, change_tracking, search_optimization,
    is_external, enable_schema_evolution, owner_role_type, is_event, budget, is_hybrid,
    is_iceberg, is_dynamic, is_immutable`,
  STREAMS: `
    created_on ts, name, database_name, schema_name, owner, comment, table_name, source_type,
    base_tables, type, stale, mode, stale_after ts, invalid_reason, owner_role_type`,
  TAGS: `
    created_on ts, name, database_name, schema_name, owner, comment, allowed_values,
    owner_role_type, propagate, on_conflict`,
  PIPES: `
    created_on ts, name, database_name, schema_name, definition, owner, notification_channel,
    comment, integration, pattern, error_integration, owner_role_type, invalid_reason, kind`,
  TASKS: `
    created_on ts, name, id, database_name, schema_name, owner, comment, warehouse, schedule,
    predecessors, state, definition, condition, allow_overlapping_execution, error_integration,
    last_committed_on ts, last_suspended_on ts, owner_role_type, config, budget, task_relations,
    last_suspended_reason, success_integration, scheduling_mode, target_completion_interval,
    execute_as_user`,
  TERSE: "created_on ts, name, kind, database_name, schema_name",
  "TERSE STREAMS": "created_on ts, name, kind, database_name, schema_name, tableOn",
  "TERSE USERS": `
    name, created_on ts, display_name, first_name, last_name, email, org_identity, comment,
    has_password, has_rsa_public_key, type, has_mfa, has_pat,
    has_federated_workload_authentication, is_from_organization_user`,
  TRANSACTIONS: "id n, user, session n, name, started_on ts, state, scope n",
  "UNIQUE KEYS": `
    created_on ts, database_name, schema_name, table_name, column_name, key_sequence n,
    constraint_name, rely, comment`,
  USERS: `
    name, created_on ts, login_name, display_name, first_name, last_name, email, mins_to_unlock,
    days_to_expiry, comment, disabled, must_change_password, snowflake_lock, default_warehouse,
    default_namespace, default_role, default_secondary_roles, ext_authn_duo, ext_authn_uid,
    mins_to_bypass_mfa, owner, last_success_login ts, expires_at_time ts, locked_until_time ts,
    has_password, has_rsa_public_key, type, has_mfa, has_pat, has_workload_identity,
    is_from_organization_user`,
  VARIABLES: "session_id n, created_on ts, updated_on ts, name, value, type, comment",
  VIEWS: `
    created_on ts, name, reserved, database_name, schema_name, owner, comment, text, is_secure,
    is_materialized, owner_role_type, change_tracking`,
  WAREHOUSES: `
    name, state, type, size, min_cluster_count n, max_cluster_count n, started_clusters n,
    running n, queued n, is_default, is_current, auto_suspend n, auto_resume, available,
    provisioning, quiescing, other, created_on ts, resumed_on ts, updated_on ts, owner, comment,
    enable_query_acceleration, query_acceleration_max_scale_factor n, resource_monitor,
    actives n, pendings n, failed n, suspended n, uuid, scaling_policy, budget, owner_role_type,
    resource_constraint, generation`,
};
