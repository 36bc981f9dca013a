/** Makes elements: properties by name, attributes in `attributes`. */
export function element(tag, properties = {}, ...children) {
  const { attributes = {}, ...rest } = properties;
  const made = Object.assign(document.createElement(tag), rest);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

export function shape(tag, attributes = {}, text = "") {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
}

export const byId = (id) => document.getElementById(id);

export const png = (base64) => "data:image/png;base64," + base64;

/** Shows a message in an element made for problems; none hides it. */
export function tell(where, message) {
  where.textContent = message || "";
  where.hidden = !message;
}

/** Keeps the number beside a slider up to date. */
export function follow(slider, output, text = (value) => value) {
  const show = () => { output.textContent = text(slider.value); };
  slider.addEventListener("input", show);
  show();
}
