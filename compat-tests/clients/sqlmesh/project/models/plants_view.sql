MODEL (
  name garden.plants_view,
  kind VIEW,
  description 'Plants as they are sold',
  column_descriptions (plant_id = 'Key of a plant')
);
SELECT plant_id, UPPER(name) AS name, price FROM garden.plants_seed
