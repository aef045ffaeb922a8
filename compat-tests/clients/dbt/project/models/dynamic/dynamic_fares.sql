{{ config(
    materialized='dynamic_table',
    target_lag=var('lag', '2 minutes'),
    snowflake_warehouse='COMPUTE_WH',
    refresh_mode='INCREMENTAL',
    on_configuration_change='apply',
    persist_docs={'relation': true, 'columns': true},
    grants={'select': ['analyst']},
) }}
select rental_id, bike_id, fare from {{ ref('stg_rentals') }}
