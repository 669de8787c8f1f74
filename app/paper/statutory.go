package paper

import "tayang/app/period"

// law is one paper of the file: of which agreements, and who owes it. No kind, methods or forms mean any.
type law struct {
	code           Code
	nameID, nameEN string
	owner          Owner
	basis          string
	kind           string
	methods, forms []string
	optional       bool
}

// Statutory are the papers that the law asks for: before an agreement comes into force, then before a payment is ordered and
// after it, in the order of the file (domain.md §7).
func Statutory() []Requirement { return append(ofAgreements(), ofPayments()...) }

// ofAgreements are the papers that the law asks for before an agreement comes into force.
func ofAgreements() (out []Requirement) {
	const (
		procurement = "Perpres 16/2018 jo. 12/2021 jo. 46/2025"
		guide       = "Peraturan LKPP 12/2021 lampiran II"
	)
	written := []string{"spk", "surat_perjanjian"}
	negotiated := []string{"pengadaan_langsung", "penunjukan_langsung"}
	selected := []string{"tender", "tender_cepat", "seleksi"}
	for _, l := range []law{
		{code: "need_analysis", nameID: "Analisis kebutuhan dan rencana media", nameEN: "Need analysis and media plan", owner: Staff, basis: procurement + " pasal 18", kind: "media", optional: true},
		{code: "need_analysis", nameID: "Analisis kebutuhan dan rencana media", nameEN: "Need analysis and media plan", owner: Staff, basis: procurement + " pasal 18", kind: "media", forms: written},
		{code: "content_plan", nameID: "Rencana konten", nameEN: "Content plan", owner: Staff, basis: procurement + " pasal 18", kind: "influencer", optional: true},
		{code: "content_plan", nameID: "Rencana konten", nameEN: "Content plan", owner: Staff, basis: procurement + " pasal 18", kind: "influencer", forms: written},
		{code: "rup_print", nameID: "Cetakan RUP dari SiRUP", nameEN: "Print of the RUP from SiRUP", owner: Staff, basis: procurement + " pasal 22", optional: true},
		{code: "terms_of_reference", nameID: "Kerangka acuan kerja (KAK)", nameEN: "Terms of reference", owner: PPK, basis: procurement + " pasal 19", forms: []string{"surat_perjanjian"}},
		{code: "terms_of_reference", nameID: "Kerangka acuan kerja (KAK)", nameEN: "Terms of reference", owner: PPK, basis: procurement + " pasal 23", methods: []string{"swakelola_i", "swakelola_ii", "swakelola_iii", "swakelola_iv"}},
		{code: "owner_estimate", nameID: "HPS yang ditetapkan PPK", nameEN: "Owner's estimate, set by the commitment officer", owner: PPK, basis: procurement + " pasal 26", forms: written, methods: append(selected, negotiated...)},
		{code: "offer", nameID: "Surat penawaran", nameEN: "Offer", owner: Vendor, basis: guide, forms: written, methods: negotiated},
		{code: "negotiation_minutes", nameID: "Berita acara klarifikasi dan negosiasi", nameEN: "Minutes of clarification and negotiation", owner: Procurement, basis: guide, forms: written, methods: negotiated},
		{code: "selection_result", nameID: "Berita acara hasil pemilihan", nameEN: "Result of the selection", owner: Procurement, basis: guide, methods: selected},
		{code: "catalogue_package", nameID: "Cetakan paket e-purchasing", nameEN: "Print of the e-purchasing package", owner: PPK, basis: "Peraturan LKPP 9/2021", methods: []string{"e_purchasing"}},
		{code: "contract", nameID: "Naskah kontrak bertanda tangan", nameEN: "Signed contract", owner: PPK, basis: procurement + " pasal 28", forms: append(written, "surat_pesanan")},
	} {
		out = append(out, l.rows()...)
	}
	return out
}

// rows is the paper for each method and form, since procurement has its present law.
func (l law) rows() (out []Requirement) {
	for _, method := range anyOf(l.methods) {
		for _, form := range anyOf(l.forms) {
			out = append(out, Requirement{RequirementForm: RequirementForm{
				Code: l.code, NameID: l.nameID, NameEN: l.nameEN, Kind: l.kind, Method: method, Form: form, Mandatory: !l.optional, Owner: l.owner, Stage: AtAgreement,
				ValidFrom: period.MustDate("2018-07-01"), Basis: l.basis,
			}})
		}
	}
	return out
}

func anyOf(values []string) []string {
	if len(values) == 0 {
		return []string{""}
	}
	return values
}
