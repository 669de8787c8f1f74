package rule

import (
	"slices"

	"tayang/app/fault"
	"tayang/app/period"
)

// The rules that agreements are held against before they come into force.
const (
	MethodOverLimit      Code = "method_over_limit"       // value above what the method allows
	FormBelowValue       Code = "form_below_value"        // a form of contract weaker than the value asks for
	EstimateMissing      Code = "estimate_missing"        // no HPS where one is needed, and no reason
	RUPMissing           Code = "rup_missing"             // no RUP code
	RUPLate              Code = "rup_late"                // ordered before the RUP was announced
	NegotiationMissing   Code = "negotiation_missing"     // no minutes of negotiation, or no offered price
	ShortfallMissing     Code = "shortfall_missing"       // nothing says what happens when less is published
	DocumentMissing      Code = "document_missing"        // a mandatory paper of the file
	BasisMissing         Code = "basis_missing"           // no legal basis (Perkada)
	NotCooperating       Code = "not_cooperating"         // not on the year's list of cooperating media
	PriceAboveReference  Code = "price_above_reference"   // dearer than the price reference
	PriceWithoutRef      Code = "price_without_reference" // no price reference found
	PriceDearerElsewhere Code = "price_dearer_elsewhere"  // an agency of the government pays the vendor less
	RequirementUnmet     Code = "requirement_unmet"       // a mandatory requirement is not met on the order date
	Blacklisted          Code = "blacklisted"             // the vendor is on the blacklist on the order date
	KBLIMismatch         Code = "kbli_mismatch"           // no business class of the vendor covers the product
	AccountMismatch      Code = "account_mismatch"        // the account code is not for the product
	BankOwnerDiffers     Code = "bank_owner_differs"      // bank account owner and legal name
	SharedIdentifier     Code = "shared_identifier"       // another vendor has the same account, phone, address, NPWP or director
	SnapshotMissing      Code = "snapshot_missing"        // no follower snapshot before the order
	SnapshotStale        Code = "snapshot_stale"          // older than the figure, in days
	TierMismatch         Code = "tier_mismatch"           // the tier by followers is not the tier of the price
	OwnershipMissing     Code = "ownership_missing"       // no proof that the account is the vendor's
	ContentTermsMissing  Code = "content_terms_missing"   // no minimum live period, label or rights
	ConflictMissing      Code = "conflict_missing"        // no conflict-of-interest statement
	ConflictDeclared     Code = "conflict_declared"       // the creator says that there is one
	CivilServant         Code = "civil_servant"           // a civil servant, or not stated
	GuardianMissing      Code = "guardian_missing"        // a minor without guardian's consent
	RecipientsMissing    Code = "recipients_missing"      // an agency that does not name whom it pays
	ConfirmationMissing  Code = "confirmation_missing"    // no confirmation of the fee by the final recipient
	AdvanceOverLimit     Code = "advance_over_limit"      // more in advance than the figure, in per cent of the gross
	EnteredLate          Code = "entered_late"            // entered more than the figure, in days, after its order date
	WorkBeforeAgreement  Code = "work_before_agreement"   // the term begins before the order date
)

// The rules that the proof of a placement is held against before it is verified.
const (
	ProofSeenBefore Code = "proof_seen_before" // the address, post or file is another placement's too
	ProofLooksAlike Code = "proof_looks_alike" // a picture is nearly that of another placement
	HostDiffers     Code = "host_differs"      // published elsewhere than at the outlet's domain
	HandleDiffers   Code = "handle_differs"    // posted by another account than the ordered one
	LabelAbsent     Code = "label_absent"      // without the label that was ordered

	PageMissing      Code = "page_missing"       // the address answers that there is no such page
	PageDateDiffers  Code = "page_date_differs"  // the page says another day of publication
	PageTitleDiffers Code = "page_title_differs" // the page has another title
)

