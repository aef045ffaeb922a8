/**
 * The columns of SHOW commands for objects that cannot be made here: there are none to list. Written as in shapes.ts,
 * and `b` BOOLEAN. https://docs.snowflake.com/en/sql-reference/sql/show
 */

/** By subject. */
export const EMPTY_SHAPES: Readonly<Record<string, string>> = {
  "AGGREGATION POLICIES": `
    created_on ts, name, database_name, schema_name, kind, owner, comment, owner_role_type, options`,
  AGENTS: "created_on ts, name, database_name, schema_name, owner, comment, profile",
  "API INTEGRATIONS": "name, type, category, enabled b, comment, created_on ts",
  "APPLICATION PACKAGES": `
    created_on ts, name, is_default, is_current, distribution, owner, comment, retention_time n,
    options, dropped_on, application_class`,
  "APPLICATION ROLES": "created_on ts, name, owner, comment, owner_role_type",
  APPLICATIONS: `
    created_on ts, name, is_default, is_current, source_type, source, owner, comment, version,
    label, patch n, options, retention_time n`,
  "AUTHENTICATION POLICIES": `
    created_on ts, name, comment, database_name, schema_name, kind, owner, owner_role_type,
    options`,
  "BACKUP POLICIES": `
    created_on ts, name, database_name, schema_name, owner, owner_role_type, comment, schedule,
    expire_after_days n, has_retention_lock`,
  "CATALOG INTEGRATIONS": "name, enabled b, type, category, comment, created_on ts",
  CHANNELS: `
    created_on ts, name, database_name, schema_name, table_name, client_sequencer n,
    row_sequencer n, offset_token`,
  CLASSES: `
    created_on ts, name, database_name, schema_name, version, comment, owner, is_service_class,
    owner_role_type`,
  "COMPUTE POOLS": `
    name, state, min_nodes n, max_nodes n, instance_family, num_services n, num_jobs n,
    auto_suspend_secs n, auto_resume b, active_nodes n, idle_nodes n, target_nodes n,
    created_on ts, resumed_on ts, updated_on ts, owner, comment, is_exclusive b, application,
    backup_instance_families`,
  CONNECTIONS: `
    region_group, snowflake_region, created_on ts, account_name, name, comment, is_primary,
    primary, failover_allowed_to_accounts, connection_url, organization_name, account_locator`,
  "CORTEX SEARCH SERVICES": `
    created_on ts, name, database_name, schema_name, warehouse, target_lag, definition,
    search_column, attribute_columns, columns, primary_key_columns, scoring_profile_count n,
    comment`,
  "DATA METRIC FUNCTIONS": `
    created_on ts, name, schema_name, is_builtin, is_aggregate, is_ansi, min_num_arguments n,
    max_num_arguments n, arguments, description, catalog_name, is_table_function,
    valid_for_clustering, is_secure, secrets, external_access_integrations,
    is_external_function, language, is_memoizable, is_data_metric`,
  "DATABASE ROLES": `
    created_on ts, name, is_default, is_current, is_inherited, granted_to_roles n,
    granted_to_database_roles n, granted_database_roles n, owner, comment, owner_role_type`,
  "DYNAMIC TABLES": `
    created_on ts, name, database_name, schema_name, cluster_by, rows n, bytes n, owner,
    target_lag, refresh_mode, refresh_mode_reason, warehouse, comment, text,
    automatic_clustering, scheduling_state, last_suspended_on ts, is_clone, is_replica,
    is_iceberg, data_timestamp ts, owner_role_type`,
  "EVENT TABLES": `
    created_on ts, name, database_name, schema_name, owner, comment, owner_role_type`,
  "EXTERNAL ACCESS INTEGRATIONS": "created_on ts, name, type, category, enabled b, comment",
  "EXTERNAL FUNCTIONS": `
    created_on ts, name, schema_name, is_builtin, is_aggregate, is_ansi, min_num_arguments n,
    max_num_arguments n, arguments, description, catalog_name, is_table_function,
    valid_for_clustering, is_secure, secrets, external_access_integrations,
    is_external_function, language, is_memoizable, is_data_metric`,
  "EXTERNAL TABLES": `
    created_on ts, name, database_name, schema_name, invalid, invalid_reason, owner, comment,
    stage, location, file_format_name, file_format_type, cloud, region, notification_channel,
    last_refreshed_on ts, table_format, last_refresh_details, owner_role_type`,
  "EXTERNAL VOLUMES": "name, allow_writes b, comment",
  "FAILOVER GROUPS": `
    region_group, snowflake_region, created_on ts, account_name, name, type, comment,
    is_primary b, primary, object_types, allowed_integration_types, allowed_accounts,
    organization_name, account_locator, replication_schedule, secondary_state,
    next_scheduled_refresh, owner`,
  "GIT BRANCHES": "name, path, checkouts, commit_hash",
  "GIT REPOSITORIES": `
    created_on ts, name, database_name, schema_name, origin, api_integration, git_credentials,
    owner, owner_role_type, comment, last_fetched_at ts`,
  "GIT TAGS": "name, path, commit_hash, author, message",
  "HYBRID TABLES": `
    created_on ts, name, database_name, schema_name, owner, rows n, bytes n, comment,
    owner_role_type`,
  "ICEBERG TABLES": `
    created_on ts, name, database_name, schema_name, owner, external_volume_name, catalog_name,
    iceberg_table_type, catalog_table_name, catalog_namespace, base_location,
    can_write_metadata, comment, name_mapping, owner_role_type, catalog_sync_name,
    auto_refresh_status, partition_specs, current_partition_spec_id n,
    iceberg_table_format_version n`,
  "IMAGE REPOSITORIES": `
    created_on ts, name, database_name, schema_name, repository_url, owner, owner_role_type,
    comment, encryption, privatelink_repository_url`,
  INDEXES: `
    created_on ts, name, is_unique, columns, included_columns, table, database_name,
    schema_name, owner, owner_role_type`,
  "JOIN POLICIES": `
    created_on ts, name, database_name, schema_name, kind, owner, comment, owner_role_type, options`,
  LISTINGS: `
    global_name, name, title, subtitle, profile, created_on ts, updated_on, published_on, state,
    review_state, comment, owner, owner_role_type, regions, target_accounts, is_monetized b,
    is_application b, is_targeted b, is_limited_trial b, is_by_request b, distribution,
    is_mountless_queryable b, rejected_on, organization_profile_name, uniform_listing_locator,
    detailed_target_accounts`,
  "MANAGED ACCOUNTS": `
    account_name, cloud, region, account_locator, created_on, account_url, account_locator_url,
    is_reader b, comment`,
  "MCP SERVERS": "created_on ts, name, database_name, schema_name, owner, comment",
  "NETWORK POLICIES": `
    created_on ts, name, comment, entries_in_allowed_ip_list n, entries_in_blocked_ip_list n,
    entries_in_allowed_network_rules n, entries_in_blocked_network_rules n`,
  "NETWORK RULES": `
    created_on ts, name, database_name, schema_name, owner, comment, type, mode,
    entries_in_valuelist n, owner_role_type`,
  NOTEBOOKS: `
    created_on ts, name, database_name, schema_name, comment, owner, query_warehouse, url_id,
    owner_role_type, code_warehouse`,
  "OPENFLOW CONNECTORS": `
    name, status, runtime, connector_definition, display_name, database_name, schema_name,
    owner, default_version, default_version_name, default_version_alias,
    default_version_location_uri, default_version_source_location_uri,
    live_version_location_uri, comment, created_on ts, updated_on ts`,
  "OPENFLOW DEPLOYMENTS": `
    name, type, status, vpc_type, display_name, use_private_link b,
    use_user_auth_over_private_link b, custom_ingress_hostname, openflow_key, owner, comment`,
  "OPENFLOW RUNTIMES": `
    name, status, deployment, min_nodes n, max_nodes n, node_type, display_name,
    external_access_integrations, initially_suspended b, execute_as_role, owner, comment,
    created_on ts, updated_on ts`,
  "PASSWORD POLICIES": `
    created_on ts, name, database_name, schema_name, kind, owner, comment, owner_role_type,
    options`,
  "POSTGRES INSTANCES": `
    name, owner, owner_role_type, created_on ts, updated_on ts, type, origin, host,
    privatelink_service_identifier, compute_family, authentication_authority, storage_size n,
    postgres_version, postgres_settings, is_ha, retention_time n, state, comment`,
  PROCEDURES: `
    created_on ts, name, schema_name, is_builtin, is_aggregate, is_ansi, min_num_arguments n,
    max_num_arguments n, arguments, description, catalog_name, is_table_function,
    valid_for_clustering, is_secure, secrets, external_access_integrations`,
  "REPLICATION DATABASES": `
    region_group, snowflake_region, created_on, account_name, name, comment, is_primary b,
    primary, replication_allowed_to_accounts, failover_allowed_to_accounts, organization_name,
    account_locator`,
  "RESOURCE MONITORS": `
    name, credit_quota, used_credits, remaining_credits, level, frequency, start_time, end_time,
    notify_at, suspend_at, suspend_immediately_at, created_on ts, owner, comment, notify_users`,
  "PRIVACY POLICIES": `
    created_on ts, name, database_name, schema_name, kind, owner, comment, owner_role_type, options`,
  "PROJECTION POLICIES": `
    created_on ts, name, database_name, schema_name, kind, owner, comment, owner_role_type, options`,
  SECRETS: `
    created_on ts, name, schema_name, database_name, owner, comment, secret_type, oauth_scopes,
    owner_role_type`,
  "SECURITY INTEGRATIONS": "name, type, category, enabled b, comment, created_on ts",
  "SEMANTIC VIEWS": `
    created_on ts, name, database_name, schema_name, comment, owner, owner_role_type, extension`,
  SERVICES: `
    name, status, database_name, schema_name, owner, compute_pool, dns_name,
    current_instances n, target_instances n, min_ready_instances n, min_instances n,
    max_instances n, auto_resume b, external_access_integrations, created_on ts, updated_on ts,
    resumed_on ts, suspended_on ts, auto_suspend_secs n, comment, owner_role_type,
    query_warehouse, is_job b, is_async_job b, spec_digest, is_upgrading b,
    managing_object_domain, managing_object_name`,
  "SESSION POLICIES": `
    created_on, name, database_name, schema_name, kind, owner, comment, owner_role_type, options`,
  SHARES: "created_on ts, kind, owner_account, name, database_name, to, owner, comment",
  "STORAGE INTEGRATIONS": "name, type, category, enabled b, comment, created_on ts",
  "STORAGE LIFECYCLE POLICIES": `
    created_on ts, name, database_name, schema_name, kind, owner, comment, owner_role_type,
    options`,
  STREAMLITS: `
    created_on, name, database_name, schema_name, title, owner, comment, query_warehouse,
    url_id, owner_role_type`,
  "USER PROCEDURES": `
    created_on ts, name, schema_name, is_builtin, is_aggregate, is_ansi, min_num_arguments n,
    max_num_arguments n, arguments, description, catalog_name, is_table_function,
    valid_for_clustering, is_secure, secrets, external_access_integrations`,
  "USER PROGRAMMATIC ACCESS TOKENS": `
    name, user_name, role_restriction, expires_at ts, status, comment, created_on ts,
    created_by, mins_to_bypass_network_policy_requirement n, rotated_to`,
};
