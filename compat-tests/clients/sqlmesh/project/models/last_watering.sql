MODEL (
  name garden.last_watering,
  kind INCREMENTAL_BY_UNIQUE_KEY (unique_key plant_id),
  start '2024-05-01',
  end '2024-05-31'
);
SELECT plant_id, MAX(watered_at) AS watered_at
FROM raw_garden.waterings
WHERE watered_at::DATE BETWEEN @start_date AND @end_date
GROUP BY plant_id
