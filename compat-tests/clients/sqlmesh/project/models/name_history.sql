MODEL (
  name garden.name_history,
  kind SCD_TYPE_2_BY_COLUMN (unique_key plant_id, columns [name])
);
SELECT plant_id::INT AS plant_id, name::VARCHAR(20) AS name FROM raw_garden.prices
