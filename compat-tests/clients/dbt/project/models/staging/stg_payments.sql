select
    payment_id,
    doc:rental::int as rental_id,
    doc:method::varchar as method,
    f.value:amount::number(8, 2) as amount
from {{ source('shop', 'payments') }},
    lateral flatten(input => doc:parts) f
