{{ config(
    materialized='incremental', incremental_strategy='delete+insert',
    unique_key=['bike_id', 'day']
) }}
select bike_id, day, sum(minutes) as minutes, {{ var('generation') }} as generation
from {{ ref('stg_rentals') }}
{% if is_incremental() %}where day >= '2024-05-02'{% endif %}
group by bike_id, day
