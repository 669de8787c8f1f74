-- Amendments (addenda) of agreements in force: proposed by one person with what they add reserved, decided by another,
-- kept for ever with the agreement as it was and as it became.
-- +goose Up
CREATE TABLE amendment (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, agreement_id uuid NOT NULL, position integer NOT NULL,
  number text NOT NULL, date date NOT NULL, reason text NOT NULL, status text NOT NULL DEFAULT 'proposed', remark text NOT NULL DEFAULT '',
  value_before bigint NOT NULL, value_after bigint NOT NULL, before jsonb NOT NULL, after jsonb NOT NULL,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, decided_at timestamptz, decided_by uuid,
  CONSTRAINT amendment_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT amendment_position_unique UNIQUE (government_id, agreement_id, position),
  CONSTRAINT amendment_agency_fkey FOREIGN KEY (government_id, agency_id) REFERENCES agency,
  CONSTRAINT amendment_agreement_fkey FOREIGN KEY (government_id, agreement_id) REFERENCES agreement,
  CONSTRAINT amendment_author_fkey FOREIGN KEY (government_id, created_by) REFERENCES user_account,
  CONSTRAINT amendment_status_known CHECK (status IN ('proposed', 'approved', 'rejected', 'withdrawn')),
  CONSTRAINT amendment_texts_filled CHECK (number <> '' AND reason <> ''),
  CONSTRAINT amendment_values_sane CHECK (value_before > 0 AND value_after > 0),
  CONSTRAINT amendment_decided_by_someone CHECK ((status <> 'proposed') = (decided_by IS NOT NULL AND decided_at IS NOT NULL)),
  CONSTRAINT amendment_not_decided_by_author CHECK (status NOT IN ('approved', 'rejected') OR decided_by <> created_by)
);
-- A number that was turned down may come again.
CREATE UNIQUE INDEX amendment_number_unique ON amendment (government_id, agreement_id, number) WHERE status IN ('proposed', 'approved');
CREATE UNIQUE INDEX amendment_one_pending ON amendment (government_id, agreement_id) WHERE status = 'proposed';

CALL wall_table('amendment');
CALL trail_table('amendment');

-- An amendment may take a line out; its row stays.
ALTER TABLE deliverable DROP CONSTRAINT deliverable_quantity_positive,
  ADD CONSTRAINT deliverable_quantity_not_negative CHECK (quantity >= 0);
-- The lines of an agreement come while it is a draft, or by decide_amendment.
CREATE POLICY draft_only_insert ON deliverable AS RESTRICTIVE FOR INSERT WITH CHECK (EXISTS (SELECT FROM agreement a
  WHERE a.government_id = deliverable.government_id AND a.id = deliverable.agreement_id AND a.status IN ('draft', 'rejected')));

-- Decides an amendment that waits; false when none of that id does. An approved one becomes the lines of its agreement:
-- the only way by which the program changes lines that are in force, and never to anything but what was proposed.
-- +goose StatementBegin
CREATE FUNCTION decide_amendment(p_government uuid, p_amendment uuid, p_status text, p_remark text, p_actor uuid, p_at timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  m amendment; fixed uuid;
BEGIN
  IF p_government::text IS DISTINCT FROM current_setting('tayang.government', true) THEN
    RAISE EXCEPTION 'decide_amendment for another government' USING ERRCODE = '42501';
  END IF;
  UPDATE amendment SET status = p_status, remark = p_remark, decided_by = p_actor, decided_at = p_at
    WHERE government_id = p_government AND id = p_amendment AND status = 'proposed' RETURNING * INTO m;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  IF p_status <> 'approved' THEN
    RETURN true;
  END IF;
  IF EXISTS (SELECT FROM agreement a WHERE a.government_id = p_government AND a.id = m.agreement_id AND p_actor IN (a.created_by, a.submitted_by)) THEN
    RAISE EXCEPTION 'amendment % approved by the author of the agreement', m.number USING ERRCODE = '23514', CONSTRAINT = 'amendment_not_decided_by_author';
  END IF;
  SELECT d.id INTO fixed FROM jsonb_to_recordset(m.after -> 'deliverables') AS x(id uuid, unit_price bigint)
    JOIN deliverable d ON d.government_id = p_government AND d.agreement_id = m.agreement_id AND d.id = x.id
    WHERE d.placed > 0 AND d.unit_price <> x.unit_price LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'line % has placements at its price', fixed USING ERRCODE = '23514', CONSTRAINT = 'deliverable_price_fixed_by_placements';
  END IF;
  UPDATE deliverable d SET quantity = x.quantity, unit_price = x.unit_price, unit_net = x.unit_net, unit_vat = x.unit_vat, unit_gross = x.unit_gross
    FROM jsonb_to_recordset(m.after -> 'deliverables') AS x(id uuid, quantity bigint, unit_price bigint, unit_net bigint, unit_vat bigint, unit_gross bigint)
    WHERE d.government_id = p_government AND d.agreement_id = m.agreement_id AND d.id = x.id
      AND (d.quantity, d.unit_price, d.unit_net, d.unit_vat) IS DISTINCT FROM (x.quantity, x.unit_price, x.unit_net, x.unit_vat);
  INSERT INTO deliverable (government_id, id, agreement_id, position, product, outlet_id, social_account_id, budget_line_id, quantity,
      unit, offered_price, unit_price, tax_inclusive, label_required, unit_net, unit_vat, unit_gross)
    SELECT p_government, x.id, m.agreement_id, x.position, x.product, x.outlet_id, x.social_account_id, x.budget_line_id, x.quantity,
      x.unit, x.offered_price, x.unit_price, x.tax_inclusive, x.label_required, x.unit_net, x.unit_vat, x.unit_gross
    FROM jsonb_to_recordset(m.after -> 'deliverables') AS x(id uuid, position integer, product text, outlet_id uuid,
      social_account_id uuid, budget_line_id uuid, quantity bigint, unit text, offered_price bigint, unit_price bigint,
      tax_inclusive boolean, label_required boolean, unit_net bigint, unit_vat bigint, unit_gross bigint)
    WHERE NOT EXISTS (SELECT FROM deliverable d WHERE d.government_id = p_government AND d.id = x.id);
  RETURN true;
END $$;
-- +goose StatementEnd
REVOKE EXECUTE ON FUNCTION decide_amendment FROM PUBLIC;
GRANT EXECUTE ON FUNCTION decide_amendment TO tayang_app;

-- +goose Down
DROP FUNCTION decide_amendment;
DROP POLICY draft_only_insert ON deliverable;
ALTER TABLE deliverable DROP CONSTRAINT deliverable_quantity_not_negative,
  ADD CONSTRAINT deliverable_quantity_positive CHECK (quantity > 0);
DROP TABLE amendment;
