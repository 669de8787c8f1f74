// Comfort for pages that also work without script: htmx, keys in lists, charts, grids of rows, warnings.
import htmx from "htmx.org";
import { keys } from "./keys.js";
import { rows } from "./rows.js";
import { forms } from "./forms.js";
import { door } from "./door.js";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.responseHandling = [{ code: "204", swap: false }, { code: "[23]..", swap: true }, { code: "422", swap: true }, { code: "...", swap: false, error: true }];

// start wires what is new on the page, after load and after each swap.
function start(scope) {
  rows(scope);
  forms(scope);
  door(scope, start);
  for (const el of scope.querySelectorAll("[data-chart]")) {
    if (!el.dataset.drawn) {
      el.dataset.drawn = "1";
      import("./chart.js").then(({ draw }) => draw(el));
    }
  }
}

document.documentElement.classList.add("scripted");
keys(document);
start(document);
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb === "get") for (const [name, value] of [...detail.formData]) if (value === "") detail.formData.delete(name);
});
document.addEventListener("htmx:afterSwap", (e) => start(e.detail.target));
