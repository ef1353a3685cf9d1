SELECT
  unit.name AS unit,
  unit.iso_3166,
  c.as_of,
  c.as_of_earliest,
  c.as_of_latest,
  coalesce(body.name, c.asserter) AS asserted_by,
  o.name AS asserted_by_official,
  c.control,
  holder.name AS controlled_by,
  c.occupied_percent,
  c.occupied_percent_max,
  c.qualifier,
  c.occupied_km2,
  c.basis,
  c.territory_id,
  c.territory_control_id,
  from_.sources,
  from_.n_sources,
  from_.n_families,
  from_.last_read,
  c.status,
  c.dispute_id,
  c.note
FROM territory_control AS c
JOIN territories AS unit USING (territory_id)
LEFT JOIN organisations AS body ON body.organisation_id = c.asserted_by
LEFT JOIN organisations AS holder ON holder.organisation_id = c.controlled_by
LEFT JOIN officials AS o ON o.official_id = c.asserted_by_official
LEFT JOIN provenance AS from_ ON from_.table_name = 'territory_control' AND from_.row_key = c.territory_control_id
WHERE unit.type IN ('country', 'oblast', 'autonomous_republic', 'special_city')
ORDER BY unit.name, coalesce(c.as_of_earliest, c.as_of_latest), c.as_of_latest, asserted_by, c.territory_control_id
