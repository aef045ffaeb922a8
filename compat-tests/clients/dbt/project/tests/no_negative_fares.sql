select rental_id from {{ ref('stg_rentals') }} where fare < 0
