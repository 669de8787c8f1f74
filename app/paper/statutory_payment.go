package paper

import (
	"tayang/app/period"
)

// The papers of a payment that have a name in the program, as other parts of it put them into the file.
const (
	DPA               Code = "dpa"
	SPD               Code = "spd"
	RUP               Code = "rup"
	LegalBasis        Code = "legal_basis"
	CooperationList   Code = "cooperation_list"
	PriceReference    Code = "price_reference"
	AgreementItself   Code = "agreement"
	Addendum          Code = "addendum"
	Order             Code = "order"
	Proof             Code = "proof"
	Recap             Code = "recap"
	Invoice           Code = "invoice"
	Receipt           Code = "receipt"
	InspectionReport  Code = "inspection_report"
	BAST              Code = "bast"
	BAP               Code = "bap"
	TaxInvoice        Code = "tax_invoice"
	SPP               Code = "spp"
	Verification      Code = "verification"
	SPM               Code = "spm"
	SP2D              Code = "sp2d"
	TransferSlip      Code = "transfer_slip"
	WithholdingSlip   Code = "withholding_slip"
	NTPN              Code = "ntpn"
	Penalty           Code = "penalty"
	Permalink         Code = "permalink"
	Insights          Code = "insights"
	LiveCheck         Code = "live_check"
	LabelShot         Code = "label_screenshot"
	Snapshot          Code = "follower_snapshot"
	Ownership         Code = "account_ownership"
	ConflictStatement Code = "conflict_statement"
	CreatorReceipt    Code = "creator_receipt"
	PressStatus       Code = "vendor_press_status"
	Competence        Code = "vendor_competence"
)

// large is the amount with VAT above which a company's own file must be whole.
const large = 50_000_000

const (
	treasury = "Permendagri 77/2020"
	purchase = "Perpres 16/2018 jo. 12/2021 jo. 46/2025"
	taxLaw   = "UU 6/1983 jo. UU 7/2021 (KUP)"
	press    = "UU 40/1999 dan peraturan Dewan Pers"
)

// due is one paper of a payment's file. kinds are those of payments under which it is mandatory; none: all of them, unless it
// is optional.
type due struct {
	code           Code
	nameID, nameEN string
	owner          Owner
	basis          string
	optional       bool
	kinds          []string
	when           Conditions
	kind           string
	late           bool
}

// ofPayments are the papers that the law asks for before a payment is ordered, and those that follow it, in the order of the
// file (domain.md §7).
func ofPayments() (out []Requirement) {
	for _, part := range [][]due{planned(), ofVendors(), ofWork(), ofCreators(), ofTreasury()} {
		for _, d := range part {
			out = append(out, d.rows()...)
		}
	}
	return out
}

func planned() []due {
	direct := []string{"ls", "gu", "tu"}
	return []due{
		{code: DPA, nameID: "DPA yang berlaku", nameEN: "Budget document (DPA) in force", owner: Staff, basis: treasury},
		{code: SPD, nameID: "Surat penyediaan dana (SPD)", nameEN: "Provision of funds (SPD)", owner: Treasurer, basis: treasury, kinds: direct},
		{code: RUP, nameID: "Kode RUP", nameEN: "RUP code", owner: Staff, basis: purchase + " pasal 22"},
		{code: LegalBasis, nameID: "Dasar hukum kerja sama media (Perkada)", nameEN: "Legal basis of the cooperation (Perkada)", owner: Staff, basis: "Perkada", optional: true},
		{code: CooperationList, nameID: "Daftar media kerja sama tahun ini", nameEN: "The year's list of cooperating media", owner: Staff, basis: "Perkada", optional: true, kind: "media"},
		{code: PriceReference, nameID: "Standar harga setiap item", nameEN: "Price reference of each item", owner: Staff, basis: "Perpres 33/2020 dan Perkada standar harga", optional: true},
		{code: AgreementItself, nameID: "Perjanjian yang disetujui", nameEN: "Approved agreement", owner: PPK, basis: purchase + " pasal 28"},
		{code: Addendum, nameID: "Adendum perjanjian", nameEN: "Addenda to the agreement", owner: PPK, basis: purchase + " pasal 54"},
		{code: Order, nameID: "Pesanan penayangan", nameEN: "Order of publication", owner: PPK, basis: purchase + " pasal 28"},
	}
}

