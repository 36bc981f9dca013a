import { byId, element } from "./dom.js";

document.documentElement.dataset.theme = localStorage.getItem("theme")
  || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

const description = await (await fetch("/openapi.json")).json();
byId("about").textContent = description.info.description;

for (const [path, methods] of Object.entries(description.paths)) {
  for (const [method, { summary, requestBody }] of Object.entries(methods)) {
    const title = element("h2", {}, element("span", { className: "method", textContent: method.toUpperCase() + " " }),
      element("code", { textContent: path }));
    const article = element("article", {}, title, element("p", { className: "prose", textContent: summary }));
    const fields = requestBody ? properties(requestBody) : {};
    if (Object.keys(fields).length) article.append(table(fields));
    byId("api").append(article);
  }
}

function properties(body) {
  const schema = Object.values(body.content)[0].schema;
  return schema.$ref ? description.components.schemas[schema.$ref.split("/").pop()].properties : schema.properties || {};
}

function table(fields) {
  const rows = Object.entries(fields).map(([name, { type, description = "" }]) => element("tr", {},
    element("td", {}, element("code", { textContent: name })), element("td", { textContent: type }),
    element("td", { textContent: description })));
  return element("table", {}, element("tbody", {}, ...rows));
}
