select
    rider,
    min(started_at) as first_hire,
    listagg(distinct bike_id, '+') within group (order by bike_id) as bikes,
    array_agg(minutes) within group (order by rental_id) as minutes
from {{ ref('stg_rentals') }}
group by all
