{{ config(materialized='table') }}
{{ days_between('2024-02-27', '2024-03-03') }}
