{{ config(
    cluster_by=['bike_id', 'hires'], automatic_clustering=true,
    transient=false,
    copy_grants=true,
    post_hook="insert into {{ target.schema }}.run_log select 'built', '{{ this.identifier }}'"
) }}
with per_bike as (
    select bike_id, count(*) as hires, sum(fare) as income
    from {{ ref('stg_rentals') }}
    group by bike_id
)
select
    per_bike.bike_id::number(38, 0) as bike_id,
    hires::number(18, 0) as hires,
    income::number(20, 2) as income,
    (income / total)::number(10, 4) as share
from per_bike
cross join {{ ref('fare_total') }}
