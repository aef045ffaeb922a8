{{ config(materialized='table') }}
-- depends_on: {{ ref('riders') }}
select day,{{ pivot_of('rider', dbt_riders(), 'sum', 'minutes') }}
from {{ ref('stg_rentals') }}
group by day
