{{ config(materialized='incremental', unique_key='bike_id', on_schema_change='sync_all_columns') }}
{% if var('generation') == 1 or 'sync_all_columns' == 'fail' and not var('break', false) %}
select bike_id, model::varchar(20) as model, price::number(8, 2) as price from {{ ref('stg_bikes') }}
{% else %}
select bike_id, model::varchar(40) as model, electric from {{ ref('stg_bikes') }} where bike_id <= 2
{% endif %}
