import { byId, element, follow, png, tell } from "./dom.js";
import { stream } from "./server.js";

let started = false;
let running = null;
let frames = { true: [], false: [] };
let playing = null;

export function startExplain() {
  if (!started) {
    started = true;
    follow(byId("explain-guidance"), byId("explain-guidance-value"), (value) => Number(value).toFixed(1));
    byId("explain-form").addEventListener("submit", (event) => {
      event.preventDefault();
      explain();
    });
    byId("explain-cancel").onclick = () => running?.abort();
    byId("moment").oninput = () => show(Number(byId("moment").value));
    byId("play").onclick = play;
  }
  tellModel();
  return () => stopPlaying();
}

/** The model is that of the view Generate, which needs no words where there is one alone. */
function tellModel() {
  const several = byId("model").options.length > 1;
  tell(byId("explain-model"), several ? "Model: " + byId("model").value + ", as chosen under Generate." : "");
}

async function explain() {
  if (running) return;
  frames = { true: [], false: [] };
  tell(byId("explain-problem"), "");
  byId("film").replaceChildren();
  running = new AbortController();
  busy(true);
  if (matchMedia("(max-width: 900px)").matches) byId("explain-state").scrollIntoView({ block: "start" });
  const body = {
    prompt: byId("explain-prompt").value,
    model: byId("model").value || undefined,
    steps: Number(byId("explain-steps").value),
    seed: Number(byId("explain-seed").value),
    guidance_scale: Number(byId("explain-guidance").value),
  };
  try {
    await stream("/api/explain", body, { frame, step, queued }, running.signal);
    byId("explain-state").textContent = "";
  } catch (failure) {
    if (failure.name === "AbortError") byId("explain-state").textContent = "Cancelled.";
    else tell(byId("explain-problem"), failure.message);
  }
  running = null;
  busy(false);
}

function busy(is) {
  byId("explain-run").disabled = is;
  byId("explain-cancel").hidden = !is;
}

function queued({ position }) {
  if (position > 0) byId("explain-state").textContent = "Waiting, number " + position + " in the queue.";
}

function step({ step, steps, seconds_left }) {
  byId("explain-state").textContent = `Step ${step} of ${steps}, ${Math.max(1, Math.ceil(seconds_left))} s left.`;
}

function frame(moment) {
  frames[moment.guided].push(moment);
  byId("chain").hidden = false;
  byId("chain-empty").hidden = true;
  const index = frames[moment.guided].length - 1;
  byId("moment").max = frames[true].length - 1;
  if (index > 0) byId("film").append(filmImage(moment, index));
  if (moment.guided || index === Number(byId("moment").value)) {
    if (moment.guided) byId("moment").value = index;
    show(Number(byId("moment").value));
  }
}

/** With guidance above, without below. */
function filmImage(moment, index) {
  const label = (moment.guided ? "With" : "Without") + " guidance, step " + moment.step;
  const button = element("button", { type: "button", attributes: { "aria-label": label, "data-step": index } },
    element("img", { src: png(moment.predicted), alt: "" }));
  button.style.gridRow = moment.guided ? 1 : 2;
  button.style.gridColumn = index;
  button.onclick = () => {
    byId("moment").value = index;
    show(index);
  };
  return button;
}

function show(index) {
  const moment = frames[true][index];
  if (!moment) return;
  const time = moment.timestep === null ? "noise" : "timestep " + Math.round(moment.timestep);
  byId("moment-text").textContent = index + " of " + (frames[true].length - 1) + ", " + time;
  const heads = ["", "Noisy latents xₜ", "Predicted latents x₀", "Decoded"].map((text, i) =>
    element("div", { className: i ? "head" : "head corner", textContent: text }));
  byId("chain-grid").replaceChildren(...heads, ...row("With guidance", moment), ...row("Without", frames[false][index]));
  for (const button of byId("film").children) {
    if (button.dataset.step === String(index)) button.setAttribute("aria-current", "step");
    else button.removeAttribute("aria-current");
  }
}

function row(side, moment) {
  const image = (base64, alt, className) => moment
    ? element("img", { src: png(base64), alt: side + ": " + alt, className })
    : element("div", {});
  return [
    element("div", { className: "side", textContent: side }),
    image(moment?.latents, "noisy latents as colours", "pixelated"),
    image(moment?.predicted_latents, "predicted latents as colours", "pixelated"),
    image(moment?.predicted, "decoded prediction", moment?.step ? "" : "pixelated"),
  ];
}

function play() {
  if (playing) return stopPlaying();
  byId("play").textContent = "Stop";
  playing = setInterval(() => {
    const next = (Number(byId("moment").value) + 1) % frames[true].length;
    byId("moment").value = next;
    show(next);
  }, 350);
}

function stopPlaying() {
  clearInterval(playing);
  playing = null;
  byId("play").textContent = "Play";
}
