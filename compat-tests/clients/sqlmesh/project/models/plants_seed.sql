MODEL (
  name garden.plants_seed,
  kind SEED (path '../seeds/plants.csv'),
  columns (plant_id INT, name VARCHAR(20), price NUMBER(8, 2), changed_at TIMESTAMP_NTZ),
  grain plant_id
);
