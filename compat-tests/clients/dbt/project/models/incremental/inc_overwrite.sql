{{ config(materialized='incremental', incremental_strategy='insert_overwrite') }}
select rental_id, {{ var('generation') }} as generation from {{ ref('stg_rentals') }}
{% if is_incremental() %}where bike_id = 2{% endif %}
