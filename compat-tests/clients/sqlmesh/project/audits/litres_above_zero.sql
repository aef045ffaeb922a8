AUDIT (name litres_above_zero);
SELECT * FROM @this_model WHERE litres <= 0
