WITH
  path AS (  -- each territory with the places above it, itself first
    WITH RECURSIVE up (territory_id, above_id, step) AS (
      SELECT territory_id, territory_id, 0 FROM territories
      UNION ALL
      SELECT up.territory_id, t.parent_id, up.step + 1
      FROM up JOIN territories AS t ON t.territory_id = up.above_id WHERE t.parent_id IS NOT NULL
    )
    SELECT * FROM up
  ),
  told AS (
    SELECT
      s.*,
      coalesce(body.name, o.name, s.asserter) AS who,
      -- the day since when it surely held: "2026?" is no later than 2026-01-01
      coalesce(s.as_of_earliest, s.as_of_latest, '') AS day
    FROM site_status AS s
    LEFT JOIN organisations AS body ON body.organisation_id = s.asserted_by
    LEFT JOIN officials AS o ON o.official_id = s.asserted_by_official
    WHERE s.status IN ('accepted', 'disputed', 'unverified')
  ),
  control AS (
    SELECT *, row_number() OVER (PARTITION BY site_id ORDER BY day DESC, site_status_id) AS place
    FROM told WHERE control IS NOT NULL AND control <> 'unspecified'
  ),
  activity AS (
    SELECT *, row_number() OVER (PARTITION BY site_id ORDER BY day DESC, site_status_id) AS place
    FROM told WHERE activity IS NOT NULL AND activity <> 'unknown'
  ),
  operator AS (
    SELECT *, row_number() OVER (PARTITION BY site_id ORDER BY day DESC, site_status_id) AS place
    FROM told WHERE operator_id IS NOT NULL
  )
SELECT
  s.site_id,
  s.name,
  s.name_uk,
  s.type,
  (
    SELECT group_concat(name, '; ') FROM (
      SELECT m.name FROM site_minerals AS sm JOIN minerals AS m USING (mineral_id)
      WHERE sm.site_id = s.site_id AND sm.status <> 'rejected'
      GROUP BY m.name ORDER BY min(sm.role <> 'primary'), m.name
    )
  ) AS minerals,
  territory.name AS territory,
  (
    SELECT t.name FROM path JOIN territories AS t ON t.territory_id = path.above_id
    WHERE path.territory_id = s.territory_id AND t.type IN ('oblast', 'autonomous_republic', 'special_city')
    ORDER BY path.step LIMIT 1
  ) AS unit,
  s.latitude,
  s.longitude,
  s.location_precision,
  whole.name AS part_of_name,
  control.control,
  holder.name AS controlled_by,
  control.as_of AS control_as_of,
  control.who AS control_asserted_by,
  activity.activity,
  activity.as_of AS activity_as_of,
  activity.who AS activity_asserted_by,
  runner.name AS operator,
  operator.as_of AS operator_as_of,
  from_.sources,
  from_.n_sources,
  from_.n_families,
  from_.last_read,
  coalesce(control.status, activity.status) AS status,
  s.note
FROM sites AS s
LEFT JOIN territories AS territory USING (territory_id)
LEFT JOIN sites AS whole ON whole.site_id = s.part_of
LEFT JOIN control ON control.site_id = s.site_id AND control.place = 1
LEFT JOIN organisations AS holder ON holder.organisation_id = control.controlled_by
LEFT JOIN activity ON activity.site_id = s.site_id AND activity.place = 1
LEFT JOIN operator ON operator.site_id = s.site_id AND operator.place = 1
LEFT JOIN organisations AS runner ON runner.organisation_id = operator.operator_id
LEFT JOIN provenance AS from_ ON from_.table_name = 'sites' AND from_.row_key = s.site_id
ORDER BY s.site_id
