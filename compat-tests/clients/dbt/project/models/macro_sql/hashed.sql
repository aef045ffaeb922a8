{{ config(materialized='table') }}
select bike_id, {{ hash_of(['bike_id', 'bought_on']) }} as hash from {{ ref('stg_bikes') }}
