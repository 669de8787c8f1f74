// A vendor's pages: how far a file has come while it is sent, and an address that is copied by a button.
function send(form, start) {
  const words = document.body.dataset;
  const box = document.createElement("div");
  box.className = "sending";
  box.setAttribute("role", "status");
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  const text = document.createElement("span");
  text.textContent = words.sending;
  bar.setAttribute("aria-label", words.sending);
  box.append(bar, text);
  form.querySelector(".sending")?.remove();
  form.append(box);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.upload.addEventListener("progress", (e) => {
    if (!e.lengthComputable) return;
    bar.value = Math.round((100 * e.loaded) / e.total);
    text.textContent = e.loaded < e.total ? `${words.sending} ${bar.value}%` : words.checking;
  });
  const broken = () => {
    text.textContent = words.broken;
    delete form.dataset.sent;
  };
  request.addEventListener("error", broken);
  request.addEventListener("timeout", broken);
  request.addEventListener("load", () => {
    if (request.responseURL !== form.action) return location.assign(request.responseURL);
    const main = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("main");
    if (!main) return broken();
    document.querySelector("main").replaceWith(main);
    start(main);
    scrollTo(0, 0);
  });
  request.send(new FormData(form));
}

// door wires what only a vendor's pages and the page of a new link have.
export function door(scope, start) {
  if (document.body.classList.contains("door")) {
    for (const form of scope.querySelectorAll('form[enctype="multipart/form-data"]')) {
      form.addEventListener("submit", (e) => {
        if (e.defaultPrevented || !form.querySelector('input[type="file"]')?.files.length) return;
        e.preventDefault();
        send(form, start);
      });
    }
  }
  for (const cell of scope.querySelectorAll("dd.copy")) {
    const address = cell.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-primary";
    button.textContent = document.documentElement.lang === "id" ? "Salin" : "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(address);
      button.textContent = document.documentElement.lang === "id" ? "Tersalin" : "Copied";
    });
    cell.append(button);
  }
}