// ofVendors is the vendor's own file. Above the limit of the receipt it must be whole.
func ofVendors() (out []due) {
	company, single, above := Conditions{VendorKind: "company"}, Conditions{VendorKind: "individual"}, Conditions{VendorKind: "company", Above: large}
	for _, d := range []due{
		{code: "vendor_deed", nameID: "Akta pendirian penyedia", nameEN: "Vendor's deed of establishment"},
		{code: "vendor_nib", nameID: "NIB/KBLI penyedia", nameEN: "Vendor's NIB and KBLI"},
		{code: "vendor_vat_statement", nameID: "Pengukuhan PKP atau pernyataan non-PKP", nameEN: "VAT registration or statement of none"},
		{code: "vendor_integrity_pact", nameID: "Pakta integritas penyedia", nameEN: "Vendor's integrity pact"},
	} {
		d.owner, d.basis, d.when = Vendor, purchase+" pasal 17", company
		small := d
		small.optional, d.when = true, above
		out = append(out, small, d)
	}
	return append(out,
		due{code: "vendor_legal_entity", nameID: "Pengesahan badan hukum", nameEN: "Legal-entity decree", owner: Vendor, basis: "UU 40/2007", optional: true, when: company},
		due{code: "vendor_identity", nameID: "KTP penyedia perseorangan", nameEN: "Identity of the person", owner: Vendor, basis: purchase + " pasal 17", when: single},
		due{code: "vendor_npwp", nameID: "NPWP penyedia", nameEN: "Vendor's tax number (NPWP)", owner: Vendor, basis: taxLaw},
		due{code: "vendor_bank_account", nameID: "Rekening bank penyedia", nameEN: "Vendor's bank account", owner: Vendor, basis: treasury},
		due{code: PressStatus, nameID: "Status Dewan Pers media", nameEN: "Press Council status of the outlets", owner: Vendor, basis: press, optional: true, kind: "media"},
		due{code: Competence, nameID: "Sertifikat UKW", nameEN: "Journalist competence certificate (UKW)", owner: Vendor, basis: press, optional: true, kind: "media"},
		due{code: "vendor_representation", nameID: "Berkas agensi dan surat keagenan", nameEN: "Agency's file and letter of representation", owner: Vendor, basis: purchase + " pasal 17", when: Conditions{ViaAgency: true}},
	)
}

func ofWork() []due {
	direct := []string{"ls"}
	return []due{
		{code: Proof, nameID: "Bukti setiap penayangan", nameEN: "Proof of each placement", owner: Vendor, basis: treasury},
		{code: Recap, nameID: "Rekapitulasi penayangan bertanda tangan", nameEN: "Recap signed by vendor and PPTK", owner: Staff, basis: treasury, kinds: direct},
		{code: Invoice, nameID: "Tagihan penyedia", nameEN: "Vendor's invoice", owner: Vendor, basis: treasury},
		{code: Receipt, nameID: "Kuitansi", nameEN: "Receipt", owner: Vendor, basis: treasury},
		{code: InspectionReport, nameID: "Berita acara pemeriksaan", nameEN: "Inspection report", owner: PPK, basis: purchase + " pasal 57", optional: true},
		{code: BAST, nameID: "Berita acara serah terima (BAST)", nameEN: "Acceptance report (BAST)", owner: PPK, basis: purchase + " pasal 57"},
		{code: BAP, nameID: "Berita acara pembayaran (BAP)", nameEN: "Payment report (BAP)", owner: PPK, basis: treasury, kinds: direct},
		{code: TaxInvoice, nameID: "Faktur pajak", nameEN: "Tax invoice", owner: Vendor, basis: "UU 8/1983 jo. UU 7/2021 (PPN) pasal 13", when: Conditions{VAT: true}},
		{code: Penalty, nameID: "Perhitungan denda", nameEN: "Reckoning of the penalty", owner: PPK, basis: purchase + " pasal 79"},
	}
}

