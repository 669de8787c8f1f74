-- What was ordered, evidenced, accepted, billed and paid, line by line: make-goods, units that a BAST says fall short, recaps
-- of placements signed by both sides, who signed a BAST, inspection reports (BAP) over them, and the lines of invoices.
-- +goose Up
ALTER TABLE placement
  ADD COLUMN make_good_for uuid, ADD COLUMN make_good_reason text NOT NULL DEFAULT '',
  ADD CONSTRAINT placement_make_good_fkey FOREIGN KEY (government_id, make_good_for) REFERENCES placement,
  ADD CONSTRAINT placement_make_good_reasoned CHECK ((make_good_for IS NULL) = (make_good_reason = '') AND make_good_for <> id);
CREATE UNIQUE INDEX placement_make_good_once ON placement (government_id, make_good_for) WHERE make_good_for IS NOT NULL AND status <> 'cancelled';

-- A make-good fills the unit of one placement that was cancelled, of the same deliverable, for ever; and what was cancelled
-- does not come back while another stands in for it. So no unit is paid twice.
-- +goose StatementBegin
CREATE FUNCTION keep_make_good() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  r placement;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT * INTO r FROM placement p WHERE p.government_id = NEW.government_id AND p.id = NEW.make_good_for FOR SHARE;
    IF NOT FOUND OR r.status <> 'cancelled' OR r.carried_line_id IS NOT NULL OR (r.agreement_id, r.deliverable_id) <> (NEW.agreement_id, NEW.deliverable_id) THEN
      RAISE EXCEPTION 'placement % fills no unit that is free', NEW.title USING ERRCODE = '23514', CONSTRAINT = 'placement_make_good_unit';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.make_good_for, NEW.make_good_reason) IS DISTINCT FROM (OLD.make_good_for, OLD.make_good_reason) THEN
    RAISE EXCEPTION 'placement % stands in for another for ever', NEW.title USING ERRCODE = '23514', CONSTRAINT = 'placement_make_good_kept';
  END IF;
  IF EXISTS (SELECT FROM placement p WHERE p.government_id = NEW.government_id AND p.make_good_for = NEW.id AND p.status <> 'cancelled') THEN
    RAISE EXCEPTION 'placement % is stood in for', NEW.title USING ERRCODE = '23514', CONSTRAINT = 'placement_replaced';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER begin_make_good BEFORE INSERT ON placement FOR EACH ROW WHEN (NEW.make_good_for IS NOT NULL) EXECUTE FUNCTION keep_make_good();
CREATE TRIGGER keep_make_good BEFORE UPDATE ON placement FOR EACH ROW
  WHEN (NEW.make_good_for IS DISTINCT FROM OLD.make_good_for OR NEW.make_good_reason <> OLD.make_good_reason
    OR OLD.status = 'cancelled' AND NEW.status <> 'cancelled') EXECUTE FUNCTION keep_make_good();

-- A recap of what appeared under an agreement in a period: its lines are frozen when it is drawn up, signed once by both sides.
CREATE TABLE recap (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, agreement_id uuid NOT NULL, number text NOT NULL, date date NOT NULL,
  from_on date NOT NULL, to_on date NOT NULL, placement_ids uuid[] NOT NULL, gross bigint NOT NULL, lines jsonb NOT NULL,
  place text NOT NULL DEFAULT '', signed_on date, office_signer text NOT NULL DEFAULT '', office_nip text NOT NULL DEFAULT '',
  vendor_signer text NOT NULL DEFAULT '', vendor_position text NOT NULL DEFAULT '', file_sha256 text, file_origin text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '',
  version bigint NOT NULL DEFAULT 1,
  CONSTRAINT recap_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT recap_agreement_fkey FOREIGN KEY (government_id, agreement_id) REFERENCES agreement,
  CONSTRAINT recap_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  CONSTRAINT recap_number_filled CHECK (number <> ''),
  CONSTRAINT recap_dates_ordered CHECK (to_on >= from_on AND date >= to_on AND signed_on >= date),
  CONSTRAINT recap_lines_whole CHECK (cardinality(placement_ids) > 0 AND jsonb_array_length(lines) = cardinality(placement_ids)),
  CONSTRAINT recap_signed_by_both CHECK ((file_sha256 IS NULL) = (signed_on IS NULL)
    AND (file_sha256 IS NULL OR office_signer <> '' AND vendor_signer <> '' AND file_origin IN ('vendor', 'staff'))),
  CONSTRAINT recap_voided_by_someone CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason = ''))
);
CREATE UNIQUE INDEX recap_number_unique ON recap (government_id, agency_id, number) WHERE voided_at IS NULL;
CREATE INDEX recap_agreement ON recap (government_id, agreement_id);
CREATE INDEX recap_file ON recap (government_id, file_sha256) WHERE file_sha256 IS NOT NULL;
CALL wall_table('recap');
CALL trail_table('recap');
CALL trail_child('recap', 'agreement_id');
GRANT UPDATE (place, signed_on, office_signer, office_nip, vendor_signer, vendor_position, file_sha256, file_origin, voided_at, voided_by, void_reason, version)
  ON recap TO tayang_app;

