import { byId, element, follow, png, tell } from "./dom.js";
import { ask, post, stream } from "./server.js";
import { control } from "./control.js";
import { initImage } from "./initimage.js";
import { openImage, refreshGallery, startGallery } from "./gallery.js";

let started = false;
let running = null;
let models = [];
let fewSteps = {};

/** Whether somebody chose the settings, which the model's defaults then leave alone. */
let chosen = false;

/** The view is started once; it goes on while others are shown. */
export function startGenerate() {
  if (started) return;
  started = true;
  follow(byId("steps"), byId("steps-value"));
  follow(byId("guidance"), byId("guidance-value"), (value) => Number(value).toFixed(1));
  byId("generate-form").addEventListener("submit", (event) => {
    event.preventDefault();
    generate();
  });
  byId("cancel").onclick = () => running?.abort();
  byId("dice").onclick = dice;
  byId("lock").onclick = () => byId("lock").setAttribute("aria-pressed", String(!locked()));
  byId("model").onchange = useDefaults;
  for (const id of ["width", "height", "steps", "guidance"]) {
    byId(id).addEventListener("input", (event) => { chosen ||= event.isTrusted; });
  }
  byId("prompt").addEventListener("input", later(countTokens));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !byId("view-generate").hidden) {
      event.preventDefault();
      byId("generate-form").requestSubmit();
    }
    if (event.key === "Escape") running?.abort();
  });
  initImage.start();
  control.start();
  startGallery(fillForm, (image) => initImage.fromAddress(image));
  dice();
  empty();
  loadChoices();
}

async function loadChoices() {
  try {
    const { samplers } = await ask("/api/samplers");
    const choices = samplers.map((name) => element("option", { value: name, textContent: name }));
    byId("sampler").replaceChildren(element("option", { value: "", textContent: "Model's own" }), ...choices);
    await loadModels();
    whenReady();
  } catch (failure) {
    tell(byId("problem"), failure.message);
  }
}

async function loadModels() {
  const answer = await ask("/api/models");
  models = answer.models;
  fewSteps = answer.few_steps;
  const first = byId("model").value || answer.first;
  byId("model").replaceChildren(...models.map(({ name }) => element("option", { value: name, textContent: name })));
  byId("model").value = first;
  byId("model-field").hidden = models.length < 2;
  byId("steps").max = Math.min(100, answer.limits.steps);
  byId("count").max = answer.limits.count;
  showLoras(answer.loras);
  if (!byId("control-network").value) control.show(answer.controlnets, answer.preprocessors);
  if (!chosen) useDefaults();
}

/** The first model may still be loading: its defaults are known once it is there. */
async function whenReady() {
  const answer = await fetch("/ready").catch(() => null);
  const ready = answer !== null && answer.ok;
  byId("server-state").textContent = ready ? "" : "loading the model";
  if (!ready) setTimeout(whenReady, 700);
  else if (!byId("width").value) loadModels();
}

function showLoras(names) {
  byId("loras").hidden = names.length === 0;
  byId("loras").querySelectorAll(".lora").forEach((row) => row.remove());
  names.forEach((name, i) => {
    const label = element("label", { textContent: name, htmlFor: "lora-" + i });
    const box = element("input", { type: "checkbox", id: "lora-" + i, value: name });
    box.onchange = () => !chosen && useDefaults();
    const scale = element("input", { type: "number", step: "0.1", value: "1", min: "-10", max: "10",
      attributes: { "aria-label": "Scale of " + name } });
    byId("loras").append(element("div", { className: "lora" }, box, label, scale));
  });
}

function useDefaults() {
  const model = models.find(({ name }) => name === byId("model").value);
  if (!model?.width) return;
  set("width", model.width);
  set("height", model.height);
  const lora = Object.keys(loras()).find((name) => fewSteps[name]);
  const { steps, guidance_scale } = fewSteps[lora] || model;
  set("steps", steps);
  set("guidance", guidance_scale);
}

function set(id, value) {
  byId(id).value = value;
  byId(id).dispatchEvent(new Event("input"));
}

const locked = () => byId("lock").getAttribute("aria-pressed") === "true";

