package main

import (
	"tayang/app/capture"
	"tayang/app/file"
	"tayang/app/live"
	"tayang/app/placement"
	"tayang/db/chromium"
	"tayang/db/virus"
)

// files is the service that takes and gives files, behind the scanner of the settings.
func (p *program) files() (*file.Service, error) {
	files := file.NewService(p.blobs, within[file.Register](p.store), reading[file.Register](p.store), fileBytesMax)
	if p.cfg.Clamd == "" {
		return files, nil
	}
	scanner, err := virus.Open(p.cfg.Clamd)
	return files.Scanned(scanner), err
}

// inspector looks into the files of proofs after they were kept, and gives way to those who send some.
func (p *program) inspector(proofs *placement.Proofs) *placement.Inspector {
	return &placement.Inspector{
		Proofs: proofs, Queue: p.store, Finish: within[placement.InspectionStore](p.store), Busy: func() bool { return p.sending.Load() > 0 },
		Now: p.now, Log: p.log,
	}
}

// captures is the service that has pages opened, and the worker that opens them; nil where this machine has no browser.
func (p *program) captures(files *file.Service, proofs *placement.Proofs) (*capture.Service, *capture.Worker) {
	s := p.store
	browser, found := chromium.Find(p.cfg.captureAllowed(), p.now)
	if !found {
		return capture.NewService(within[capture.Store](s), reading[capture.Lists](s), files, nil, p.now), nil
	}
	return capture.NewService(within[capture.Store](s), reading[capture.Lists](s), files, browser, p.now), &capture.Worker{
		Browser: browser, Queue: s, Finish: within[capture.FinishStore](s), Proofs: proofs, Files: p.blobs, Now: p.now, Log: p.log,
		Program: "Tayang " + version(),
	}
}

// looks is the worker that looks again whether pages are still there, with the browser of the opener; without one it only
// says what is due.
func (p *program) looks(opener *capture.Worker) *live.Worker {
	w := &live.Worker{
		Queue: p.store, Finish: within[live.FinishStore](p.store), Files: p.blobs, Now: p.now, Place: p.place, Log: p.log, Program: "Tayang " + version(),
	}
	if opener != nil {
		w.Browser = opener.Browser
	}
	return w
}
