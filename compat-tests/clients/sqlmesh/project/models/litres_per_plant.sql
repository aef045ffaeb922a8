MODEL (
  name garden.litres_per_plant,
  kind FULL,
  grain plant_id,
  audits (unique_values(columns := (plant_id)), forall(criteria := (litres < 1000)))
);
SELECT p.plant_id, p.name, COALESCE(SUM(w.litres), 0)::NUMBER(10, 2) AS litres
FROM garden.plants_view AS p
LEFT JOIN garden.waterings_by_day AS w ON w.plant_id = p.plant_id
GROUP BY p.plant_id, p.name
