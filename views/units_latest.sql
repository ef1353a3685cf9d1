WITH RECURSIVE
  body_of (organisation_id, above_id) AS (  -- each body with those above it, itself first
    SELECT organisation_id, organisation_id FROM organisations
    UNION
    SELECT body_of.organisation_id, o.parent_id
    FROM body_of JOIN organisations AS o ON o.organisation_id = body_of.above_id WHERE o.parent_id IS NOT NULL
  ),
  told AS (
    SELECT
      c.*,
      coalesce(body.name, o.name, c.asserter) AS who,
      -- the day since when it surely held: "2026?" is no later than 2026-01-01
      coalesce(c.as_of_earliest, c.as_of_latest, '') AS day
    FROM territory_control AS c
    LEFT JOIN organisations AS body ON body.organisation_id = c.asserted_by
    LEFT JOIN officials AS o ON o.official_id = c.asserted_by_official
    WHERE c.status = 'accepted'
      AND ifnull(c.asserted_by, '') NOT LIKE '%-occupation-authorities'
      -- nobody's own word on what they hold beyond their borders
      AND NOT EXISTS (
        SELECT 1 FROM body_of
        WHERE body_of.organisation_id = c.asserted_by AND body_of.above_id = c.controlled_by
          AND c.controlled_by <> 'ukraine'
      )
  ),
  control AS (
    SELECT
      *,
      row_number() OVER (
        PARTITION BY territory_id ORDER BY day DESC, coalesce(as_of_latest, '9999'), territory_control_id
      ) AS place
    FROM told WHERE control IS NOT NULL AND control <> 'unspecified'
  ),
  share AS (
    SELECT
      *,
      row_number() OVER (
        PARTITION BY territory_id ORDER BY day DESC, coalesce(as_of_latest, '9999'), territory_control_id
      ) AS place
    FROM told WHERE occupied_percent IS NOT NULL
  ),
  cited AS (
    SELECT DISTINCT
      evidence.row_key,
      sources.source_id,
      coalesce(sources.url, sources.archive_url, sources.title) AS address,
      sources.family,
      sources.accessed,
      sources.published
    FROM evidence
    JOIN sources USING (source_id)
    WHERE evidence.table_name = 'territory_control' AND evidence.stance = 'supports'
  )
SELECT
  t.territory_id,
  t.name,
  t.name_uk,
  t.type,
  t.iso_3166,
  t.katottg,
  t.area_km2,
  control.control,
  holder.name AS controlled_by,
  control.as_of AS control_as_of,
  control.who AS control_asserted_by,
  share.occupied_percent,
  share.occupied_percent_max,
  share.qualifier,
  share.basis,
  share.as_of AS occupied_as_of,
  share.who AS occupied_asserted_by,
  (
    SELECT group_concat(address, ' | ') FROM (
      SELECT DISTINCT source_id, address FROM cited
      WHERE row_key IN (control.territory_control_id, share.territory_control_id)
      ORDER BY published, source_id
    )
  ) AS sources,
  (
    SELECT count(DISTINCT source_id) FROM cited
    WHERE row_key IN (control.territory_control_id, share.territory_control_id)
  ) AS n_sources,
  (
    SELECT count(DISTINCT family) FROM cited
    WHERE row_key IN (control.territory_control_id, share.territory_control_id)
  ) AS n_families,
  (
    SELECT max(accessed) FROM cited
    WHERE row_key IN (control.territory_control_id, share.territory_control_id)
  ) AS last_read,
  coalesce(control.status, share.status) AS status,
  t.note
FROM territories AS t
LEFT JOIN control ON control.territory_id = t.territory_id AND control.place = 1
LEFT JOIN organisations AS holder ON holder.organisation_id = control.controlled_by
LEFT JOIN share ON share.territory_id = t.territory_id AND share.place = 1
WHERE t.parent_id = 'ukraine' AND t.type IN ('oblast', 'autonomous_republic', 'special_city')
ORDER BY t.iso_3166
