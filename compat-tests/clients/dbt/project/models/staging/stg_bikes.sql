{{ config(secure=true, copy_grants=true) }}
select bike_id, model, price, bought_on, electric, split(tags, ',') as tags
from {{ ref('bike_fleet') }}
