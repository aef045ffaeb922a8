{{ config(
    materialized='incremental', unique_key='bike_id',
    merge_exclude_columns=['first_seen'],
    incremental_predicates=["DBT_INTERNAL_DEST.bike_id > 0"]
) }}
select bike_id, model, price + {{ var('generation') }} as price, {{ var('generation') }} as first_seen
from {{ ref('stg_bikes') }}
{% if is_incremental() %}
where bike_id in (2, 3)
union all select 9, 'Unicycle', 99.00, {{ var('generation') }}
{% else %}
where bike_id < 4
{% endif %}
