// Grids of form rows: add a row, remove one, paste cells from a spreadsheet. The names carry the row's index (items.3.price).
// A row may have a second line of fields (tr.more), which goes where it goes.
const lines = (body) => [...body.rows].filter((row) => !row.classList.contains("more"));
const whole = (row) => (row.nextElementSibling?.classList.contains("more") ? [row, row.nextElementSibling] : [row]);

function renumber(body) {
  lines(body).forEach((row, i) => {
    for (const el of whole(row).flatMap((r) => [...r.querySelectorAll("[name], [id], [for], [aria-describedby]")])) {
      for (const attribute of ["name", "id", "for", "aria-describedby"]) {
        const value = el.getAttribute(attribute);
        if (value) el.setAttribute(attribute, value.replace(/([.-])\d+([.-])/, `$1${i}$2`));
      }
    }
    const number = row.querySelector("[data-number]");
    if (number) number.textContent = String(i + 1);
  });
}

function clear(row) {
  for (const el of row.querySelectorAll("p.wrong")) el.remove();
  for (const el of row.querySelectorAll("input, select")) {
    el.classList.remove("is-invalid");
    if (el.type === "checkbox") el.checked = el.defaultChecked;
    else el.value = "";
  }
}

function add(body) {
  const rows = whole(lines(body).at(-1)).map((row) => row.cloneNode(true));
  rows.forEach(clear);
  body.append(...rows);
  renumber(body);
  return rows[0];
}

// put puts pasted text into a field; in a list it takes the first choice that begins with it or holds it.
function put(field, text) {
  const wanted = text.trim().toLowerCase();
  if (field.tagName === "SELECT") {
    const choices = [...field.options].filter((o) => o.value);
    const hit = choices.find((o) => o.text.toLowerCase().startsWith(wanted)) ?? choices.find((o) => o.text.toLowerCase().includes(wanted));
    if (wanted && hit) field.value = hit.value;
  } else if (field.type === "checkbox") field.checked = /^(1|x|y|ya|yes|true)$/.test(wanted);
  else field.value = text.trim();
}

// paste spreads cells copied from a spreadsheet over the fields to the right and the rows below.
function paste(event, body) {
  const text = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
  const start = event.target.closest("td"), row = start?.parentElement;
  if (!row || row.classList.contains("more") || !/[\t\n]/.test(text)) return;
  event.preventDefault();
  const from = lines(body).indexOf(row), at = [...row.cells].indexOf(start);
  text.split("\n").forEach((line, r) => {
    const target = lines(body)[from + r] ?? add(body);
    line.split("\t").forEach((cell, c) => {
      const field = target.cells[at + c]?.querySelector("input, select");
      if (field) put(field, cell);
    });
  });
  event.target.dispatchEvent(new Event("change", { bubbles: true }));
}

// rows wires every [data-rows] grid inside scope.
export function rows(scope) {
  for (const grid of scope.querySelectorAll("[data-rows]")) {
    if (grid.dataset.wired) continue;
    grid.dataset.wired = "1";
    const body = grid.tBodies[0];
    const changed = () => grid.dispatchEvent(new Event("change", { bubbles: true }));
    document.querySelector(`[data-add="${grid.id}"]`)?.addEventListener("click", (e) => {
      if (!body.rows.length) return; // the server gives the first row
      e.preventDefault();
      add(body).querySelector("input, select")?.focus();
    });
    grid.addEventListener("paste", (e) => paste(e, body));
    grid.addEventListener("click", (e) => {
      const button = e.target.closest("[data-remove]");
      if (!button) return;
      e.preventDefault();
      const row = button.closest("tr"), all = whole(row);
      if (lines(body).length === 1) all.forEach(clear);
      else all.forEach((r) => r.remove());
      renumber(body);
      changed();
    });
  }
}
