WITH sides (dispute_id, table_name, row_key, told_by, day, says, value, unit, qualifier, status, note) AS (
  SELECT c.dispute_id, 'claims', c.claim_id, coalesce(o.name, c.speaker, b.name), coalesce(c.as_of, c.said_date),
    c.summary, c.value, c.unit, c.qualifier, c.status, c.note
  FROM claims AS c
  LEFT JOIN officials AS o USING (official_id)
  LEFT JOIN organisations AS b ON b.organisation_id = c.organisation_id
  UNION ALL
  SELECT e.dispute_id, 'events', e.event_id, NULL, e.event_date, e.title, NULL, NULL, NULL, e.status, e.note
  FROM events AS e
  UNION ALL
  SELECT a.dispute_id, 'agreements', a.agreement_id, NULL, coalesce(a.signed_date, a.proposed_date), a.title,
    NULL, NULL, NULL, a.status, a.note
  FROM agreements AS a
  UNION ALL
  SELECT p.dispute_id, 'agreement_parties', p.agreement_id || '/' || p.organisation_id, NULL, NULL,
    b.name || ': ' || p.role || ', ' || a.title, NULL, NULL, NULL, p.status, p.note
  FROM agreement_parties AS p
  JOIN agreements AS a USING (agreement_id)
  JOIN organisations AS b USING (organisation_id)
  UNION ALL
  SELECT p.dispute_id, 'event_participants', p.participation_id, NULL, e.event_date,
    coalesce(o.name, b.name) || ': ' || p.role || ', ' || e.title, NULL, NULL, NULL, p.status, p.note
  FROM event_participants AS p
  JOIN events AS e USING (event_id)
  LEFT JOIN officials AS o USING (official_id)
  LEFT JOIN organisations AS b ON b.organisation_id = p.organisation_id
  UNION ALL
  SELECT p.dispute_id, 'positions', p.position_id, NULL,
    ifnull(p.start_date, '') || ' – ' || ifnull(p.end_date, ''), o.name || ': ' || p.title, NULL, NULL, NULL,
    p.status, p.note
  FROM positions AS p
  JOIN officials AS o USING (official_id)
  UNION ALL
  SELECT c.dispute_id, 'commitments', c.commitment_id, coalesce(b.name, o.name), c.announced_date, c.summary,
    coalesce(c.amount, c.quantity), coalesce(c.currency, c.quantity_unit, c.amount_basis), c.qualifier, c.status, c.note
  FROM commitments AS c
  LEFT JOIN organisations AS b ON b.organisation_id = c.committed_by
  LEFT JOIN officials AS o USING (official_id)
  UNION ALL
  SELECT p.dispute_id, 'mineral_presence', p.mineral_presence_id, coalesce(b.name, p.asserter), p.as_of,
    m.name || ', ' || t.name || ': ' || p.control || ifnull(' (' || p.basis || ')', ''), p.share_percent,
    CASE WHEN p.share_percent IS NOT NULL THEN 'percent' END, p.qualifier, p.status, p.note
  FROM mineral_presence AS p
  JOIN minerals AS m USING (mineral_id)
  JOIN territories AS t USING (territory_id)
  LEFT JOIN organisations AS b ON b.organisation_id = p.asserted_by
  UNION ALL
  SELECT sm.dispute_id, 'site_minerals', sm.site_mineral_id, b.name, sm.as_of,
    s.name || ': ' || m.name || ifnull(' (' || sm.basis || ')', ''), sm.quantity, sm.quantity_unit, sm.qualifier,
    sm.status, sm.note
  FROM site_minerals AS sm
  JOIN sites AS s USING (site_id)
  JOIN minerals AS m USING (mineral_id)
  LEFT JOIN organisations AS b ON b.organisation_id = sm.asserted_by
  UNION ALL
  SELECT ss.dispute_id, 'site_status', ss.site_status_id, coalesce(b.name, ss.asserter), ss.as_of,
    s.name || ': ' || ifnull(ss.control, '') || ifnull(', ' || ss.activity, ''), NULL, NULL, NULL, ss.status, ss.note
  FROM site_status AS ss
  JOIN sites AS s USING (site_id)
  LEFT JOIN organisations AS b ON b.organisation_id = ss.asserted_by
  UNION ALL
  SELECT tc.dispute_id, 'territory_control', tc.territory_control_id, coalesce(b.name, tc.asserter), tc.as_of,
    t.name || ': ' || tc.control || ifnull(' (' || tc.basis || ')', ''), coalesce(tc.occupied_percent, tc.occupied_km2),
    CASE WHEN tc.occupied_percent IS NOT NULL THEN 'percent' WHEN tc.occupied_km2 IS NOT NULL THEN 'km²' END,
    tc.qualifier, tc.status, tc.note
  FROM territory_control AS tc
  JOIN territories AS t USING (territory_id)
  LEFT JOIN organisations AS b ON b.organisation_id = tc.asserted_by
  UNION ALL
  SELECT er.dispute_id, 'errata', er.erratum_id, s.title, s.published, er.as_printed || ' → ' || ifnull(er.corrected, '?'),
    NULL, NULL, NULL, NULL, er.because
  FROM errata AS er
  JOIN sources AS s USING (source_id)
)
SELECT
  d.dispute_id,
  d.title,
  d.kind,
  d.verdict,
  d.summary AS dispute,
  sides.told_by,
  sides.day,
  sides.says,
  sides.value,
  sides.unit,
  sides.qualifier,
  sides.table_name,
  sides.row_key,
  from_.sources,
  from_.n_sources,
  from_.n_families,
  from_.last_read,
  sides.status,
  sides.note
FROM disputes AS d
JOIN sides USING (dispute_id)
LEFT JOIN provenance AS from_ ON from_.table_name = sides.table_name AND from_.row_key = sides.row_key
ORDER BY d.dispute_id, sides.day IS NULL, sides.day, sides.table_name, sides.row_key
