{{ config(materialized='incremental', incremental_strategy='append') }}
select rental_id, {{ var('generation') }} as generation from {{ ref('stg_rentals') }}
{% if is_incremental() %}where rental_id > 104{% endif %}
