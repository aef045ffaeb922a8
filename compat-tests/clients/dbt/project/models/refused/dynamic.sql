{{ config(materialized='dynamic_table', target_lag='1 minute', snowflake_warehouse='COMPUTE_WH') }}
select bike_id from {{ ref('stg_bikes') }}
