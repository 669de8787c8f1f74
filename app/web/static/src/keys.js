// The keyboard: / finds, j and k walk a list, enter opens, ctrl+enter sends a form, d/s-style letters on decisions.
const typing = (el) => el.closest("input, textarea, select, [contenteditable]");

function walk(step) {
  const rows = [...document.querySelectorAll("table.rows tbody tr[data-href]")];
  if (!rows.length) return;
  const at = rows.findIndex((r) => r.classList.contains("current"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
  if (at >= 0) rows[at].classList.remove("current");
  next.classList.add("current");
  next.querySelector("a")?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

const pressed = {
  "/": () => document.querySelector("[data-search]")?.select(),
  j: () => walk(1),
  k: () => walk(-1),
  Enter: () => document.querySelector("tr.current a")?.click(),
};

// keys listens once for the whole document.
export function keys(doc) {
  doc.addEventListener("keydown", (e) => {
    if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) return e.target.closest("form")?.requestSubmit();
    if (e.ctrlKey || e.metaKey || e.altKey || typing(e.target)) return;
    if (e.key === "Enter" && e.target.closest("a, button, summary")) return;
    const act = pressed[e.key] ?? (() => doc.querySelector(`[data-key="${CSS.escape(e.key)}"]`)?.click());
    if (pressed[e.key] || doc.querySelector(`[data-key="${CSS.escape(e.key)}"]`)) e.preventDefault();
    act();
  });
  doc.addEventListener("click", (e) => {
    const row = e.target.closest("tr[data-href]");
    if (row && !e.target.closest("a, button, input, label") && !getSelection().toString()) row.querySelector("a")?.click();
  });
}