// The rules of each medium, held against a placement before it is verified, and of the figures that it reached.
const (
	PageScanMissing   Code = "page_scan_missing"  // printed, without a scan of the page
	ScreenshotMissing Code = "screenshot_missing" // online, without a picture of the screen or a capture
	RecordingMissing  Code = "recording_missing"  // on air, without a recording or a matched row of the station's log
	PhotoMissing      Code = "photo_missing"      // outdoors, with fewer photographs than OutdoorPhotos, and no log of the screen
	PhotoUndated      Code = "photo_undated"      // outdoors, with photographs that do not show beginning and end
	PermalinkMissing  Code = "permalink_missing"  // posted, with the address of a profile or a front page
	InsightFalls      Code = "insight_falls"      // a figure that only grows is less than it was

	OutdoorPhotos          Code = "outdoor_photos"           // how many dated photographs show that something stood
	AiringToleranceMinutes Code = "airing_tolerance_minutes" // how far an airing may be from its ordered slot
)

// The rules that a payment is held against before it is ordered (SPM).
const (
	InvoiceFileMissing Code = "invoice_file_missing" // an invoice without the vendor's own file
	GuaranteeMissing   Code = "guarantee_missing"    // an advance without a guarantee that covers it
	InstalmentExceeded Code = "instalment_exceeded"  // more work paid than the instalments up to the named one come to

	InvoiceLinesMissing Code = "invoice_lines_missing" // an invoice that the vendor did not itemise
	MatchDiffers        Code = "match_differs"         // a line that is not what was ordered, evidenced and taken over
	RecapMissing        Code = "recap_missing"         // placements that no signed recap covers
	AcceptanceUnsigned  Code = "acceptance_unsigned"   // an acceptance report (BAST) that was not signed
	BAPMissing          Code = "bap_missing"           // no signed inspection report (BAP)
)

// The rules about what has to stay: a placement before it is verified and taken over, and one before it is paid.
const (
	StoryCapturedLate    Code = "story_captured_late"   // no proof of a story is from before its deadline
	PlacementGone        Code = "placement_gone"        // found taken down, and its shortfall stands
	LiveCheckMissing     Code = "live_check_missing"    // nobody looked lately whether a page is still there
	GoneEarly            Code = "gone_early"            // the payment has a unit in it that is not owed, or that nobody decided on
	ShortfallUnrecovered Code = "shortfall_unrecovered" // decided for a part of a unit, and the money did not come back

	LiveCheckAge      Code = "live_check_age"      // days after which a look before payment is too old
	StoryCaptureHours Code = "story_capture_hours" // hours from its posting in which a story is captured
)

// The rules about dates, cash and the payee of a payment.
const (
	DocumentDates         Code = "document_dates"             // order, publication, invoice and request out of order
	DatedAhead            Code = "dated_ahead"                // a payment order dated after today
	ImprestReceiptMissing Code = "imprest_receipt_missing"    // UP, GU or TU without the receipts that it makes good
	UPOverLimit           Code = "up_over_limit"              // a receipt out of cash above the figure
	TULate                Code = "tu_late"                    // additional cash accounted for after the figure's days
	TULeftover            Code = "tu_leftover"                // additional cash left and not given back
	BankMissingPayment    Code = "bank_missing_payment"       // no bank account of the payee
	BankOwnerPayment      Code = "bank_owner_differs_payment" // its owner is not the payee
	NPWPMissingPayment    Code = "npwp_missing_payment"       // neither NPWP nor NIK
	PKPMissingPayment     Code = "pkp_missing_payment"        // VAT charged by a vendor who is not registered for it
	SuketExpiredPayment   Code = "suket_expired_payment"      // final income tax without a valid certificate (PP 55)
	DocumentExpired       Code = "vendor_document_expired"    // a paper of the payee is not valid any more
	BlacklistedPayment    Code = "blacklisted_payment"        // the payee is blacklisted
	SPJIncomplete         Code = "spj_incomplete"             // a mandatory paper of the file is missing
)

// The rules that hold while an agreement lives. What departs from one of the clock's is flagged for ever.
const (
	AddendumOverLimit       Code = "addendum_over_limit"       // addenda raise the value above the figure of AddendumPercent
	PublishedBeforeOrder    Code = "published_before_order"    // a publication dated before the order
	PublishedOutsideTerm    Code = "published_outside_term"    // a publication dated outside the agreement's term
	PublishedBeforeApproval Code = "published_before_approval" // a publication dated before the program knew of the approval
)