-- An inspection report (BAP) over acceptance reports.
CREATE TABLE inspection (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, agreement_id uuid NOT NULL, number text NOT NULL, date date NOT NULL,
  acceptance_ids uuid[] NOT NULL,
  place text NOT NULL DEFAULT '', signed_on date, office_signer text NOT NULL DEFAULT '', office_nip text NOT NULL DEFAULT '',
  vendor_signer text NOT NULL DEFAULT '', vendor_position text NOT NULL DEFAULT '', file_sha256 text, file_origin text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '',
  version bigint NOT NULL DEFAULT 1,
  CONSTRAINT inspection_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT inspection_agreement_fkey FOREIGN KEY (government_id, agreement_id) REFERENCES agreement,
  CONSTRAINT inspection_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  CONSTRAINT inspection_number_filled CHECK (number <> ''),
  CONSTRAINT inspection_acceptances_there CHECK (cardinality(acceptance_ids) > 0),
  CONSTRAINT inspection_signed_by_both CHECK (file_sha256 IS NULL OR signed_on IS NOT NULL AND office_signer <> '' AND vendor_signer <> ''
    AND file_origin IN ('vendor', 'staff')),
  CONSTRAINT inspection_voided_by_someone CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason = ''))
);
CREATE UNIQUE INDEX inspection_number_unique ON inspection (government_id, agency_id, number) WHERE voided_at IS NULL;
CREATE INDEX inspection_agreement ON inspection (government_id, agreement_id);
CREATE INDEX inspection_file ON inspection (government_id, file_sha256) WHERE file_sha256 IS NOT NULL;
CALL wall_table('inspection');
CALL trail_table('inspection');
CALL trail_child('inspection', 'agreement_id');
GRANT UPDATE (place, signed_on, office_signer, office_nip, vendor_signer, vendor_position, file_sha256, file_origin, voided_at, voided_by, void_reason, version)
  ON inspection TO tayang_app;

-- Who signed a BAST, and the one inspection report that it is in.
ALTER TABLE acceptance
  ADD COLUMN place text NOT NULL DEFAULT '', ADD COLUMN signed_on date, ADD COLUMN office_signer text NOT NULL DEFAULT '',
  ADD COLUMN office_nip text NOT NULL DEFAULT '', ADD COLUMN vendor_signer text NOT NULL DEFAULT '', ADD COLUMN vendor_position text NOT NULL DEFAULT '',
  ADD COLUMN file_sha256 text, ADD COLUMN file_origin text NOT NULL DEFAULT '', ADD COLUMN inspection_id uuid,
  ADD CONSTRAINT acceptance_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  ADD CONSTRAINT acceptance_inspection_fkey FOREIGN KEY (government_id, inspection_id) REFERENCES inspection,
  ADD CONSTRAINT acceptance_signed_by_both CHECK (file_sha256 IS NULL OR signed_on IS NOT NULL AND office_signer <> '' AND vendor_signer <> ''
    AND file_origin IN ('vendor', 'staff'));
CREATE INDEX acceptance_inspection ON acceptance (government_id, inspection_id) WHERE inspection_id IS NOT NULL;
CREATE INDEX acceptance_file ON acceptance (government_id, file_sha256) WHERE file_sha256 IS NOT NULL;

