-- The record to which each event belongs, for the tables that came since the trail learned of it: papers, prices, recipients
-- and approvals stand in the history of their agreement; proofs of ownership, statements and results in that of their
-- account or outlet. The index of the registry knows all of its tables.
-- +goose Up

-- The id of the record in whose history an image of a row is told; NULL for a row with a history of its own. A result of
-- a requirement is told where it was found: of the outlet or account, else of the vendor.
CREATE FUNCTION audit_parent(p_table text, p_image json) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN p_table IN (
      'acceptance', 'agreement_approval', 'agreement_assessment', 'agreement_final_account', 'agreement_paper',
      'agreement_remark', 'agreement_suspension', 'amendment', 'deliverable', 'deliverable_price', 'recipient',
      'recipient_confirmation') THEN p_image ->> 'agreement_id'
    WHEN p_table IN (
      'blacklist', 'outlet', 'social_account', 'vendor_check', 'vendor_document') THEN p_image ->> 'vendor_id'
    WHEN p_table IN ('account_ownership', 'creator_statement', 'social_snapshot') THEN p_image ->> 'social_account_id'
    WHEN p_table IN ('journalist_certificate', 'press_check') THEN p_image ->> 'outlet_id'
    WHEN p_table IN ('capture', 'proof') THEN p_image ->> 'placement_id'
    WHEN p_table = 'payment_tax' THEN p_image ->> 'payment_id'
    WHEN p_table = 'budget_version_line' THEN p_image ->> 'budget_version_id'
    WHEN p_table = 'cash_plan' THEN p_image ->> 'budget_line_id'
    WHEN p_table = 'cash_plan_document_line' THEN p_image ->> 'document_id'
    WHEN p_table = 'debt_recognition_line' THEN p_image ->> 'debt_recognition_id'
    WHEN p_table = 'cooperation_entry' THEN p_image ->> 'cooperation_list_id'
    WHEN p_table = 'owner_group_member' THEN p_image ->> 'owner_group_id'
    WHEN p_table = 'override_use' THEN p_image ->> 'override_id'
    WHEN p_table IN ('session', 'user_role') THEN p_image ->> 'user_id'
    WHEN p_table = 'requirement_result' THEN coalesce(p_image ->> 'outlet_id', p_image ->> 'social_account_id', p_image ->> 'vendor_id')
  END
$$;

-- Both are written anew, for a generated column cannot be given another expression before PostgreSQL 17.
DROP INDEX audit_event_registry;
ALTER TABLE audit_event DROP COLUMN parent_id;
ALTER TABLE audit_event ADD COLUMN parent_id text GENERATED ALWAYS AS (
  CASE WHEN table_name IN (
    'acceptance', 'account_ownership', 'agreement_approval', 'agreement_assessment', 'agreement_final_account',
    'agreement_paper', 'agreement_remark', 'agreement_suspension', 'amendment', 'blacklist', 'budget_version_line', 'capture', 'cash_plan',
    'cash_plan_document_line', 'cooperation_entry', 'creator_statement', 'debt_recognition_line', 'deliverable',
    'deliverable_price', 'journalist_certificate', 'outlet', 'override_use', 'owner_group_member', 'payment_tax', 'press_check',
    'proof', 'recipient', 'recipient_confirmation', 'requirement_result', 'session', 'social_account', 'social_snapshot',
    'user_role', 'vendor_check', 'vendor_document') THEN
    audit_parent(table_name, event::json -> CASE op WHEN 'delete' THEN 'old' ELSE 'new' END)
  END) STORED;
CREATE INDEX audit_event_parent ON audit_event (government_id, parent_id, seq) WHERE parent_id IS NOT NULL;
CREATE INDEX audit_event_registry ON audit_event (government_id, seq) WHERE agency_id IS NULL AND table_name IN (
  'account_ownership', 'agency', 'approval_rule', 'blacklist', 'cooperation_entry', 'cooperation_list', 'creator_statement',
  'grade_bound', 'journalist_certificate', 'outlet', 'owner_group', 'owner_group_member', 'paper_requirement', 'press_check',
  'price_reference', 'product_rule', 'requirement', 'requirement_result', 'rule', 'social_account', 'social_snapshot',
  'tax_rate', 'tier', 'vendor', 'vendor_check', 'vendor_document');