// The figures that rules use.
const (
	AddendumPercent   Code = "addendum_percent"    // how far addenda may raise the value
	LatePenaltyPermil Code = "late_penalty_permil" // of the late part without VAT, a calendar day

	LatePenaltyCapPercent Code = "late_penalty_cap_percent" // how far the penalty goes, of the late part without VAT
	EndingSoon            Code = "ending_soon"              // days before its end at which an agreement is reminded of
	BehindPlan            Code = "behind_plan"              // by how much evidence may stay behind the time that went by
	DraftOld              Code = "draft_old"                // days after which a draft is reminded of
	SubmittedOld          Code = "submitted_old"            // days after which what waits for approval is reminded of
	AdultAge              Code = "adult_age"                // from which a creator acts for himself
	MatchTolerance        Code = "match_tolerance_rupiah"   // by how much the amount of an invoice's line may differ
	VendorLinkDays        Code = "vendor_link_days"         // how long a vendor's link holds when nobody says otherwise
	VendorLinkUploads     Code = "vendor_link_uploads"      // how much may be sent through one link in a day
)

// The limits of procurement, in rupiah with VAT: up to which value a form of contract and a method will do, and up to which
// no owner's estimate (HPS) is needed.
const (
	LimitReceiptOfSale     Code = "limit_bukti_pembelian"
	LimitReceipt           Code = "limit_kuitansi"
	LimitWorkOrder         Code = "limit_spk"
	LimitDirectPurchase    Code = "limit_direct_purchase"
	LimitDirectProcurement Code = "limit_pengadaan_langsung"
	EstimateFree           Code = "limit_no_estimate"
	EstimateFreeCatalogue  Code = "limit_no_estimate_e_purchasing"
)

// procurement is the regulation on procurement in force.
const procurement = "Perpres 16/2018 jo. 12/2021 jo. 46/2025"

// Statutory are the rules as the program knows them.
func Statutory() []Known {
	return slices.Concat(checks(), placementChecks(), paymentChecks(), taxRules(), limits())
}

// limits are those of procurement. Services of media are "jasa lainnya": the limit of Rp400m that Perpres 46/2025 brought
// is of construction only.
func limits() []Known {
	return []Known{
		{Code: LimitReceiptOfSale, Unit: Rupiah, Figure: 10_000_000, Basis: procurement + " pasal 28 ayat (2)", National: true},
		{Code: LimitReceipt, Unit: Rupiah, Figure: 50_000_000, Basis: procurement + " pasal 28 ayat (3)", National: true},
		{Code: LimitWorkOrder, Unit: Rupiah, Figure: 200_000_000, Basis: procurement + " pasal 28 ayat (4)", National: true},
		{Code: LimitDirectPurchase, Unit: Rupiah, Figure: 50_000_000, Basis: procurement + " pasal 50 ayat (7)", National: true},
		{Code: LimitDirectProcurement, Unit: Rupiah, Figure: 200_000_000, Basis: procurement + " pasal 38 ayat (3)", National: true},
		{Code: EstimateFree, Unit: Rupiah, Figure: 10_000_000, Basis: procurement + " pasal 26", National: true},
		{
			Code: EstimateFreeCatalogue, Unit: Rupiah, Figure: 100_000_000, Basis: procurement + " pasal 26", National: true,
			Past: []Past{{Until: period.MustDate("2025-04-29"), Figure: fault.AmountMax, Basis: "Perpres 16/2018 jo. 12/2021 pasal 26"}},
		},
	}
}

