{{ config(event_time='started_at') }}
select * from {{ ref('stg_rentals') }}
