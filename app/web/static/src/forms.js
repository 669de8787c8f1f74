// Forms: no double sending, a preview of chosen files, filters that send themselves, a warning before leaving.
function preview(input) {
  const show = document.getElementById(input.dataset.preview);
  show.replaceChildren();
  for (const file of input.files) {
    const item = document.createElement("figure");
    if (file.type.startsWith("image/")) {
      const image = new Image();
      image.src = URL.createObjectURL(file);
      image.alt = file.name;
      image.addEventListener("load", () => URL.revokeObjectURL(image.src));
      item.append(image);
    }
    const caption = document.createElement("figcaption");
    caption.textContent = `${file.name} · ${Math.ceil(file.size / 1024).toLocaleString(document.documentElement.lang)} KiB`;
    item.append(caption);
    show.append(item);
  }
}

// forms wires every form inside scope.
export function forms(scope) {
  for (const form of scope.querySelectorAll("form")) {
    if (form.dataset.wired) continue;
    form.dataset.wired = "1";
    let touched = false;
    form.addEventListener("input", () => { touched = form.dataset.guard !== undefined; });
    form.addEventListener("submit", (e) => {
      if (form.dataset.sent) return e.preventDefault();
      touched = false;
      if (form.method === "post") {
        form.dataset.sent = "1";
        setTimeout(() => delete form.dataset.sent, 8000);
      }
    });
    addEventListener("beforeunload", (e) => { if (touched) e.preventDefault(); });
  }
  for (const input of scope.querySelectorAll("input[data-preview]")) {
    if (input.dataset.wired) continue;
    input.dataset.wired = "1";
    input.addEventListener("change", () => preview(input));
  }
  for (const select of scope.querySelectorAll("[data-autosend]")) {
    if (select.dataset.wired) continue;
    select.dataset.wired = "1";
    select.addEventListener("change", () => select.form.requestSubmit());
  }
  for (const button of scope.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
  scope.querySelector("[data-focus]")?.focus();
}
