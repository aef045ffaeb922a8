{{ config(materialized='view') }}
-- depends_on: {{ ref('bike_income') }}
{{ union_of([ref('bike_fleet'), ref('bike_income')]) }}
