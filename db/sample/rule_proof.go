package sample

import "tayang/app/rule"

// proofRules are the rules about proof that only warn until further notice: the offices have just begun to look.
func proofRules() []rule.Code {
	return []rule.Code{
		rule.ProofSeenBefore, rule.ProofLooksAlike, rule.HostDiffers, rule.HandleDiffers, rule.PageMissing, rule.StoryCapturedLate, rule.PlacementGone,
		rule.PageScanMissing, rule.ScreenshotMissing, rule.RecordingMissing, rule.PhotoMissing, rule.PhotoUndated, rule.PermalinkMissing,
	}
}
