-- By which values a vendor is told from others (account, phone, address, tax number, directors, name), as the program
-- compares them: derived from his row, so that whoever shares one is found by an index. What he no longer has stays; whoever
-- is found is compared by the row itself.
-- +goose Up
CREATE TABLE vendor_sign (
  government_id uuid NOT NULL, sign text NOT NULL, vendor_id uuid NOT NULL,
  CONSTRAINT vendor_sign_pkey PRIMARY KEY (government_id, sign, vendor_id),
  CONSTRAINT vendor_sign_vendor_fkey FOREIGN KEY (government_id, vendor_id) REFERENCES vendor
);
CREATE INDEX vendor_sign_vendor ON vendor_sign (government_id, vendor_id);
CALL wall_table('vendor_sign');

-- +goose Down
DROP TABLE vendor_sign;