// ofCreators is what the file of an influencer holds in addition.
func ofCreators() (out []due) {
	const guide = "UU 28/1999 dan Perkada"
	for _, d := range []due{
		{code: Ownership, nameID: "Bukti kepemilikan akun", nameEN: "Proof of account ownership", owner: Vendor},
		{code: Snapshot, nameID: "Rekaman jumlah pengikut", nameEN: "Follower snapshot", owner: Staff},
		{code: ConflictStatement, nameID: "Pernyataan benturan kepentingan", nameEN: "Conflict-of-interest statement", owner: Vendor},
		{code: Permalink, nameID: "Tautan tetap setiap unggahan", nameEN: "Permalink of each post", owner: Staff},
		{code: LabelShot, nameID: "Tangkapan layar label iklan", nameEN: "Screenshot of the label", owner: Staff},
		{code: Insights, nameID: "Statistik unggahan (H+1, H+7, H+30)", nameEN: "Insights of the posts (D+1, D+7, D+30)", owner: Vendor, optional: true},
		{code: LiveCheck, nameID: "Pemeriksaan masih tayang", nameEN: "Still-live check", owner: Staff, optional: true},
	} {
		d.kind, d.basis = "influencer", guide
		out = append(out, d)
	}
	return append(out, due{
		code: CreatorReceipt, nameID: "Kuitansi kreator atau media sendiri", nameEN: "The creator's or medium's own receipt", owner: Vendor,
		basis: treasury, when: Conditions{ViaAgency: true},
	})
}

func ofTreasury() []due {
	return []due{
		{code: SPP, nameID: "SPP", nameEN: "Payment request (SPP)", owner: Treasurer, basis: treasury},
		{code: Verification, nameID: "Lembar penelitian kelengkapan SPP", nameEN: "Verifier's checklist of the SPP", owner: Verifier, basis: treasury, kinds: []string{"ls"}},
		{code: SPM, nameID: "SPM", nameEN: "Payment order (SPM)", owner: Verifier, basis: treasury, late: true},
		{code: SP2D, nameID: "SP2D", nameEN: "Disbursement order (SP2D)", owner: Treasurer, basis: treasury, late: true},
		{code: TransferSlip, nameID: "Bukti transfer", nameEN: "Transfer slip", owner: Treasurer, basis: treasury, late: true},
		{code: WithholdingSlip, nameID: "Bukti potong pajak", nameEN: "Withholding slip", owner: Treasurer, basis: taxLaw, late: true},
		{code: NTPN, nameID: "Kode billing dan NTPN", nameEN: "Billing code and NTPN", owner: Treasurer, basis: taxLaw, late: true},
	}
}

// rows is the paper as the law asks for it, since municipal treasuries have their present rules. Mandatory under some kinds
// of payment, it is optional under the others.
func (d due) rows() (out []Requirement) {
	row := func(mandatory bool, when Conditions) Requirement {
		stage := AtPayment
		if d.late {
			stage = AtSettlement
		}
		return Requirement{RequirementForm: RequirementForm{
			Code: d.code, NameID: d.nameID, NameEN: d.nameEN, Kind: d.kind, Mandatory: mandatory, Owner: d.owner,
			ValidFrom: period.MustDate("2018-07-01"), Basis: d.basis, Stage: stage, Conditions: when,
		}}
	}
	if len(d.kinds) == 0 {
		return []Requirement{row(!d.optional, d.when)}
	}
	out = append(out, row(false, d.when))
	for _, kind := range d.kinds {
		when := d.when
		when.PaymentKind = kind
		out = append(out, row(true, when))
	}
	return out
}
