// Grids of form rows: add a copy of the template row, remove a row. The names carry the row's index (lines.3.price).
function renumber(body) {
  [...body.rows].forEach((row, i) => {
    for (const el of row.querySelectorAll("[name], [id], [for], [aria-describedby]")) {
      for (const attribute of ["name", "id", "for", "aria-describedby"]) {
        const value = el.getAttribute(attribute);
        if (value) el.setAttribute(attribute, value.replace(/\.\d+\./, `.${i}.`));
      }
    }
    const number = row.querySelector("[data-number]");
    if (number) number.textContent = String(i + 1);
  });
}

function clear(row) {
  row.classList.remove("wrong");
  for (const el of row.querySelectorAll(".invalid-feedback, [data-computed]")) el.textContent = "";
  for (const el of row.querySelectorAll("input, select")) {
    el.classList.remove("is-invalid");
    if (el.dataset.keep !== undefined) continue;
    if (el.type === "checkbox") el.checked = el.defaultChecked;
    else el.value = "";
  }
}

// rows wires every [data-rows] grid inside scope.
export function rows(scope) {
  for (const grid of scope.querySelectorAll("[data-rows]")) {
    if (grid.dataset.wired) continue;
    grid.dataset.wired = "1";
    const body = grid.tBodies[0];
    const changed = () => grid.dispatchEvent(new Event("change", { bubbles: true }));
    document.querySelector(`[data-add="${grid.id}"]`)?.addEventListener("click", (e) => {
      e.preventDefault();
      const row = body.rows[body.rows.length - 1].cloneNode(true);
      clear(row);
      body.append(row);
      renumber(body);
      row.querySelector("input, select")?.focus();
    });
    grid.addEventListener("click", (e) => {
      const button = e.target.closest("[data-remove]");
      if (!button) return;
      e.preventDefault();
      if (body.rows.length === 1) clear(body.rows[0]);
      else button.closest("tr").remove();
      renumber(body);
      changed();
    });
  }
}
