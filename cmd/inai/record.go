package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// fiscalYear is the year that the record is about.
const fiscalYear = 2015

// placeholder is the id of contract "Sin contrato" and of purchase order "Sin orden de compra": there is none.
const placeholder = "1"

// row is one row of a table of the record, by column name.
type row map[string]string

// record is a body's year of official advertising as its own tool published it: tables that name each other by id.
type record struct {
	budgets, campaigns, vendors, lines         []row
	items, vendor, contracts, orders, invoices map[string]row // by id
	categories, subcategories, units           map[string]row // of services, by id
}

// readRecord reads the tables that the load needs. It does not judge them.
func readRecord(folder string) (*record, error) {
	r := &record{}
	var errs []error
	table := func(name string) []row {
		rows, err := readTable(filepath.Join(folder, name+".csv"))
		errs = append(errs, err)
		return rows
	}
	by := func(key string, rows []row) map[string]row {
		out := make(map[string]row, len(rows))
		for _, each := range rows {
			out[each[key]] = each
		}
		return out
	}
	r.budgets, r.campaigns, r.vendors, r.lines = table("budgets"), table("campaigns"), table("vendors"), table("invoice_lines")
	r.vendor = by("id_proveedor", r.vendors)
	r.items = by("id_presupesto_concepto", table("cat_presupuesto_conceptos"))
	r.contracts = by("id_contrato", table("contracts"))
	r.orders = by("id_orden_compra", table("purchase_orders"))
	r.invoices = by("id_factura", table("invoices"))
	r.categories = by("id_servicio_categoria", table("cat_servicios_categorias"))
	r.subcategories = by("id_servicio_subcategoria", table("cat_servicios_subcategorias"))
	r.units = by("id_servicio_unidad", table("cat_servicios_unidades"))
	return r, errors.Join(errs...)
}

func readTable(path string) (rows []row, err error) {
	f, err := os.Open(path) //nolint:gosec // G304: the folder is the argument of the program
	if err != nil {
		return nil, fmt.Errorf("read the record: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if len(all) < 2 {
		return nil, fmt.Errorf("read %s: it has no rows", path)
	}
	for _, cells := range all[1:] {
		each := row{}
		for i, name := range all[0] {
			each[name] = strings.Join(strings.Fields(cells[i]), " ")
		}
		rows = append(rows, each)
	}
	return rows, nil
}
