{# Without a lag dbt takes the table out of the scheduler's hands, and refreshes it at every run. #}
{{ config(materialized='dynamic_table', snowflake_warehouse='COMPUTE_WH', transient=true) }}
select bike_id, sum(fare) as income from {{ ref('dynamic_fares') }} group by bike_id
