MODEL (
  name garden.price_history,
  kind SCD_TYPE_2_BY_TIME (unique_key plant_id, updated_at_name changed_at, invalidate_hard_deletes true)
);
SELECT plant_id::INT AS plant_id, price::NUMBER(8, 2) AS price, changed_at::TIMESTAMP_NTZ AS changed_at
FROM raw_garden.prices
