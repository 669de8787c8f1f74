package registry

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/listing"
)

// VendorService is what people do with vendors, their papers and the checks of them.
type VendorService struct{ desk desk[VendorStore] }

// NewVendorService makes the service over its storage.
func NewVendorService(write access.Transactor[VendorStore], read access.Reader[VendorStore]) *VendorService {
	return &VendorService{desk[VendorStore]{write, read}}
}

// Create registers a vendor. Faults: Forbidden, Invalid by field, duplicate (his NPWP).
func (s *VendorService) Create(ctx context.Context, actor access.Actor, f VendorForm) (v Vendor, err error) {
	f = f.Trimmed()
	err = s.desk.writing(ctx, actor, func(tx VendorStore) (any, error) {
		if err := f.Check(); err != nil {
			return nil, err
		}
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		v, err = saved(ctx, tx, actor, Vendor{ID: id, VendorForm: f})
		return v, err
	})
	return v, err
}

// Change rewrites what may be written of a vendor; see Revise. Faults: NotFound, Forbidden, stale, Invalid by field,
// duplicate (his NPWP).
func (s *VendorService) Change(ctx context.Context, actor access.Actor, id uuid.UUID, expected *int64, change func(VendorForm) (VendorForm, error)) (v Vendor, err error) {
	err = s.desk.writing(ctx, actor, func(tx VendorStore) (any, error) {
		old, err := tx.Vendor(ctx, id)
		if err != nil {
			return nil, err
		}
		if old.VendorForm, err = Revise(expected, old.Version, old.VendorForm, change); err != nil {
			return nil, err
		}
		v, err = saved(ctx, tx, actor, old)
		return v, err
	})
	return v, err
}

// saved is the vendor as storage has him after the save.
func saved(ctx context.Context, tx VendorStore, actor access.Actor, v Vendor) (Vendor, error) {
	if err := tx.SaveVendor(ctx, v); err != nil {
		return Vendor{}, err
	}
	v, err := tx.Vendor(ctx, v.ID)
	return v.For(actor), err
}

// AddDocument puts a paper into the vendor's file. Faults: NotFound, Forbidden, Invalid by field (a file that was not
// sent is not_found), duplicate (the same file twice).
func (s *VendorService) AddDocument(ctx context.Context, actor access.Actor, vendor uuid.UUID, f DocumentForm) (d Document, err error) {
	f = f.Trimmed()
	err = s.desk.writing(ctx, actor, func(tx VendorStore) (any, error) {
		if _, err := tx.Vendor(ctx, vendor); err != nil {
			return nil, err
		}
		if err := f.Check(); err != nil {
			return nil, err
		}
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		d = Document{ID: id, VendorID: vendor, DocumentForm: f, CreatedAt: tx.Now(), CreatedBy: actor.User}
		return d, tx.AddVendorDocument(ctx, d)
	})
	return d, err
}

// AddCheck records a check of the vendor by the actor. Faults: NotFound, Forbidden, Invalid by field.
func (s *VendorService) AddCheck(ctx context.Context, actor access.Actor, vendor uuid.UUID, f CheckForm) (c Check, err error) {
	f = f.Trimmed()
	err = s.desk.writing(ctx, actor, func(tx VendorStore) (any, error) {
		if _, err := tx.Vendor(ctx, vendor); err != nil {
			return nil, err
		}
		if err := f.Check(tx.Now()); err != nil {
			return nil, err
		}
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		c = Check{ID: id, VendorID: vendor, CheckForm: f, CheckedBy: actor.Email, CreatedAt: tx.Now(), CreatedBy: actor.User}
		return c, tx.AddVendorCheck(ctx, c)
	})
	return c, err
}

// Vendor gives one vendor, as the actor may see him.
func (s *VendorService) Vendor(ctx context.Context, actor access.Actor, id uuid.UUID) (v Vendor, err error) {
	err = s.desk.reading(ctx, actor, func(tx VendorStore) error {
		v, err = tx.Vendor(ctx, id)
		return err
	})
	return v.For(actor), err
}

// List lists vendors, as the actor may see them: who sees no numbers may not look for them either. A number is found
// however it is punctuated.
func (s *VendorService) List(ctx context.Context, actor access.Actor, q listing.Query) (p listing.Page[Vendor], err error) {
	if err := searchable(actor, q); err != nil {
		return p, err
	}
	if number := digits(q.Text); isNumber(number) {
		q.Text = number
	}
	err = s.desk.reading(ctx, actor, func(tx VendorStore) error {
		p, err = tx.Vendors(ctx, q, seesNumbers(actor))
		return err
	})
	for i, v := range p.Items {
		p.Items[i] = v.For(actor)
	}
	return p, err
}

// isNumber reports whether a text without its punctuation is long enough for an identifier rather than a part of a name.
func isNumber(text string) bool {
	return len(text) >= 8 && strings.Trim(text, "0123456789") == ""
}

func searchable(actor access.Actor, q listing.Query) error {
	if seesNumbers(actor) {
		return nil
	}
	for _, name := range []string{"npwp", "nik", "phone"} {
		if _, asked := q.Filters[name]; asked {
			return listing.Refuse(name, "unknown_filter")
		}
	}
	for _, k := range q.Sort {
		if k.Field == "npwp" || k.Field == "nik" || k.Field == "phone" {
			return listing.Refuse("sort", "unknown_field")
		}
	}
	return nil
}

// Documents lists a vendor's papers, newest first.
func (s *VendorService) Documents(ctx context.Context, actor access.Actor, vendor uuid.UUID, q listing.Query) (p listing.Page[Document], err error) {
	err = s.desk.reading(ctx, actor, func(tx VendorStore) error {
		if _, err := tx.Vendor(ctx, vendor); err != nil {
			return err
		}
		p, err = tx.VendorDocuments(ctx, vendor, q)
		return err
	})
	for i, d := range p.Items {
		p.Items[i] = d.For(actor)
	}
	return p, err
}

// Checks lists the checks of a vendor, newest first.
func (s *VendorService) Checks(ctx context.Context, actor access.Actor, vendor uuid.UUID, q listing.Query) (p listing.Page[Check], err error) {
	err = s.desk.reading(ctx, actor, func(tx VendorStore) error {
		if _, err := tx.Vendor(ctx, vendor); err != nil {
			return err
		}
		p, err = tx.VendorChecks(ctx, vendor, q)
		return err
	})
	return p, err
}
