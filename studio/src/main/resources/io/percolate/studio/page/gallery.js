import { byId, element } from "./dom.js";
import { ask } from "./server.js";

let images = [];
let picked = [];
let onFill = () => {};
let onUse = () => {};

export function startGallery(fill, use) {
  onFill = fill;
  onUse = use;
  byId("more").onclick = more;
  byId("compare").onclick = compare;
  byId("viewer").addEventListener("click", (event) => event.target === byId("viewer") && byId("viewer").close());
  refreshGallery();
}

export async function refreshGallery() {
  const answer = await ask("/api/gallery").catch(() => ({ images: [], more: false }));
  images = answer.images;
  show(answer.more);
}

async function more() {
  const answer = await ask("/api/gallery?after=" + images[images.length - 1].id);
  images = images.concat(answer.images);
  show(answer.more);
}

function show(more) {
  byId("gallery").replaceChildren(...images.map(item));
  byId("gallery-hint").textContent = images.length ? "Images stay here after a restart." : "Nothing here yet.";
  byId("more").hidden = !more;
  pick();
}

function item(image) {
  const thumb = element("button", { type: "button", className: "thumb", attributes: { "aria-label": "Open " + name(image) } },
    element("img", { src: image.url, alt: "", loading: "lazy" }));
  thumb.onclick = () => openImage(image.id);
  const box = element("input", { type: "checkbox", className: "pick", checked: picked.includes(image.id),
    attributes: { "aria-label": "Compare " + name(image) } });
  box.onchange = () => {
    picked = box.checked ? [...picked, image.id] : picked.filter((id) => id !== image.id);
    pick();
  };
  return element("li", {}, thumb, box);
}

const name = (image) => (image.prompt || "image") + ", seed " + image.settings.Seed;

function pick() {
  picked = picked.filter((id) => images.some((image) => image.id === id));
  byId("compare").hidden = picked.length < 2;
  byId("compare").textContent = "Compare " + picked.length + " side by side";
}

function compare() {
  const chosen = images.filter((image) => picked.includes(image.id));
  const figures = chosen.map((image) => element("figure", {}, element("img", { src: image.url, alt: image.prompt }),
    element("figcaption", { className: "hint", textContent: image.parameters })));
  open(element("div", { className: "side-by-side" }, ...figures), element("div", { className: "dialog-end" }, closer()));
}

export function openImage(id) {
  const image = images.find((one) => one.id === id);
  if (!image) return;
  const rows = Object.entries(image.settings).flatMap(([key, value]) =>
    [element("dt", { textContent: key }), element("dd", { textContent: value })]);
  const words = element("p", { className: "words", textContent: image.prompt });
  const negative = element("p", { className: "hint", textContent: image.negative_prompt ? "Not: " + image.negative_prompt : "" });
  const details = element("div", { className: "details" }, words, negative, element("dl", {}, ...rows), actions(image));
  open(element("div", { className: "viewer-grid" }, element("img", { src: image.url, alt: image.prompt }), details));
}

function actions(image) {
  const copy = action("Copy settings", async () => {
    await navigator.clipboard.writeText(image.parameters);
    copy.textContent = "Copied";
  });
  return element("div", { className: "buttons" },
    action("Use settings", () => finish(() => onFill(image))),
    action("Use as init image", () => finish(() => onUse(image))),
    copy,
    element("a", { className: "button", href: image.url, download: image.id + ".png", textContent: "Download" }),
    action("Delete", () => finish(() => remove(image))),
    closer());
}

function action(text, what) {
  const button = element("button", { type: "button", textContent: text });
  button.onclick = what;
  return button;
}

const closer = () => action("Close", () => byId("viewer").close());

function finish(what) {
  byId("viewer").close();
  what();
}

async function remove(image) {
  await ask("/api/gallery/" + image.id, { method: "DELETE" });
  refreshGallery();
}

function open(...content) {
  byId("viewer-body").replaceChildren(...content);
  byId("viewer").showModal();
}
