SELECT
  m.mineral_id,
  m.name,
  m.name_uk,
  m.symbol,
  m.level,
  m.category,
  whole.name AS group_name,
  max(CASE WHEN l.list_id = 'eu-critical-2024' THEN coalesce(l.as_printed, m.name) END) AS eu_critical_2024,
  max(CASE WHEN l.list_id = 'eu-strategic-2024' THEN coalesce(l.as_printed, m.name) END) AS eu_strategic_2024,
  max(CASE WHEN l.list_id = 'uk-2024' THEN coalesce(l.as_printed, m.name) END) AS uk_2024,
  max(CASE WHEN l.list_id = 'ukraine-2023' THEN coalesce(l.as_printed, m.name) END) AS ukraine_2023,
  max(CASE WHEN l.list_id = 'ukraine-critical-2025' THEN coalesce(l.as_printed, m.name) END) AS ukraine_critical_2025,
  max(CASE WHEN l.list_id = 'ukraine-strategic-2025' THEN coalesce(l.as_printed, m.name) END) AS ukraine_strategic_2025,
  max(CASE WHEN l.list_id = 'us-2022' THEN coalesce(l.as_printed, m.name) END) AS us_2022,
  max(CASE WHEN l.list_id = 'us-2025' THEN coalesce(l.as_printed, m.name) END) AS us_2025,
  max(CASE WHEN l.list_id = 'us-ukraine-fund-2025' THEN coalesce(l.as_printed, m.name) END) AS us_ukraine_fund_2025,
  count(l.list_id) AS n_lists,
  (
    SELECT group_concat(sources, ' | ') FROM (
      SELECT p.sources FROM mineral_listings AS one
      JOIN provenance AS p ON p.table_name = 'mineral_lists' AND p.row_key = one.list_id
      WHERE one.mineral_id = m.mineral_id ORDER BY one.list_id
    )
  ) AS sources,
  (
    SELECT sum(p.n_sources) FROM mineral_listings AS one
    JOIN provenance AS p ON p.table_name = 'mineral_lists' AND p.row_key = one.list_id
    WHERE one.mineral_id = m.mineral_id
  ) AS n_sources,
  (
    SELECT sum(p.n_families) FROM mineral_listings AS one
    JOIN provenance AS p ON p.table_name = 'mineral_lists' AND p.row_key = one.list_id
    WHERE one.mineral_id = m.mineral_id
  ) AS n_families,
  (
    SELECT max(p.last_read) FROM mineral_listings AS one
    JOIN provenance AS p ON p.table_name = 'mineral_lists' AND p.row_key = one.list_id
    WHERE one.mineral_id = m.mineral_id
  ) AS last_read,
  m.note
FROM minerals AS m
JOIN mineral_listings AS l USING (mineral_id)
LEFT JOIN minerals AS whole ON whole.mineral_id = m.group_id
GROUP BY m.mineral_id
ORDER BY m.name
