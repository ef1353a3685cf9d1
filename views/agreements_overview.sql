SELECT
  a.agreement_id,
  a.title,
  a.type,
  a.form,
  a.legal_force,
  a.stage,
  (
    SELECT group_concat(name, '; ') FROM (
      SELECT body.name || CASE p.role WHEN 'party' THEN '' ELSE ' (' || p.role || ')' END AS name
      FROM agreement_parties AS p JOIN organisations AS body USING (organisation_id)
      WHERE p.agreement_id = a.agreement_id ORDER BY p.role <> 'party', body.name
    )
  ) AS parties,
  (
    SELECT group_concat(name, '; ') FROM (
      SELECT o.name || ' for ' || body.name AS name
      FROM agreement_parties AS p
      JOIN organisations AS body USING (organisation_id)
      JOIN officials AS o ON o.official_id = p.signatory_id
      WHERE p.agreement_id = a.agreement_id ORDER BY body.name
    )
  ) AS signatories,
  a.proposed_date,
  a.signed_date,
  a.ratified_date,
  a.in_force_date,
  a.ended_date,
  a.duration_years,
  territory.name AS territory,
  a.place,
  whole.title AS part_of_title,
  (
    SELECT group_concat(words, '; ') FROM (
      SELECT
        ifnull(body.name || ': ', '') || c.item
        || CASE WHEN c.amount IS NULL THEN '' ELSE
          ', ' || ifnull(replace(c.qualifier, '_', ' ') || ' ', '')
          || printf(CASE WHEN c.amount = round(c.amount) THEN '%,d' ELSE '%g' END, c.amount)
          || ifnull('–' || printf('%,d', c.amount_max), '')
          || CASE c.amount_basis WHEN 'percent_of_gdp' THEN ' percent of GDP' ELSE ifnull(' ' || c.currency, '') END
          || CASE c.amount_basis WHEN 'per_year' THEN ' a year' ELSE '' END
        END AS words
      FROM commitments AS c LEFT JOIN organisations AS body ON body.organisation_id = c.committed_by
      WHERE c.agreement_id = a.agreement_id AND c.part_of IS NULL AND c.status = 'accepted'
      ORDER BY c.amount IS NULL, body.name, c.commitment_id
    )
  ) AS commitments,
  (SELECT count(*) FROM events AS e WHERE e.agreement_id = a.agreement_id) AS n_events,
  a.summary,
  a.text_url,
  from_.sources,
  from_.n_sources,
  from_.n_families,
  from_.last_read,
  a.status,
  a.dispute_id,
  a.note
FROM agreements AS a
LEFT JOIN territories AS territory USING (territory_id)
LEFT JOIN agreements AS whole ON whole.agreement_id = a.part_of
LEFT JOIN provenance AS from_ ON from_.table_name = 'agreements' AND from_.row_key = a.agreement_id
ORDER BY coalesce(a.signed_date_earliest, a.proposed_date_earliest) IS NULL, coalesce(a.signed_date_earliest, a.proposed_date_earliest), a.agreement_id
