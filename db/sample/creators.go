package sample

import (
	"context"

	"tayang/app/agreement"
	"tayang/app/period"
	"tayang/app/registry"
)

// creator is who stands behind a social account and what is in his file. Nobody has looked at the proof of one whose
// account was not verified; one who is no adult has a guardian.
type creator struct {
	account, name, born string
	proof               registry.OwnershipMethod // empty: none
	unseen              bool                     // the proof still waits
	silent              bool                     // has not said whether he is a civil servant
	guardian            string
}

func creators() []creator {
	return []creator{
		{account: "pos.ig", proof: registry.DirectMessage},
		{account: "dapur", name: "Farah Contoh", born: "1996-03-21", proof: registry.BioCode},
		{account: "jalan", name: "Gilang Contoh", born: "1994-11-02", proof: registry.BioCode},
		{account: "muda", name: "Kirana Contoh", born: "2009-08-14", proof: registry.ScreenRecording, guardian: "Laras Contoh"},
		{account: "ani.ig", born: "1991-07-09", proof: registry.BioCode},
		{account: "budi.tt", born: "1989-01-30", proof: registry.ScreenRecording},
		{account: "citra.ig", born: "1998-05-17", proof: registry.BioCode},
		{account: "citra.tt", born: "1998-05-17", proof: registry.BioCode},
		{account: "dedi.yt", proof: registry.SignedStatement, unseen: true},
		{account: "eka.fb", silent: true},
	}
}

// tellTiers enters the classes of the regency's own rules.
func (s *story) tellTiers(ctx context.Context, d *desk) error {
	mikro, makro := int64(50_000), int64(200_000)
	for _, f := range []registry.TierForm{
		{Name: "mikro", FollowersFrom: 10_000, FollowersTo: &mikro}, {Name: "makro", FollowersFrom: 50_000, FollowersTo: &makro},
	} {
		f.ValidFrom, f.Basis = period.MustDate("2026-01-01"), "Peraturan Bupati Contoh Nomor 41 Tahun 2025 lampiran IV"
		if _, err := d.tiers.Create(ctx, s.crews[Kominfo].staff, f); err != nil {
			return err
		}
	}
	return nil
}

// tellCreator enters whose an account is, how that was proven, and what its owner declared.
func (s *story) tellCreator(ctx context.Context, d *desk, c creator) error {
	staff, account := s.crews[Kominfo].staff, s.channels[c.account].id
	if c.name != "" || c.born != "" {
		if _, err := d.accounts.Change(ctx, staff, account, nil, func(f registry.SocialForm) (registry.SocialForm, error) {
			f.CreatorName = c.name
			if c.born != "" {
				f.CreatorBornOn = period.MustDate(c.born)
			}
			return f, nil
		}); err != nil {
			return err
		}
	}
	if c.proof != "" {
		kept, err := s.keep(ctx, d, staff, document("Bukti kepemilikan akun", c.account), "kepemilikan.pdf")
		if err != nil {
			return err
		}
		o, err := d.accounts.Prove(ctx, staff, account, registry.OwnershipForm{ProvenBy: c.proof, ProvenOn: day("01-02"), File: kept})
		if err != nil {
			return err
		}
		if !c.unseen {
			if _, err := d.accounts.Judge(ctx, s.crews[Kominfo].verifier, account, o.ID, registry.OwnershipVerdict{Status: registry.OwnershipVerified}); err != nil {
				return err
			}
		}
	}
	return s.tellStatements(ctx, d, c)
}

func (s *story) tellStatements(ctx context.Context, d *desk, c creator) error {
	said := []registry.StatementForm{{Kind: registry.ConflictOfInterest, Answer: registry.NoConflict}}
	if !c.silent {
		said = append(said, registry.StatementForm{Kind: registry.CivilServant, Answer: registry.NoCivilServant})
	}
	if c.guardian != "" {
		said = append(said, registry.StatementForm{Kind: registry.GuardianConsent, GuardianName: c.guardian, Relation: "ibu kandung"})
	}
	for _, f := range said {
		kept, err := s.keep(ctx, d, s.crews[Kominfo].staff, document("Surat pernyataan", string(f.Kind), c.account), "pernyataan.pdf")
		if err != nil {
			return err
		}
		f.GivenOn, f.File = day("01-02"), kept
		if _, err := d.accounts.Declare(ctx, s.crews[Kominfo].staff, s.channels[c.account].id, f); err != nil {
			return err
		}
	}
	return nil
}

// contentOf is what is agreed about a creator's product; nothing about a plain posting, as it was always done.
func contentOf(product string) *agreement.Content {
	kind, known := map[string]agreement.ContentType{
		"reel": agreement.Reel, "story": agreement.Story, "video TikTok": agreement.Video, "video YouTube": agreement.Video,
	}[product]
	if !known {
		return nil
	}
	c := agreement.UsualContent(kind)
	return &c
}

// feeOf is who is paid a creator's fee: the vendor himself, or an agency.
func feeOf(d deal) agreement.FeeVia {
	switch {
	case d.kind != agreement.Influencer:
		return ""
	case partyOf(d.vendor).kind == registry.Company:
		return agreement.FeeAgency
	}
	return agreement.FeePersonal
}