func checks() []Known {
	return []Known{
		{Code: MethodOverLimit, Mode: Refuse, Basis: procurement + " pasal 38", National: true},
		{Code: FormBelowValue, Mode: Refuse, Basis: procurement + " pasal 28", National: true},
		{Code: EstimateMissing, Mode: Refuse, Basis: procurement + " pasal 26", National: true},
		{Code: RUPMissing, Mode: Refuse, Basis: procurement + " pasal 22", National: true},
		{Code: RUPLate, Mode: Refuse, Basis: procurement + " pasal 22", National: true},
		{Code: NegotiationMissing, Mode: Refuse, Basis: procurement + " pasal 41", National: true},
		{Code: ShortfallMissing, Mode: Refuse},
		{Code: DocumentMissing, Mode: Refuse, National: true},
		{Code: BasisMissing, Mode: Warn, National: true},
		{Code: NotCooperating, Mode: Warn, National: true},
		{Code: PriceAboveReference, Mode: Refuse},
		{Code: PriceWithoutRef, Mode: Warn},
		{Code: PriceDearerElsewhere, Mode: Warn},
		{Code: RequirementUnmet, Mode: Refuse},
		{Code: Blacklisted, Mode: Refuse, Basis: procurement + " pasal 78", National: true},
		{Code: KBLIMismatch, Mode: Refuse, National: true},
		{Code: AccountMismatch, Mode: Refuse},
		{Code: BankOwnerDiffers, Mode: Refuse},
		{Code: SharedIdentifier, Mode: Warn},
		{Code: SnapshotMissing, Mode: Refuse},
		{Code: SnapshotStale, Mode: Refuse, Unit: Days, Figure: 30},
		{Code: TierMismatch, Mode: Warn},
		{Code: OwnershipMissing, Mode: Refuse},
		{Code: ContentTermsMissing, Mode: Refuse},
		{Code: ConflictMissing, Mode: Refuse},
		{Code: ConflictDeclared, Mode: Warn},
		{Code: CivilServant, Mode: Refuse, National: true},
		{Code: GuardianMissing, Mode: Refuse},
		{Code: RecipientsMissing, Mode: Refuse},
		{Code: ConfirmationMissing, Mode: Refuse},
		{Code: AdvanceOverLimit, Mode: Refuse, Unit: Percent, Figure: 30, Basis: "Perpres 16/2018 jo. 12/2021 pasal 29", National: true},
		{Code: EnteredLate, Mode: Warn, Unit: Days, Figure: 7},
		{Code: WorkBeforeAgreement, Mode: Warn},
		{Code: OutdoorPhotos, Unit: Count, Figure: 2},
		{Code: AiringToleranceMinutes, Unit: Minutes, Figure: 15},
		{Code: LiveCheckAge, Unit: Days, Figure: 7},
		{Code: StoryCaptureHours, Unit: Hours, Figure: 24},
		{Code: AddendumOverLimit, Mode: Refuse, Basis: "Perpres 16/2018 pasal 54 ayat (2)", National: true},
		{Code: PublishedBeforeOrder, Mode: Refuse},
		{Code: PublishedOutsideTerm, Mode: Refuse},
		{Code: PublishedBeforeApproval, Mode: Warn},
		{Code: AdultAge, Unit: Years, Figure: 18, Basis: "UU 23/2002 jo. 35/2014 pasal 1 angka 1"},
		{Code: AddendumPercent, Unit: Percent, Figure: 10, Basis: "Perpres 16/2018 pasal 54 ayat (2)"},
		{Code: LatePenaltyPermil, Unit: Permil, Figure: 1, Basis: "Perpres 16/2018 pasal 79 ayat (4)", National: true},
		{Code: LatePenaltyCapPercent, Unit: Percent, Figure: 5, Basis: "Peraturan LKPP 12/2021", National: true},
		{Code: EndingSoon, Unit: Days, Figure: 14},
		{Code: BehindPlan, Unit: Percent, Figure: 20},
		{Code: DraftOld, Unit: Days, Figure: 14},
		{Code: SubmittedOld, Unit: Days, Figure: 3},
		{Code: MatchTolerance, Unit: Rupiah},
		{Code: VendorLinkDays, Unit: Days, Figure: 30},
		{Code: VendorLinkUploads, Unit: Count, Figure: 60},
	}
}

