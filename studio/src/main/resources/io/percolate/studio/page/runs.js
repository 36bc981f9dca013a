import { byId, element, shape } from "./dom.js";
import { ask } from "./server.js";

const EVERY = 5000;
const HEIGHT = 340;
const EDGE = { left: 60, right: 28, top: 44, bottom: 52 };

let chosen = null;

export function startRuns() {
  refresh();
  const timer = setInterval(refresh, EVERY);
  return () => clearInterval(timer);
}

async function refresh() {
  const { runs, configured } = await ask("/api/runs").catch(() => ({ runs: [], configured: true }));
  if (!configured) byId("runs-hint").textContent = "Start the server with --runs FOLDER to see trainings and comparisons here.";
  else if (!runs.length) byId("runs-hint").textContent = "There is no training or comparison in the folder of --runs yet.";
  byId("run-list").replaceChildren(...runs.map(item));
  const run = runs.find(({ name }) => name === chosen);
  if (run) show(run);
}

function item(run) {
  const button = element("button", { type: "button", textContent: run.name });
  if (run.name === chosen) button.setAttribute("aria-current", "true");
  button.onclick = () => {
    chosen = run.name;
    byId("run").replaceChildren();
    refresh();
  };
  return element("li", {}, button);
}

const address = (what, run) => `/api/runs/${what}?name=${encodeURIComponent(run.name)}`;

async function show(run) {
  const parts = new Map([...byId("run").children].map((part) => [part.dataset.part, part]));
  const wanted = [part("title", element("h1", { textContent: run.name }))];
  if (run.log) {
    const curves = await ask(address("log", run));
    wanted.push(part("time", element("p", { className: "hint", textContent: summary(curves) })), part("chart", chart(curves)));
  }
  if (run.strip) {
    const strip = element("img", { className: "strip", src: address("strip", run) + "&at=" + Math.floor(Date.now() / 60000),
      alt: "Samples of " + run.name + " as the training goes on" });
    wanted.push(part("strip", strip));
  }
  if (run.report) {
    const report = parts.get("report") || element("iframe", { className: "report", src: address("report", run),
      title: "Report of " + run.name, attributes: { sandbox: "" } });
    wanted.push(part("report", report));
  }
  if (chosen === run.name) byId("run").replaceChildren(...wanted);
}

function part(name, made) {
  made.dataset.part = name;
  return made;
}

function summary({ loss, held_out_loss, seconds }) {
  const last = loss[loss.length - 1];
  if (!last) return "Nothing is logged yet.";
  const held = held_out_loss.length ? ", held out " + held_out_loss[held_out_loss.length - 1][1].toPrecision(4) : "";
  return `Step ${last[0].toLocaleString("en")}, loss ${last[1].toPrecision(4)}${held}, ${Math.round(seconds / 60)} minutes.`;
}

/** Loss over steps, the loss in powers of ten, as wide as there is room, so that its words are never small. */
function chart({ loss, held_out_loss }) {
  const all = [...loss, ...held_out_loss].filter(([, value]) => value > 0);
  const width = Math.max(300, byId("run").clientWidth);
  const svg = shape("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, class: "chart", role: "img", "aria-label": "Loss over steps" });
  if (all.length < 2) return svg;
  const steps = Math.max(...all.map(([step]) => step));
  const low = Math.log10(Math.min(...all.map(([, value]) => value)));
  const high = Math.max(low + 0.1, Math.log10(Math.max(...all.map(([, value]) => value))));
  const x = (step) => EDGE.left + step / steps * (width - EDGE.left - EDGE.right);
  const y = (value) => EDGE.top + (high - Math.log10(value)) / (high - low) * (HEIGHT - EDGE.top - EDGE.bottom);
  for (let i = 0; i <= 4; i++) {
    const value = 10 ** (low + (high - low) * i / 4);
    svg.append(shape("line", { class: "axis", x1: EDGE.left, x2: width - EDGE.right, y1: y(value), y2: y(value) }),
      shape("text", { x: EDGE.left - 10, y: y(value) + 4, "text-anchor": "end" }, value.toPrecision(2)));
  }
  for (const step of ticks(steps, width / 160)) {
    svg.append(shape("text", { x: x(step), y: HEIGHT - 30, "text-anchor": "middle" }, step.toLocaleString("en")));
  }
  svg.append(shape("text", { x: (EDGE.left + width - EDGE.right) / 2, y: HEIGHT - 10, "text-anchor": "middle" }, "steps"));
  const line = (points) => points.filter(([, value]) => value > 0).map(([step, value]) => x(step).toFixed(1) + "," + y(value).toFixed(1)).join(" ");
  svg.append(shape("polyline", { class: "curve", points: line(loss) }), shape("polyline", { class: "held-out", points: line(held_out_loss) }),
    ...legend("loss", "curve", EDGE.left), ...(held_out_loss.length ? legend("held-out loss", "held-out", EDGE.left + 90) : []));
  return svg;
}

function legend(name, className, left) {
  return [shape("line", { class: className, x1: left, x2: left + 24, y1: 20, y2: 20 }), shape("text", { x: left + 32, y: 24 }, name)];
}

/** Round numbers from 0 to `most`, about `count` of them. */
function ticks(most, count) {
  const rough = most / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const every = Math.max(1, [1, 2, 5, 10].find((factor) => factor * power >= rough) * power);
  return Array.from({ length: Math.floor(most / every) + 1 }, (unused, i) => i * every);
}
