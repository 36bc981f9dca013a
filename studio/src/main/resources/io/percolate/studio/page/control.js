import { byId, element, follow, tell } from "./dom.js";
import { shrunk } from "./initimage.js";

let image = null;

function start() {
  follow(byId("control-scale"), byId("control-scale-value"), (value) => Number(value).toFixed(2));
  byId("control-network").onchange = () => { byId("control-tools").hidden = !byId("control-network").value; };
  byId("control-file").onchange = () => byId("control-file").files[0] && fromFile(byId("control-file").files[0]);
}

/** What there is to choose from: nothing is shown if there are no ControlNets. */
function show(networks, preprocessors) {
  const options = networks.map((name) => element("option", { value: name, textContent: name }));
  byId("controls").hidden = networks.length === 0;
  byId("control-network").replaceChildren(element("option", { value: "", textContent: "None" }), ...options);
  byId("control-preprocessor").replaceChildren(
    ...preprocessors.map((name) => element("option", { value: name, textContent: name })));
}

async function fromFile(file) {
  try {
    image = shrunk(await createImageBitmap(file)).toDataURL("image/png");
    byId("control-shown").src = image;
    byId("control-shown").hidden = false;
  } catch {
    tell(byId("problem"), "This file is no image that the browser can read: choose a PNG, JPEG or WebP file.");
  }
}

/** What a request needs of it; nothing if no ControlNet is chosen. */
function values() {
  const network = byId("control-network").value;
  if (!network) return {};
  if (!image) throw new Error("Choose an image that the ControlNet is shown, or no ControlNet.");
  const shown = { image, preprocessor: byId("control-preprocessor").value, scale: Number(byId("control-scale").value) };
  return { controls: { [network]: shown } };
}

export const control = { start, show, values };
