{{ config(materialized='incremental', unique_key='bike_id', on_schema_change='ignore') }}
select bike_id, price {% if var('generation') == 2 %}+ 1 as price, electric{% endif %}
from {{ ref('stg_bikes') }}
