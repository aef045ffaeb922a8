{{ config(materialized='table') }}
select
    {{ dbt.dateadd('day', 3, "'2024-02-27'::date") }} as three_days_on,
    {{ dbt.datediff("'2024-02-27'::date", "'2024-03-03'::date", 'day') }} as days,
    {{ dbt.date_trunc('month', "'2024-02-27 10:11:12'::timestamp_ntz") }} as month,
    {{ dbt.last_day("'2024-02-27'::date", 'month') }} as month_end,
    {{ dbt.safe_cast("'x'", dbt.type_int()) }} as no_number,
    {{ dbt.split_part("'a-b-c'", "'-'", 2) }} as second_part,
    {{ dbt.position("'b'", "'abc'") }} as place,
    {{ dbt.right("'abc'", 2) }} as tail,
    {{ dbt.hash("'abc'") }} as md5,
    {{ dbt.concat(["'a'", "'b'"]) }} as joined,
    {{ dbt.replace("'abc'", "'b'", "'x'") }} as replaced,
    {{ dbt.length("'abc'") }} as letters,
    {{ dbt.string_literal("it''s") }} as literal,
    {{ dbt.array_construct([1, 2]) }} as pair,
    {{ dbt.array_append(dbt.array_construct([1, 2]), 3) }} as triple,
    {{ dbt.array_concat(dbt.array_construct([1]), dbt.array_construct([2])) }} as both,
    {{ dbt.bool_or('electric') }} as any_electric,
    {{ dbt.any_value("'v'") }} as any_v,
    {{ dbt.listagg('model', "', '", 'order by model', 2) }} as two_models
from {{ ref('stg_bikes') }}
