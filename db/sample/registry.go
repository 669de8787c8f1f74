package sample

import (
	"bytes"
	"context"
	"fmt"
	"strconv"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/file"
	"tayang/app/period"
	"tayang/app/placement"
	"tayang/app/registry"
)

// tellRegistry enters vendors with their papers, outlets and social accounts, and puts the looks at the accounts on
// the agenda.
func (s *story) tellRegistry(ctx context.Context, d *desk) error {
	s.vendors, s.channels = map[string]uuid.UUID{}, map[string]channel{}
	for i, p := range parties() {
		if err := s.tellVendor(ctx, d, i+1, p); err != nil {
			return fmt.Errorf("vendor %s: %w", p.name, err)
		}
	}
	if err := s.tellPrices(ctx, d); err != nil {
		return err
	}
	for i, m := range media() {
		if err := s.tellOutlet(ctx, d, i+1, m); err != nil {
			return fmt.Errorf("outlet %s: %w", m.name, err)
		}
	}
	for i, p := range profiles() {
		if err := s.tellAccount(ctx, d, i+1, p); err != nil {
			return fmt.Errorf("account %s: %w", p.handle, err)
		}
	}
	if err := s.tellVetting(ctx, d); err != nil {
		return err
	}
	if err := s.tellTiers(ctx, d); err != nil {
		return fmt.Errorf("tiers: %w", err)
	}
	for _, c := range creators() {
		if err := s.tellCreator(ctx, d, c); err != nil {
			return fmt.Errorf("creator of %s: %w", c.account, err)
		}
	}
	for _, r := range reaches() {
		s.agenda.add(s.at(day(r.on), 11*60), d, "look at "+r.account, func(ctx context.Context) error { return s.look(ctx, d, r) })
	}
	return nil
}

func (s *story) tellVendor(ctx context.Context, d *desk, no int, p party) error {
	v, err := d.vendors.Create(ctx, s.crews[Kominfo].staff, p.form(no))
	if err != nil {
		return err
	}
	s.vendors[p.key] = v.ID
	for _, paper := range p.papers(no) {
		kept, err := s.keep(ctx, d, s.crews[Kominfo].staff, document(paper.Name, p.name), paper.Name+".pdf")
		if err != nil {
			return err
		}
		paper.File = kept
		if _, err := d.vendors.AddDocument(ctx, s.crews[Kominfo].staff, v.ID, paper); err != nil {
			return err
		}
	}
	check := registry.CheckForm{Subject: "Kelengkapan berkas penyedia", CheckedOn: day("01-02"), Result: registry.Pass}
	if !p.npwp && !p.nik {
		check.Result, check.Remark = registry.Fail, "NPWP belum diserahkan"
	}
	_, err = d.vendors.AddCheck(ctx, s.crews[Kominfo].staff, v.ID, check)
	return err
}

func (p party) form(no int) registry.VendorForm {
	f := registry.VendorForm{
		Kind: p.kind, LegalName: p.name, VATRegistered: p.pkp, Address: p.address + ", Kabupaten Contoh",
		Bank: registry.Bank{Name: "Bank Daerah Contoh", AccountNumber: p.account, AccountOwner: p.owner},
	}
	if p.npwp {
		f.NPWP = fmt.Sprintf("09%014d", 77_000+no)
	}
	if p.nik {
		f.NIK = fmt.Sprintf("99%014d", 88_000+no)
	}
	if p.kind == registry.Company {
		f.NIB, f.KBLI = fmt.Sprintf("99%011d", 66_000+no), registry.Codes{p.kbli}
	}
	if p.pp55 != "" {
		f.PP55 = registry.PP55{Number: fmt.Sprintf("S-%d/PP55/CONTOH/2025", 100+no), ValidUntil: period.MustDate(p.pp55)}
	}
	if p.account == "" {
		f.Bank.AccountNumber = fmt.Sprintf("77%011d", no)
	}
	if p.owner == "" {
		f.Bank.AccountOwner = p.name
	}
	return f
}

// papers are what lies in the vendor's file, without the files yet.
func (p party) papers(no int) []registry.DocumentForm {
	if p.kind == registry.Individual {
		out := []registry.DocumentForm{{Kind: registry.ConflictStatement, Name: "Pernyataan bebas benturan kepentingan", Date: day("01-02")}}
		if p.nik {
			out = append(out, registry.DocumentForm{Kind: registry.Identity, Name: "KTP"})
		}
		return out
	}
	out := []registry.DocumentForm{{Kind: registry.Deed, Name: "Akta pendirian", Number: fmt.Sprintf("%d/2019", no), Date: period.MustDate("2019-08-05")}}
	if p.pkp {
		out = append(out, registry.DocumentForm{Kind: registry.VATStatement, Name: "Surat pengukuhan PKP", Date: period.MustDate("2020-02-03")})
	}
	if p.pp55 != "" {
		out = append(out, registry.DocumentForm{
			Kind: registry.SmallTax, Name: "Surat keterangan PP 55", Date: period.MustDate("2025-01-06"),
			ValidUntil: period.MustDate(p.pp55),
		})
	}
	return out
}

func (s *story) tellOutlet(ctx context.Context, d *desk, no int, m medium) error {
	f := registry.OutletForm{VendorID: s.vendors[m.vendor], Kind: m.kind, Name: m.name, Domain: m.domain, PressStatus: m.press}
	if m.until != "" {
		f.PressCertificate = registry.Certificate{
			Number: fmt.Sprintf("%d/DP-Contoh/K/2023", 900+no), Date: period.MustDate("2023-03-01"),
			ValidUntil: period.MustDate(m.until),
		}
	}
	o, err := d.outlets.Create(ctx, s.crews[Kominfo].staff, f)
	s.channels[m.key] = channel{id: o.ID, kind: placement.ChannelKind(m.kind), domain: m.domain}
	return err
}

func (s *story) tellAccount(ctx context.Context, d *desk, no int, p profile) error {
	host := string(p.platform) + ".example"
	a, err := d.accounts.Create(ctx, s.crews[Kominfo].staff, registry.SocialForm{
		VendorID: s.vendors[p.vendor], Platform: p.platform,
		Handle: p.handle, PlatformUserID: strconv.Itoa(26_000_000 + no), URL: "https://" + host + "/" + p.handle,
	})
	s.channels[p.key] = channel{id: a.ID, kind: placement.Social, domain: host, handle: p.handle}
	return err
}

func (s *story) look(ctx context.Context, d *desk, r reach) error {
	f := registry.SnapshotForm{TakenOn: day(r.on), Followers: r.followers, EngagementRate: r.rate}
	if r.pictured {
		shown, err := picture("profile " + r.account + " " + r.on)
		if err != nil {
			return err
		}
		if f.File, err = s.keep(ctx, d, s.crews[Kominfo].staff, shown, "profil.png"); err != nil {
			return err
		}
	}
	_, err := d.accounts.AddSnapshot(ctx, s.crews[Kominfo].staff, s.channels[r.account].id, f)
	return err
}

// keep sends a paper in and gives its SHA-256.
func (s *story) keep(ctx context.Context, d *desk, who access.Actor, content []byte, name string) (string, error) {
	kept, err := d.files.Keep(ctx, who, file.Sent{Name: name, Content: bytes.NewReader(content), Purpose: file.Paper})
	return kept.SHA256, err
}
