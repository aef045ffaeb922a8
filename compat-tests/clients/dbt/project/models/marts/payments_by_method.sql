{{ config(sql_header="set currency = 'EUR';") }}
select method, sum(amount) as amount, $currency as currency
from {{ ref('stg_payments') }}
group by method
