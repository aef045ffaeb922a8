{{ config(materialized='ephemeral') }}
select sum(fare) as total from {{ ref('stg_rentals') }}
