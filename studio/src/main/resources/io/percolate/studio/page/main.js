import { byId } from "./dom.js";
import { startGenerate } from "./generate.js";
import { startExplain } from "./explain.js";
import { startRuns } from "./runs.js";

const VIEWS = ["generate", "explain", "runs"];
const starters = { generate: startGenerate, explain: startExplain, runs: startRuns };
const leave = {};

function show() {
  const wanted = VIEWS.includes(location.hash.slice(2)) ? location.hash.slice(2) : "generate";
  for (const name of VIEWS) {
    byId("view-" + name).hidden = name !== wanted;
    const link = document.querySelector(`nav a[data-view="${name}"]`);
    if (name === wanted) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    if (name !== wanted && leave[name]) {
      leave[name]();
      delete leave[name];
    }
  }
  document.title = wanted[0].toUpperCase() + wanted.slice(1) + " - Percolate studio";
  if (!leave[wanted]) leave[wanted] = starters[wanted]() || (() => {});
}

function theme(name) {
  document.documentElement.dataset.theme = name;
  localStorage.setItem("theme", name);
}

const dark = matchMedia("(prefers-color-scheme: dark)").matches;
theme(localStorage.getItem("theme") || (dark ? "dark" : "light"));
byId("theme").onclick = () => theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
addEventListener("hashchange", show);
show();
