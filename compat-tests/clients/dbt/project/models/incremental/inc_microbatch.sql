{{ config(
    materialized='incremental', incremental_strategy='microbatch',
    event_time='started_at', batch_size='day', begin='2024-05-01'
) }}
select rental_id, started_at, {{ var('generation') }} as generation from {{ ref('hires') }}