-- +goose StatementBegin
CREATE FUNCTION keep_inspection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.inspection_id IS NOT NULL THEN
    IF OLD.inspection_id IS NOT NULL THEN
      RAISE EXCEPTION 'acceptance % is in another inspection', NEW.number USING ERRCODE = '23514', CONSTRAINT = 'acceptance_inspected_once';
    END IF;
    IF NOT EXISTS (SELECT FROM inspection i WHERE i.government_id = NEW.government_id AND i.id = NEW.inspection_id AND i.voided_at IS NULL
        AND i.agreement_id = NEW.agreement_id AND i.date >= NEW.date AND NEW.id = ANY (i.acceptance_ids)) THEN
      RAISE EXCEPTION 'acceptance % does not belong to the inspection', NEW.number USING ERRCODE = '23514', CONSTRAINT = 'acceptance_inspection_covers';
    END IF;
  ELSIF EXISTS (SELECT FROM placement p WHERE p.government_id = NEW.government_id AND p.acceptance_id = NEW.id AND p.status = 'paid') THEN
    RAISE EXCEPTION 'acceptance % is paid', NEW.number USING ERRCODE = '23514', CONSTRAINT = 'inspection_paid';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER keep_inspection BEFORE UPDATE OF inspection_id ON acceptance FOR EACH ROW
  WHEN (NEW.inspection_id IS DISTINCT FROM OLD.inspection_id) EXECUTE FUNCTION keep_inspection();

-- Units of a deliverable that a BAST says do not come. They are not placed any more.
CREATE TABLE acceptance_shortfall (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, agreement_id uuid NOT NULL, acceptance_id uuid NOT NULL, deliverable_id uuid NOT NULL,
  quantity bigint NOT NULL, amount bigint NOT NULL, rule text NOT NULL DEFAULT '', reason text NOT NULL,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  CONSTRAINT acceptance_shortfall_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT acceptance_shortfall_once UNIQUE (government_id, acceptance_id, deliverable_id),
  CONSTRAINT acceptance_shortfall_agreement_fkey FOREIGN KEY (government_id, agreement_id) REFERENCES agreement,
  CONSTRAINT acceptance_shortfall_acceptance_fkey FOREIGN KEY (government_id, acceptance_id) REFERENCES acceptance,
  CONSTRAINT acceptance_shortfall_deliverable_fkey FOREIGN KEY (government_id, deliverable_id) REFERENCES deliverable,
  CONSTRAINT acceptance_shortfall_positive CHECK (quantity > 0 AND amount > 0),
  CONSTRAINT acceptance_shortfall_rule_known CHECK (rule IN ('', 'per_unit', 'make_good')),
  CONSTRAINT acceptance_shortfall_reason_filled CHECK (reason <> '')
);
CREATE INDEX acceptance_shortfall_deliverable ON acceptance_shortfall (government_id, deliverable_id);
CREATE INDEX acceptance_shortfall_agreement ON acceptance_shortfall (government_id, agreement_id);
CALL wall_table('acceptance_shortfall');
CALL trail_table('acceptance_shortfall');
CALL trail_child('acceptance_shortfall', 'agreement_id');

-- Placed and short units together stay within what was ordered; whoever raises either holds the deliverable's row.
-- +goose StatementBegin
CREATE FUNCTION keep_units() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  d deliverable; short bigint;
BEGIN
  IF TG_TABLE_NAME = 'deliverable' THEN
    d := NEW;
  ELSE
    SELECT * INTO d FROM deliverable x WHERE x.government_id = NEW.government_id AND x.id = NEW.deliverable_id AND x.agreement_id = NEW.agreement_id FOR NO KEY UPDATE;
    IF NOT FOUND OR NEW.amount <> NEW.quantity * d.unit_gross THEN
      RAISE EXCEPTION 'a shortfall of another deliverable' USING ERRCODE = '23514', CONSTRAINT = 'acceptance_shortfall_priced';
    END IF;
  END IF;
  SELECT coalesce(sum(s.quantity), 0) INTO short FROM acceptance_shortfall s WHERE s.government_id = d.government_id AND s.deliverable_id = d.id;
  IF d.placed + short > d.quantity THEN
    RAISE EXCEPTION 'deliverable % has no unit left', d.product USING ERRCODE = '23514',
      CONSTRAINT = CASE TG_TABLE_NAME WHEN 'deliverable' THEN 'deliverable_placed_within_quantity' ELSE 'acceptance_shortfall_within_quantity' END;
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER keep_units BEFORE UPDATE OF placed, quantity ON deliverable FOR EACH ROW
  WHEN (NEW.placed > OLD.placed OR NEW.quantity < OLD.quantity) EXECUTE FUNCTION keep_units();
