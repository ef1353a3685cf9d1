SELECT
  c.claim_id,
  c.said_date,
  c.said_date_earliest,
  c.said_date_latest,
  coalesce(o.name, c.speaker, body.name) AS speaker,
  body.name AS organisation,
  (
    SELECT group_concat(title, '; ') FROM (
      SELECT p.title FROM positions AS p
      WHERE p.official_id = c.official_id AND p.status = 'accepted' AND c.said_date_earliest IS NOT NULL
        AND coalesce(p.start_date_earliest, p.start_date_latest, '0000') <= c.said_date_latest
        AND coalesce(p.end_date_latest, CASE WHEN p.end_date IS NULL THEN '9999' ELSE p.end_date_earliest END, '9999') >= c.said_date_earliest
      ORDER BY p.title
    )
  ) AS offices_held_then,
  c.act,
  c.topic,
  c.summary,
  c.value,
  c.value_max,
  c.unit,
  c.qualifier,
  c.basis,
  c.quote,
  c.checked,
  asked.summary AS answers_summary,
  e.title AS event,
  a.title AS agreement,
  m.name AS mineral,
  t.name AS territory,
  s.name AS site,
  from_.sources,
  from_.n_sources,
  from_.n_families,
  from_.last_read,
  c.status,
  c.dispute_id,
  c.note
FROM claims AS c
LEFT JOIN officials AS o USING (official_id)
LEFT JOIN organisations AS body ON body.organisation_id = c.organisation_id
LEFT JOIN claims AS asked ON asked.claim_id = c.answers
LEFT JOIN events AS e ON e.event_id = c.event_id
LEFT JOIN agreements AS a ON a.agreement_id = c.agreement_id
LEFT JOIN minerals AS m ON m.mineral_id = c.mineral_id
LEFT JOIN territories AS t ON t.territory_id = c.territory_id
LEFT JOIN sites AS s ON s.site_id = c.site_id
LEFT JOIN provenance AS from_ ON from_.table_name = 'claims' AND from_.row_key = c.claim_id
ORDER BY c.said_date_latest IS NULL, coalesce(c.said_date_earliest, c.said_date_latest), c.claim_id
