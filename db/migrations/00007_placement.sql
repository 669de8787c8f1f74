-- Who had a hand in a placement's evidence, so that none of them verifies it; what a payment was asked for, kept when
-- it is reversed and its invoices are free again; and the indexes of the lists.
-- +goose Up
ALTER TABLE placement
  ADD COLUMN recorded_by uuid[] NOT NULL DEFAULT '{}',
  ADD CONSTRAINT placement_not_verified_by_recorder CHECK (verified_by IS NULL OR verified_by <> ALL (recorded_by));
ALTER TABLE payment ADD COLUMN invoice_ids uuid[] NOT NULL DEFAULT '{}';

CREATE INDEX placement_deliverable ON placement (government_id, deliverable_id);
CREATE INDEX placement_acceptance ON placement (government_id, acceptance_id) WHERE acceptance_id IS NOT NULL;
CREATE INDEX acceptance_agreement ON acceptance (government_id, agreement_id);
CREATE INDEX acceptance_agency ON acceptance (government_id, agency_id, id);
CREATE INDEX invoice_agreement ON invoice (government_id, agreement_id);
CREATE INDEX invoice_agency ON invoice (government_id, agency_id, id);
CREATE INDEX invoice_payment ON invoice (government_id, payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX payment_agreement ON payment (government_id, agreement_id);
CREATE INDEX payment_agency ON payment (government_id, agency_id, id);

-- +goose Down
DROP INDEX payment_agency, payment_agreement, invoice_payment, invoice_agency, invoice_agreement, acceptance_agency,
  acceptance_agreement, placement_acceptance, placement_deliverable;
ALTER TABLE payment DROP COLUMN invoice_ids;
ALTER TABLE placement DROP COLUMN recorded_by;