CREATE TRIGGER keep_units AFTER INSERT ON acceptance_shortfall FOR EACH ROW EXECUTE FUNCTION keep_units();

-- What the vendor's invoice says line by line; written once. difference is by how much a line departs from what it should be,
-- within the tolerance of the day.
CREATE TABLE invoice_line (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, invoice_id uuid NOT NULL, deliverable_id uuid NOT NULL, position integer NOT NULL,
  description text NOT NULL, quantity bigint NOT NULL, unit_price bigint NOT NULL, tax_inclusive boolean NOT NULL, amount bigint NOT NULL,
  difference bigint NOT NULL DEFAULT 0, created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  CONSTRAINT invoice_line_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT invoice_line_position_unique UNIQUE (government_id, invoice_id, position),
  CONSTRAINT invoice_line_invoice_fkey FOREIGN KEY (government_id, invoice_id) REFERENCES invoice,
  CONSTRAINT invoice_line_deliverable_fkey FOREIGN KEY (government_id, deliverable_id) REFERENCES deliverable,
  CONSTRAINT invoice_line_positive CHECK (quantity > 0 AND unit_price > 0 AND amount > 0)
);
CALL wall_table('invoice_line');
CALL trail_table('invoice_line');
CALL trail_child('invoice_line', 'invoice_id');

-- The lines of an invoice come all at once and sum to its amount, each of a deliverable of its agreement.
-- +goose StatementBegin
CREATE FUNCTION keep_invoice_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM invoice i JOIN deliverable d ON d.government_id = i.government_id AND d.agreement_id = i.agreement_id
      WHERE i.government_id = NEW.government_id AND i.id = NEW.invoice_id AND d.id = NEW.deliverable_id) THEN
    RAISE EXCEPTION 'line % is of another agreement', NEW.position USING ERRCODE = '23514', CONSTRAINT = 'invoice_line_deliverable_fkey';
  END IF;
  IF (SELECT sum(l.amount) FROM invoice_line l WHERE l.government_id = NEW.government_id AND l.invoice_id = NEW.invoice_id)
      <> (SELECT i.amount FROM invoice i WHERE i.government_id = NEW.government_id AND i.id = NEW.invoice_id) THEN
    RAISE EXCEPTION 'the lines of the invoice do not sum to it' USING ERRCODE = '23514', CONSTRAINT = 'invoice_lines_sum';
  END IF;
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE CONSTRAINT TRIGGER keep_invoice_lines AFTER INSERT ON invoice_line DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION keep_invoice_lines();

-- +goose Down
DROP TABLE invoice_line, acceptance_shortfall;
DROP TRIGGER keep_units ON deliverable;
DROP TRIGGER keep_inspection ON acceptance;
ALTER TABLE acceptance DROP COLUMN place, DROP COLUMN signed_on, DROP COLUMN office_signer, DROP COLUMN office_nip, DROP COLUMN vendor_signer,
  DROP COLUMN vendor_position, DROP COLUMN file_sha256, DROP COLUMN file_origin, DROP COLUMN inspection_id;
DROP TABLE inspection, recap;
DROP TRIGGER keep_make_good ON placement;
DROP TRIGGER begin_make_good ON placement;
DROP INDEX placement_make_good_once;
ALTER TABLE placement DROP COLUMN make_good_for, DROP COLUMN make_good_reason;
DROP FUNCTION keep_make_good, keep_inspection, keep_units, keep_invoice_lines;
SELECT write_audit_parent();
