{{ config(materialized='table') }}
select bike_id, model,
    case when bike_id = 1 and {{ var('generation') }} = 2 then 550.00 else price end as price,
    case when bike_id = 1 and {{ var('generation') }} = 2
        then '2024-06-02'::timestamp_ntz else '2024-06-01'::timestamp_ntz end as changed_at
from {{ ref('stg_bikes') }}
where {{ var('generation') }} = 1 or bike_id <> 3
