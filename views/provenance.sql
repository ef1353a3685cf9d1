-- Where a row comes from: the sources that support it, oldest first, and how many stories they tell.
SELECT
  table_name,
  row_key,
  group_concat(address, ' | ') AS sources,
  count(*) AS n_sources,
  count(DISTINCT family) AS n_families,
  max(accessed) AS last_read
FROM (
  SELECT DISTINCT
    evidence.table_name,
    evidence.row_key,
    sources.source_id,
    coalesce(sources.url, sources.archive_url, sources.title) AS address,
    sources.family,
    sources.accessed
  FROM evidence
  JOIN sources USING (source_id)
  WHERE evidence.stance = 'supports'
  ORDER BY evidence.table_name, evidence.row_key, sources.published, sources.source_id
)
GROUP BY table_name, row_key