// placementChecks are those of the proof of a placement, paymentChecks those of a payment before it is ordered.
func placementChecks() []Known {
	return []Known{
		{Code: ProofSeenBefore, Mode: Refuse, Of: OfPlacement},
		{Code: ProofLooksAlike, Mode: Refuse, Of: OfPlacement},
		{Code: HostDiffers, Mode: Refuse, Of: OfPlacement},
		{Code: HandleDiffers, Mode: Refuse, Of: OfPlacement},
		{Code: LabelAbsent, Mode: Warn, Of: OfPlacement},
		{Code: PageMissing, Mode: Refuse, Of: OfPlacement},
		{Code: PageDateDiffers, Mode: Warn, Of: OfPlacement},
		{Code: PageTitleDiffers, Mode: Warn, Of: OfPlacement},
		{Code: PageScanMissing, Mode: Refuse, Of: OfPlacement},
		{Code: ScreenshotMissing, Mode: Refuse, Of: OfPlacement},
		{Code: RecordingMissing, Mode: Refuse, Of: OfPlacement},
		{Code: PhotoMissing, Mode: Refuse, Of: OfPlacement},
		{Code: PhotoUndated, Mode: Refuse, Of: OfPlacement},
		{Code: PermalinkMissing, Mode: Refuse, Of: OfPlacement},
		{Code: InsightFalls, Mode: Warn, Of: OfPlacement},
		{Code: StoryCapturedLate, Mode: Refuse, Of: OfPlacement},
		{Code: PlacementGone, Mode: Refuse, Of: OfPlacement},
	}
}

func paymentChecks() []Known {
	return []Known{
		{Code: InvoiceFileMissing, Mode: Refuse, Of: OfPayment},
		{Code: GuaranteeMissing, Mode: Refuse, Of: OfPayment, Basis: "Perpres 16/2018 pasal 30", National: true},
		{Code: InstalmentExceeded, Mode: Warn, Of: OfPayment},
		{Code: InvoiceLinesMissing, Mode: Refuse, Of: OfPayment},
		{Code: MatchDiffers, Mode: Refuse, Of: OfPayment},
		{Code: RecapMissing, Mode: Refuse, Of: OfPayment, National: true},
		{Code: AcceptanceUnsigned, Mode: Refuse, Of: OfPayment},
		{Code: BAPMissing, Mode: Refuse, Of: OfPayment, National: true},
		{Code: LiveCheckMissing, Mode: Refuse, Of: OfPayment},
		{Code: GoneEarly, Mode: Refuse, Of: OfPayment},
		{Code: ShortfallUnrecovered, Mode: Warn, Of: OfPayment},
		{Code: DocumentDates, Mode: Refuse, Of: OfPayment},
		{Code: DatedAhead, Mode: Refuse, Of: OfPayment},
		{Code: ImprestReceiptMissing, Mode: Refuse, Of: OfPayment, Basis: "Permendagri 77/2020", National: true},
		{Code: UPOverLimit, Mode: Refuse, Unit: Rupiah, Figure: 50_000_000, Of: OfPayment, Basis: "Permendagri 77/2020", National: true},
		{Code: TULate, Mode: Refuse, Unit: Days, Figure: 30, Of: OfPayment, Basis: "Permendagri 77/2020", National: true},
		{Code: TULeftover, Mode: Refuse, Of: OfPayment, Basis: "Permendagri 77/2020", National: true},
		{Code: BankMissingPayment, Mode: Refuse, Of: OfPayment},
		{Code: BankOwnerPayment, Mode: Refuse, Of: OfPayment},
		{Code: NPWPMissingPayment, Mode: Refuse, Of: OfPayment, National: true},
		{Code: PKPMissingPayment, Mode: Refuse, Of: OfPayment, National: true},
		{Code: SuketExpiredPayment, Mode: Refuse, Of: OfPayment, Basis: "PP 55/2022", National: true},
		{Code: DocumentExpired, Mode: Refuse, Of: OfPayment},
		{Code: BlacklistedPayment, Mode: Refuse, Of: OfPayment, Basis: procurement + " pasal 78", National: true},
		{Code: SPJIncomplete, Mode: Refuse, Of: OfPayment, Basis: "Permendagri 77/2020", National: true},
	}
}