function dice() {
  byId("seed").value = Math.floor(Math.random() * 2 ** 31);
}

const countTokens = async () => {
  if (!byId("prompt").value) return tell(byId("tokens"), "");
  try {
    const { count, limit, cut } = await post("/api/tokens", { prompt: byId("prompt").value, model: byId("model").value });
    tell(byId("tokens"), count + " of " + limit + " tokens" + (cut ? "; cut: " + cut : ""));
  } catch {
    tell(byId("tokens"), "");
  }
};

function later(action) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, 300);
  };
}

function number(id) {
  return byId(id).value === "" ? undefined : Number(byId(id).value);
}

/** Those that are chosen, with their scales. */
function loras() {
  const scales = {};
  byId("loras").querySelectorAll(".lora").forEach((row) => {
    const [box, scale] = row.querySelectorAll("input");
    if (box.checked) scales[box.value] = Number(scale.value);
  });
  return scales;
}

function body() {
  const scales = loras();
  const asked = {
    prompt: byId("prompt").value,
    negative_prompt: byId("negative").value || undefined,
    model: byId("model").value || undefined,
    loras: Object.keys(scales).length ? scales : undefined,
    width: number("width"),
    height: number("height"),
    steps: number("steps"),
    guidance_scale: number("guidance"),
    sampler: byId("sampler").value || undefined,
    seed: number("seed"),
    count: number("count"),
    gallery: true,
  };
  return { ...asked, ...initImage.values(), ...control.values() };
}

async function generate() {
  if (running) return;
  tell(byId("problem"), "");
  if (!locked() && generate.used === byId("seed").value) dice();
  generate.used = byId("seed").value;
  running = new AbortController();
  busy(true);
  if (matchMedia("(max-width: 900px)").matches) byId("stage").scrollIntoView({ block: "start" });
  try {
    await stream("/api/generate", body(), { queued, step, preview, image }, running.signal);
  } catch (failure) {
    if (failure.name === "AbortError") byId("progress-text").textContent = "Cancelled.";
    else tell(byId("problem"), failure.message);
  }
  running = null;
  busy(false);
}

function busy(is) {
  byId("generate").disabled = is;
  byId("cancel").hidden = !is;
  byId("progress").hidden = !is;
  if (is) {
    byId("bar").removeAttribute("value");
    byId("progress-text").textContent = "Waiting.";
  } else if (!byId("stage").querySelector("button")) empty();
}

function empty() {
  byId("stage").replaceChildren(element("p", { className: "empty", textContent: "Your image appears here." }));
}

function queued({ position }) {
  if (position > 0) byId("progress-text").textContent = "Waiting, number " + position + " in the queue.";
}

function step({ step, steps, seconds_left }) {
  byId("bar").value = step / steps;
  const left = Math.max(1, Math.ceil(seconds_left));
  byId("progress-text").textContent = step < steps ? `Step ${step} of ${steps}, ${left} s left.` : "Decoding.";
}

function preview({ images }) {
  byId("stage").replaceChildren(...images.map((image, i) =>
    element("img", { src: png(image), alt: "Preview of image " + (i + 1), className: "preview" })));
}

function image(generated) {
  if (generated.index === 0) byId("stage").replaceChildren();
  const shown = element("img", { src: png(generated.png), alt: byId("prompt").value });
  const view = element("button", { type: "button", attributes: { "aria-label": "Details of image " + (generated.index + 1) } }, shown);
  view.onclick = () => openImage(generated.id);
  byId("stage").append(view);
  refreshGallery();
}

/** Takes the settings of an image back into the form. */
function fillForm({ prompt, negative_prompt, settings }) {
  chosen = true;
  const [width, height] = (settings.Size || "x").split("x");
  const values = { prompt, negative: negative_prompt, steps: settings.Steps, guidance: settings["CFG scale"],
    seed: settings.Seed, width, height, count: 1 };
  Object.entries(values).forEach(([id, value]) => value !== undefined && set(id, value));
  byId("sampler").value = settings.Sampler || "";
  byId("lock").setAttribute("aria-pressed", "true");
  byId("prompt").focus();
}
