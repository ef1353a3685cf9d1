SELECT
  c.as_of,
  c.as_of_earliest,
  c.as_of_latest,
  coalesce(body.name, c.asserter) AS asserted_by,
  max(CASE WHEN c.territory_id = 'ukraine' THEN c.occupied_percent END) AS ukraine,
  max(CASE WHEN c.territory_id = 'crimea' THEN c.occupied_percent END) AS crimea,
  max(CASE WHEN c.territory_id = 'sevastopol' THEN c.occupied_percent END) AS sevastopol,
  max(CASE WHEN c.territory_id = 'luhansk-oblast' THEN c.occupied_percent END) AS luhansk_oblast,
  max(CASE WHEN c.territory_id = 'donetsk-oblast' THEN c.occupied_percent END) AS donetsk_oblast,
  max(CASE WHEN c.territory_id = 'zaporizhzhia-oblast' THEN c.occupied_percent END) AS zaporizhzhia_oblast,
  max(CASE WHEN c.territory_id = 'kherson-oblast' THEN c.occupied_percent END) AS kherson_oblast,
  max(CASE WHEN c.territory_id = 'kharkiv-oblast' THEN c.occupied_percent END) AS kharkiv_oblast,
  max(CASE WHEN c.territory_id = 'mykolaiv-oblast' THEN c.occupied_percent END) AS mykolaiv_oblast,
  max(CASE WHEN c.territory_id = 'sumy-oblast' THEN c.occupied_percent END) AS sumy_oblast,
  max(CASE WHEN c.territory_id = 'dnipropetrovsk-oblast' THEN c.occupied_percent END) AS dnipropetrovsk_oblast,
  (
    SELECT group_concat(sources, ' | ') FROM (
      SELECT DISTINCT p.sources FROM territory_control AS one
      JOIN provenance AS p ON p.table_name = 'territory_control' AND p.row_key = one.territory_control_id
      WHERE one.as_of = c.as_of AND one.asserted_by IS c.asserted_by AND one.asserter IS c.asserter
        AND one.occupied_percent IS NOT NULL AND one.status = 'accepted'
      ORDER BY p.sources
    )
  ) AS sources,
  sum(from_.n_sources) AS n_sources,
  max(from_.n_families) AS n_families,
  max(from_.last_read) AS last_read,
  'accepted' AS status
FROM territory_control AS c
LEFT JOIN organisations AS body ON body.organisation_id = c.asserted_by
LEFT JOIN provenance AS from_ ON from_.table_name = 'territory_control' AND from_.row_key = c.territory_control_id
WHERE c.status = 'accepted' AND c.occupied_percent IS NOT NULL AND c.occupied_percent_max IS NULL
  AND (c.territory_id = 'ukraine' OR c.territory_id IN ('crimea', 'sevastopol', 'luhansk-oblast', 'donetsk-oblast', 'zaporizhzhia-oblast', 'kherson-oblast', 'kharkiv-oblast', 'mykolaiv-oblast', 'sumy-oblast', 'dnipropetrovsk-oblast'))
GROUP BY c.as_of, c.asserted_by, c.asserter
ORDER BY coalesce(c.as_of_earliest, c.as_of_latest), c.as_of_latest, asserted_by
