package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestAmounts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]centavos{"0.00": 0, "27386000.00": 2_738_600_000, "-3107541.63": -310_754_163, "0.07": 7, "-0.50": -50} {
		if got, err := parseCentavos(text); err != nil || got != want {
			t.Errorf("%s: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "1", "1.5", "1.005", "1,000.00", ".50", "1e3", "9999999999999999.00", "١.00"} {
		if got, err := parseCentavos(text); err == nil {
			t.Errorf("%q is read as %d", text, got)
		}
	}
	for c, want := range map[centavos]string{0: "0.00", 2_607_590_791: "26,075,907.91", -310_754_163: "-3,107,541.63", 99_999: "999.99", 100_000: "1,000.00"} {
		if got := c.String(); got != want {
			t.Errorf("%d is written %s, want %s", c, got, want)
		}
	}
	for text, want := range map[string]int64{"1.00": 1, "5.00": 5, "1.50": 0, "0.00": 0, "-1.00": 0} {
		if got, err := parseWhole(text); (err == nil) != (want > 0) || err == nil && got != want {
			t.Errorf("quantity %s: %d, %v", text, got, err)
		}
	}
}

func TestDaysOfRun(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Radio; Fecha de inicio: 02/12/2015; Fecha de término: 31/12/2015; Sexo: Ambos;": "2015-12-02 2015-12-31",
		"Diario Fecha de inicio: 11/12/2015 Fecha de término: 27/12/2015 Grupo":          "2015-12-11 2015-12-27",
		"Fecha de inicio: 01/07/2015; Fecha de término: 15/06/2015;":                     " ", // ends before it begins
		"Fecha de inicio: ; Fecha de término: ;":                                         " ",
		"Banner en portada": " ",
	} {
		if first, last := daysOf(text); first+" "+last != want {
			t.Errorf("%s: %s %s", text, first, last)
		}
	}
}

// small is a record of four invoices: two of one contract, one of an order alone, one of neither.
func small() *record {
	line := func(id, invoice, quantity, price, amount string) row {
		return row{
			"id_factura_desglose": id, "id_factura": invoice, "cantidad": quantity, "precio_unitarios": price, "monto_desglose": amount,
			"id_servicio_categoria": "4", "descripcion_servicios": "Fecha de inicio: 03/03/2015; Fecha de término: 09/03/2015",
		}
	}
	invoice := func(id, contract, order, vendor string) row {
		return row{"id_factura": id, "id_contrato": contract, "id_orden_compra": order, "id_proveedor": vendor, "fecha_erogacion": "2015-03-02"}
	}
	return &record{
		lines: []row{
			line("1", "10", "2.00", "50.25", "100.50"), line("2", "11", "1.00", "9.50", "9.50"), line("3", "12", "1.00", "7.00", "7.00"),
			line("4", "13", "1.00", "3.00", "3.00"),
		},
		invoices: map[string]row{
			"10": invoice("10", "8", placeholder, "5"), "11": invoice("11", "8", placeholder, "5"),
			"12": invoice("12", placeholder, "9", "5"), "13": invoice("13", placeholder, placeholder, "6"),
		},
		contracts: map[string]row{"8": {
			"id_contrato": "8", "numero_contrato": "C-8", "id_proveedor": "5", "monto_contrato": "110.00",
			"fecha_celebracion": "2015-03-05", "fecha_inicio": "2015-03-01", "fecha_fin": "2015-03-31",
		}},
		orders:     map[string]row{"9": {"id_orden_compra": "9", "numero_orden_compra": "O-9", "id_proveedor": "6", "fecha_orden": "2015-03-01"}},
		vendor:     map[string]row{"5": {"nombre_comercial": "El Sol / http://elsol.mx"}, "6": {"nombre_comercial": "La Luna"}},
		categories: map[string]row{"4": {"nombre_servicio_categoria": "Medios impresos"}},
	}
}

func TestPlan(t *testing.T) {
	t.Parallel()
	p, err := newPlan(small())
	if err != nil {
		t.Fatal(err)
	}
	if len(p.purchases) != 2 || len(p.bills) != 4 {
		t.Fatalf("%d purchases, %d invoices", len(p.purchases), len(p.bills))
	}
	contract, order := p.purchases[0], p.purchases[1]
	if !contract.contract || len(contract.bills) != 2 || contract.promised != 11_000 || contract.end != "2015-03-31" {
		t.Errorf("the contract: %+v", contract)
	}
	if got := contract.published(contract.bills[0].lines[0]); got != "2015-03-05" {
		t.Errorf("nothing is published before the contract is signed, not on %s", got)
	}
	if order.contract || order.promised != 700 || order.end != "2015-03-09" || order.vendor != "6" || order.bills[0].vendor != "5" {
		t.Errorf("the order has the sum of its invoices and the last day of its run: %+v", order)
	}
	if got := order.published(order.bills[0].lines[0]); got != "2015-03-03" {
		t.Errorf("the first day of the run, not %s", got)
	}
	if o := order.bills[0].lines[0].outlet; o != (outlet{"5", "print", "El Sol", ""}) {
		t.Errorf("the medium of the invoice's vendor: %+v", o)
	}
	if p.bills[3].of != nil || p.bills[3].refusal() == nil {
		t.Error("an invoice without contract and order is no agreement")
	}
}

func TestPlanRefusesWhatDoesNotAddUp(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*record){
		"amount":   func(r *record) { r.lines[0]["monto_desglose"] = "100.51" },
		"decimals": func(r *record) { r.lines[0]["precio_unitarios"] = "50.255" },
		"invoice":  func(r *record) { r.lines[0]["id_factura"] = "99" },
		"contract": func(r *record) { delete(r.contracts, "8") },
		"order":    func(r *record) { delete(r.orders, "9") },
	} {
		r := small()
		spoil(r)
		if _, err := newPlan(r); err == nil {
			t.Errorf("%s: taken as it is", name)
		}
	}
}

func TestPaper(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "paper.pdf")
	pdf := paper("Public record", []string{"Revista (Época) \\ 3€", strings.Repeat("palabra ", 20)})
	if string(pdf) != string(paper("Public record", []string{"Revista (Época) \\ 3€", strings.Repeat("palabra ", 20)})) {
		t.Error("the same text gives other bytes")
	}
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.CommandContext(t.Context(), "pdftotext", "-layout", path, "-").CombinedOutput()
	if err != nil {
		t.Fatalf("pdftotext: %v: %s", err, text)
	}
	for _, want := range []string{"Public record", `Revista (Época) \ 3?`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %q in %q", want, text)
		}
	}
	if n := strings.Count(string(text), "palabra"); n != 20 {
		t.Errorf("%d of 20 words", n)
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{}, {"in"}, {"-url", "http://x", "in", "out"}, {"-accounts", "f", "in", "out"}, {"-nonsense", "in", "out"}} {
		if _, err := readSettings(args); err == nil {
			t.Errorf("%q is taken", args)
		}
	}
	if s, err := readSettings([]string{"in", "out"}); err != nil || s.record != "in" || s.out != "out" || s.program == "" {
		t.Errorf("%+v, %v", s, err)
	}
}
