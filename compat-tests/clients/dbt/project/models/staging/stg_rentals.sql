select
    rental_id,
    bike_id,
    upper(rider) as rider,
    started_at,
    started_at::date as day,
    minutes,
    coalesce(fare, 0) as fare,
    {{ cents('fare') }} as fare_cents
from {{ ref('rentals') }}
