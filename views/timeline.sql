SELECT
  e.event_date,
  e.event_date_earliest,
  e.event_date_latest,
  e.event_id,
  e.type,
  e.stage,
  e.title,
  e.summary,
  coalesce(venue.name, e.place) AS place,
  territory.name AS territory,
  (
    SELECT group_concat(words, '; ') FROM (
      SELECT
        coalesce(o.name || ifnull(', ' || pos.title, ifnull(', ' || body.name, '')), body.name)
        || ' (' || p.role || ')' AS words
      FROM event_participants AS p
      LEFT JOIN officials AS o USING (official_id)
      LEFT JOIN organisations AS body ON body.organisation_id = p.organisation_id
      LEFT JOIN positions AS pos USING (position_id)
      WHERE p.event_id = e.event_id AND p.status IN ('accepted', 'disputed', 'unverified')
      ORDER BY p.official_id IS NULL, o.name, body.name
    )
  ) AS participants,
  agreement.title AS agreement,
  venue.name AS site,
  e.agreement_id,
  e.site_id,
  e.territory_id,
  from_.sources,
  from_.n_sources,
  from_.n_families,
  from_.last_read,
  e.status,
  e.dispute_id,
  e.note
FROM events AS e
LEFT JOIN territories AS territory USING (territory_id)
LEFT JOIN sites AS venue USING (site_id)
LEFT JOIN agreements AS agreement ON agreement.agreement_id = e.agreement_id
LEFT JOIN provenance AS from_ ON from_.table_name = 'events' AND from_.row_key = e.event_id
ORDER BY e.event_date_earliest IS NULL, coalesce(e.event_date_earliest, e.event_date_latest), e.event_date_latest, e.event_id
