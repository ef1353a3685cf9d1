SELECT
  p.position_id,
  o.name AS official,
  o.name_uk AS official_uk,
  p.title,
  body.name AS organisation,
  state.name AS state,
  p.start_date,
  p.start_date_earliest,
  p.start_date_latest,
  p.end_date,
  p.end_date_earliest,
  p.end_date_latest,
  p.sole_holder,
  p.official_id,
  p.organisation_id,
  from_.sources,
  from_.n_sources,
  from_.n_families,
  from_.last_read,
  p.status,
  p.dispute_id,
  p.note
FROM positions AS p
JOIN officials AS o USING (official_id)
LEFT JOIN organisations AS body ON body.organisation_id = p.organisation_id
LEFT JOIN organisations AS state ON state.organisation_id = o.state_id
LEFT JOIN provenance AS from_ ON from_.table_name = 'positions' AND from_.row_key = p.position_id
ORDER BY body.name IS NULL, body.name, p.title, coalesce(p.start_date_earliest, p.start_date_latest), p.position_id
