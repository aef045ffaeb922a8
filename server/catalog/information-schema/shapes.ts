/**
 * The columns of INFORMATION_SCHEMA's views, in order. After a name: `n` NUMBER, `ts` TIMESTAMP_LTZ(3), `b` BOOLEAN,
 * `f` FLOAT; nothing is text. https://docs.snowflake.com/en/sql-reference/info-schema
 */

/** By view name. */
export const VIEW_SHAPES: Readonly<Record<string, string>> = {
  APPLICABLE_ROLES: "grantee, role_name, role_owner, is_grantable",
  CHECK_CONSTRAINTS: `
    constraint_catalog, constraint_schema, constraint_table, constraint_name, check_clause`,
  COLUMNS: `
    table_catalog, table_schema, table_name, column_name, ordinal_position n, column_default,
    is_nullable, data_type, character_maximum_length n, character_octet_length n,
    numeric_precision n, numeric_precision_radix n, numeric_scale n, datetime_precision n,
    interval_type, interval_precision n, character_set_catalog, character_set_schema,
    character_set_name, collation_catalog, collation_schema, collation_name, domain_catalog,
    domain_schema, domain_name, udt_catalog, udt_schema, udt_name, scope_catalog, scope_schema,
    scope_name, maximum_cardinality n, dtd_identifier, is_self_referencing, is_identity,
    identity_generation, identity_start, identity_increment, identity_maximum, identity_minimum,
    identity_cycle, identity_ordered, schema_evolution_record, comment, data_type_alias,
    expression, kind`,
  DATABASES: `
    database_name, database_owner, is_transient, comment, created ts, last_altered ts,
    retention_time n, type, owner_role_type`,
  ELEMENT_TYPES: `
    object_catalog, object_schema, object_name, object_type, collection_type_identifier,
    data_type, character_maximum_length n, character_octet_length n, numeric_precision n,
    numeric_precision_radix n, numeric_scale n, datetime_precision n, interval_type,
    interval_precision n, character_set_catalog, character_set_schema, character_set_name,
    collation_catalog, collation_schema, collation_name, udt_catalog, udt_schema, udt_name,
    scope_catalog, scope_schema, scope_name, maximum_cardinality n, dtd_identifier`,
  ENABLED_ROLES: "role_name, role_owner",
  EVENT_TABLES: `
    table_catalog, table_schema, table_name, table_owner, created ts, last_altered ts, comment`,
  EXTERNAL_TABLES: `
    table_catalog, table_schema, table_name, table_owner, created ts, last_altered ts,
    last_ddl ts, last_ddl_by, auto_clustering_on b, comment, location, file_format_name,
    file_format_type`,
  FIELDS: `
    object_catalog, object_schema, object_name, object_type, row_identifier, field_name,
    ordinal_position n, data_type, character_maximum_length n, character_octet_length n,
    numeric_precision n, numeric_precision_radix n, numeric_scale n, datetime_precision n,
    interval_type, interval_precision n, character_set_catalog, character_set_schema,
    character_set_name, collation_catalog, collation_schema, collation_name, udt_catalog,
    udt_schema, udt_name, scope_catalog, scope_schema, scope_name, maximum_cardinality n,
    dtd_identifier`,
  FILE_FORMATS: `
    file_format_catalog, file_format_schema, file_format_name, file_format_owner,
    file_format_type, record_delimiter, field_delimiter, skip_header n, date_format,
    time_format, timestamp_format, binary_format, escape, escape_unenclosed_field, trim_space,
    field_optionally_enclosed_by, null_if, compression, error_on_column_count_mismatch,
    created ts, last_altered ts, comment`,
  FUNCTIONS: `
    function_catalog, function_schema, function_name, function_owner, argument_signature,
    data_type, character_maximum_length n, character_octet_length n, numeric_precision n,
    numeric_precision_radix n, numeric_scale n, function_language, function_definition,
    volatility, is_null_call, is_secure, created ts, last_altered ts, comment, is_external,
    api_integration, context_headers, max_batch_rows n, request_translator, response_translator,
    compression, imports, handler, target_path, runtime_version, packages, installed_packages,
    is_memoizable, external_access_integrations, secrets, is_data_metric, is_aggregate,
    artifact_repository`,
  HYBRID_TABLES: `
    catalog, schema, name, owner, row_count n, bytes n, retention_time n, created ts,
    last_altered ts, comment`,
  INDEXES: `
    table_catalog, table_schema, table_name, name, owner, is_unique, constraint_name, status,
    created ts`,
  INDEX_COLUMNS: `
    table_catalog, table_schema, table_name, index_name, name, key_sequence n, index_owner,
    is_unique, constraint_name, status, created ts, is_included_column`,
  INFORMATION_SCHEMA_CATALOG_NAME: "catalog_name",
  LOAD_HISTORY: `
    schema_name, file_name, table_name, last_load_time ts, status, row_count n, row_parsed n,
    first_error_message, first_error_line_number n, first_error_character_position n,
    first_error_col_name, error_count n, error_limit n`,
  OBJECT_PRIVILEGES: `
    grantor, grantee, granted_to, object_catalog, object_schema, object_name, object_type,
    privilege_type, is_grantable, created ts`,
  PACKAGES: "package_name, version, language",
  PIPES: `
    pipe_catalog, pipe_schema, pipe_name, pipe_owner, definition, is_autoingest_enabled,
    notification_channel_name, created ts, last_altered ts, comment, pattern`,
  PROCEDURES: `
    procedure_catalog, procedure_schema, procedure_name, procedure_owner, argument_signature,
    data_type, character_maximum_length n, character_octet_length n, numeric_precision n,
    numeric_precision_radix n, numeric_scale n, procedure_language, procedure_definition,
    created ts, last_altered ts, comment, external_access_integrations, secrets,
    runtime_version, packages, installed_packages, artifact_repository, owner_role_type`,
  REFERENTIAL_CONSTRAINTS: `
    constraint_catalog, constraint_schema, constraint_name, unique_constraint_catalog,
    unique_constraint_schema, unique_constraint_name, match_option, update_rule, delete_rule,
    comment, created ts, last_altered ts`,
  REPLICATION_DATABASES: `
    region_group, snowflake_region, account_name, database_name, comment, created ts,
    is_primary b, primary, replication_allowed_to_accounts, failover_allowed_to_accounts`,
  SCHEMATA: `
    catalog_name, schema_name, schema_owner, is_transient, is_managed_access, retention_time n,
    default_character_set_catalog, default_character_set_schema, default_character_set_name,
    sql_path, created ts, last_altered ts, comment`,
  SEQUENCES: `
    sequence_catalog, sequence_schema, sequence_name, sequence_owner, data_type,
    numeric_precision n, numeric_precision_radix n, numeric_scale n, start_value, minimum_value,
    maximum_value, next_value, increment, cycle_option, created ts, last_altered ts, ordered,
    comment`,
  SERVICES: `
    service_catalog, service_schema, service_name, service_owner, service_owner_role_type,
    compute_pool_name, dns_name, current_instances n, target_instances n, min_ready_instances n,
    min_instances n, max_instances n, auto_resume b, query_warehouse, created ts,
    last_altered ts, last_resumed ts, comment, is_job b, spec_digest, is_upgrading b,
    managing_object_domain, managing_object_name`,
  STAGES: `
    stage_catalog, stage_schema, stage_name, stage_url, stage_region, stage_type, stage_owner,
    comment, created ts, last_altered ts`,
  TABLES: `
    table_catalog, table_schema, table_name, table_owner, table_type, is_transient,
    clustering_key, row_count n, bytes n, retention_time n, self_referencing_column_name,
    reference_generation, user_defined_type_catalog, user_defined_type_schema,
    user_defined_type_name, is_insertable_into, is_typed, commit_action, created ts,
    last_altered ts, last_ddl ts, last_ddl_by, auto_clustering_on, comment, is_temporary,
    is_iceberg, is_dynamic, is_immutable, is_hybrid`,
  TABLE_CONSTRAINTS: `
    constraint_catalog, constraint_schema, constraint_name, table_catalog, table_schema,
    table_name, constraint_type, is_deferrable, initially_deferred, enforced, comment,
    created ts, last_altered ts, rely`,
  TABLE_PRIVILEGES: `
    grantor, grantee, granted_to, table_catalog, table_schema, table_name, privilege_type,
    is_grantable, with_hierarchy, created ts`,
  TABLE_STORAGE_METRICS: `
    table_catalog, table_schema, table_name, id n, clone_group_id n, is_transient,
    active_bytes n, time_travel_bytes n, failsafe_bytes n, retained_for_clone_bytes n,
    table_created ts, table_dropped ts, table_entered_failsafe ts, catalog_created ts,
    catalog_dropped ts, schema_created ts, schema_dropped ts, comment`,
  TYPES: `
    type_catalog, type_schema, type_name, type_owner, base_data_type,
    character_maximum_length n, character_octet_length n, numeric_precision n,
    numeric_precision_radix n, numeric_scale n, datetime_precision n, check_expression,
    default_expression, is_nullable_default, collation_name, created ts, last_altered ts,
    comment`,
  USAGE_PRIVILEGES: `
    grantor, grantee, granted_to, object_catalog, object_schema, object_name, object_type,
    privilege_type, is_grantable, created ts`,
  VIEWS: `
    table_catalog, table_schema, table_name, table_owner, view_definition, check_option,
    is_updatable, insertable_into, is_secure, created ts, last_altered ts, last_ddl ts,
    last_ddl_by, comment`,
};
