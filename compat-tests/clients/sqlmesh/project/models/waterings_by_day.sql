MODEL (
  name garden.waterings_by_day,
  kind INCREMENTAL_BY_TIME_RANGE (time_column day, batch_size 10),
  start '2024-05-01',
  end '2024-05-31',
  cron '@daily',
  audits (not_null(columns := (day, plant_id)), litres_above_zero),
  clustered_by day,
  partitioned_by day
);
SELECT
  watered_at::DATE AS day,
  plant_id,
  SUM(litres)::NUMBER(10, 2) AS litres
FROM raw_garden.waterings
WHERE watered_at >= @start_dt AND watered_at < DATEADD(DAY, 1, @end_date::DATE)
GROUP BY watered_at::DATE, plant_id
