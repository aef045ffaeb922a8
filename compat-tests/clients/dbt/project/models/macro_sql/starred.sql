{{ config(materialized='view') }}
select {{ star_of(ref('bike_fleet'), except=['price', 'tags']) }} from {{ ref('bike_fleet') }}
