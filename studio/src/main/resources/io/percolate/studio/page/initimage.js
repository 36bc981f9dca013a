import { byId, follow, tell } from "./dom.js";

/** The longest side that is sent: the server makes images no larger. */
const LONGEST = 1024;

let image = null;
let mask = null;
let painted = false;
let last = null;

function start() {
  follow(byId("strength"), byId("strength-value"), (value) => Number(value).toFixed(2));
  follow(byId("brush"), byId("brush-value"));
  byId("drop").onclick = () => byId("file").click();
  byId("file").onchange = () => byId("file").files[0] && fromFile(byId("file").files[0]);
  byId("init-remove").onclick = remove;
  byId("mask-clear").onclick = clear;
  startDropping(byId("generate-form"));
  startPainting(byId("mask"));
}

function startDropping(form) {
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
  }
  for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files[0]) fromFile(event.dataTransfer.files[0]);
  });
}

async function fromFile(file) {
  try {
    use(await createImageBitmap(file));
  } catch {
    tell(byId("problem"), "This file is no image that the browser can read: choose a PNG, JPEG or WebP file.");
  }
}

async function fromAddress({ url }) {
  const answer = await fetch(url);
  use(await createImageBitmap(await answer.blob()));
}

/** An image no larger than the server makes them. */
export function shrunk(bitmap) {
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const smaller = canvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
  smaller.getContext("2d").drawImage(bitmap, 0, 0, smaller.width, smaller.height);
  return smaller;
}

function use(bitmap) {
  image = shrunk(bitmap);
  mask = canvas(image.width, image.height);
  byId("mask").width = image.width;
  byId("mask").height = image.height;
  byId("init-tools").hidden = false;
  byId("drop").textContent = "Drop or choose another image";
  clear();
}

function canvas(width, height) {
  return Object.assign(document.createElement("canvas"), { width, height });
}

function remove() {
  image = null;
  byId("file").value = "";
  byId("init-tools").hidden = true;
  byId("drop").textContent = "Drop or choose an image";
}

function clear() {
  painted = false;
  mask.getContext("2d").clearRect(0, 0, mask.width, mask.height);
  show();
}

function show() {
  const shown = byId("mask").getContext("2d");
  shown.globalAlpha = 1;
  shown.drawImage(image, 0, 0);
  shown.globalAlpha = 0.55;
  shown.drawImage(mask, 0, 0);
}

function startPainting(area) {
  area.addEventListener("pointerdown", (event) => {
    area.setPointerCapture(event.pointerId);
    last = place(area, event);
    paint(last);
  });
  area.addEventListener("pointermove", (event) => last && paint(place(area, event)));
  for (const kind of ["pointerup", "pointercancel"]) area.addEventListener(kind, () => { last = null; });
}

function place(area, event) {
  const box = area.getBoundingClientRect();
  return { x: (event.clientX - box.left) * area.width / box.width, y: (event.clientY - box.top) * area.height / box.height };
}

function paint(point) {
  const brush = mask.getContext("2d");
  const size = Number(byId("brush").value) * mask.width / byId("mask").getBoundingClientRect().width;
  Object.assign(brush, { strokeStyle: "#ffffff", lineWidth: size, lineCap: "round" });
  brush.beginPath();
  brush.moveTo(last.x, last.y);
  brush.lineTo(point.x + 0.01, point.y);
  brush.stroke();
  last = point;
  painted = true;
  show();
}

/** White where the mask is painted, black elsewhere. */
function maskImage() {
  const whole = canvas(mask.width, mask.height);
  const context = whole.getContext("2d");
  context.fillRect(0, 0, whole.width, whole.height);
  context.drawImage(mask, 0, 0);
  return whole.toDataURL("image/png");
}

/** What a request needs of it; nothing if there is no image. */
function values() {
  if (!image) return {};
  const asked = { init_image: image.toDataURL("image/png"), strength: Number(byId("strength").value) };
  return painted ? { ...asked, mask: maskImage() } : asked;
}

export const initImage = { start, values, fromAddress };