-- The steps of a framework agreement follow from its ceiling: by itself it promises nothing.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION guard_approval() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    RAISE EXCEPTION 'an agreement begins as a draft' USING ERRCODE = '23514', CONSTRAINT = 'agreement_begins_as_draft';
  ELSIF NEW.status = 'submitted' AND OLD.status <> 'submitted' THEN
    NEW.approval_round := OLD.approval_round + 1;
    NEW.approval_steps := approval_steps_of(NEW.government_id, NEW.agency_id, NEW.kind, CASE WHEN NEW.framework THEN NEW.ceiling ELSE NEW.gross END, NEW.order_date);
    RETURN NEW;
  ELSIF (NEW.approval_round, NEW.approval_steps) IS DISTINCT FROM (OLD.approval_round, OLD.approval_steps) THEN
    RAISE EXCEPTION 'the steps of agreement % follow from its submission', OLD.number USING ERRCODE = '23514', CONSTRAINT = 'agreement_steps_stand';
  ELSIF OLD.status = 'submitted' AND (NEW.agency_id, NEW.kind, NEW.gross, NEW.framework, NEW.ceiling, NEW.order_date, NEW.created_by, NEW.submitted_by)
      IS DISTINCT FROM (OLD.agency_id, OLD.kind, OLD.gross, OLD.framework, OLD.ceiling, OLD.order_date, OLD.created_by, OLD.submitted_by) THEN
    RAISE EXCEPTION 'agreement % is being decided on', OLD.number USING ERRCODE = '23514', CONSTRAINT = 'agreement_stands_while_submitted';
  ELSIF NEW.status IN ('active', 'completed') AND OLD.status NOT IN ('active', 'completed')
      AND NOT (OLD.status = 'submitted' AND all_steps_approved(OLD.government_id, OLD.id, NULL, OLD.approval_round, OLD.approval_steps)) THEN
    RAISE EXCEPTION 'agreement % lacks a step of its approval', OLD.number USING ERRCODE = '23514', CONSTRAINT = 'agreement_approved_by_all';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION guard_approval() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    RAISE EXCEPTION 'an agreement begins as a draft' USING ERRCODE = '23514', CONSTRAINT = 'agreement_begins_as_draft';
  ELSIF NEW.status = 'submitted' AND OLD.status <> 'submitted' THEN
    NEW.approval_round := OLD.approval_round + 1;
    NEW.approval_steps := approval_steps_of(NEW.government_id, NEW.agency_id, NEW.kind, NEW.gross, NEW.order_date);
    RETURN NEW;
  ELSIF (NEW.approval_round, NEW.approval_steps) IS DISTINCT FROM (OLD.approval_round, OLD.approval_steps) THEN
    RAISE EXCEPTION 'the steps of agreement % follow from its submission', OLD.number USING ERRCODE = '23514', CONSTRAINT = 'agreement_steps_stand';
  ELSIF OLD.status = 'submitted' AND (NEW.agency_id, NEW.kind, NEW.gross, NEW.order_date, NEW.created_by, NEW.submitted_by)
      IS DISTINCT FROM (OLD.agency_id, OLD.kind, OLD.gross, OLD.order_date, OLD.created_by, OLD.submitted_by) THEN
    RAISE EXCEPTION 'agreement % is being decided on', OLD.number USING ERRCODE = '23514', CONSTRAINT = 'agreement_stands_while_submitted';
  ELSIF NEW.status IN ('active', 'completed') AND OLD.status NOT IN ('active', 'completed')
      AND NOT (OLD.status = 'submitted' AND all_steps_approved(OLD.government_id, OLD.id, NULL, OLD.approval_round, OLD.approval_steps)) THEN
    RAISE EXCEPTION 'agreement % lacks a step of its approval', OLD.number USING ERRCODE = '23514', CONSTRAINT = 'agreement_approved_by_all';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
DROP INDEX audit_event_registry;
ALTER TABLE audit_event DROP COLUMN parent_id;
DROP FUNCTION audit_parent;
ALTER TABLE audit_event ADD COLUMN parent_id text GENERATED ALWAYS AS (
  CASE WHEN table_name IN ('deliverable', 'acceptance', 'amendment', 'proof', 'payment_tax', 'budget_version_line', 'vendor_document',
    'vendor_check', 'outlet', 'social_account', 'social_snapshot', 'user_role', 'session', 'override_use') THEN
    (event::json -> CASE op WHEN 'delete' THEN 'old' ELSE 'new' END) ->> CASE table_name
      WHEN 'proof' THEN 'placement_id' WHEN 'payment_tax' THEN 'payment_id' WHEN 'budget_version_line' THEN 'budget_version_id'
      WHEN 'social_snapshot' THEN 'social_account_id' WHEN 'user_role' THEN 'user_id' WHEN 'session' THEN 'user_id'
      WHEN 'override_use' THEN 'override_id' WHEN 'deliverable' THEN 'agreement_id' WHEN 'acceptance' THEN 'agreement_id'
      WHEN 'amendment' THEN 'agreement_id' ELSE 'vendor_id' END
  END) STORED;
CREATE INDEX audit_event_parent ON audit_event (government_id, parent_id, seq) WHERE parent_id IS NOT NULL;
CREATE INDEX audit_event_registry ON audit_event (government_id, seq) WHERE agency_id IS NULL AND table_name IN
  ('agency', 'outlet', 'social_account', 'social_snapshot', 'tax_rate', 'vendor', 'vendor_check', 'vendor_document');
