import { byId, tell } from "./dom.js";

/** Asks the server; a failure is an Error with the server's own words. */
export async function ask(path, options = {}) {
  const answer = await send(path, options);
  return answer.status === 204 ? null : answer.json();
}

export const post = (path, body) => ask(path, json(body));

/** Posts, and calls the handler of each event that comes back, until the stream ends or `signal` aborts it. */
export async function stream(path, body, handlers, signal) {
  const answer = await send(path, { ...json(body), signal });
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    const blocks = text.split("\n\n");
    text = blocks.pop();
    blocks.forEach((block) => handle(block, handlers));
  }
}

function handle(block, handlers) {
  const lines = block.split("\n");
  const name = lines[0].slice("event: ".length);
  const data = JSON.parse(lines[1].slice("data: ".length));
  if (name === "error") throw new Error(data.error.message);
  if (handlers[name]) handlers[name](data);
}

function json(body) {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

async function send(path, options) {
  const answer = await reached(path, options);
  if (answer.status === 401) {
    await askForToken();
    return send(path, options);
  }
  if (!answer.ok) {
    const failure = await answer.json().catch(() => ({}));
    throw new Error(failure.error ? failure.error.message : "the server answered " + answer.status);
  }
  return answer;
}

async function reached(path, options) {
  try {
    return await fetch(path, options);
  } catch (failure) {
    if (failure.name === "AbortError") throw failure;
    throw new Error("The server does not answer: see whether it still runs, and try again.");
  }
}

let asking = null;

/** The server trades the token for a cookie that scripts cannot read. */
function askForToken() {
  asking ??= new Promise((resolve) => {
    const dialog = byId("token-dialog");
    byId("token-form").onsubmit = async (event) => {
      event.preventDefault();
      const answer = await fetch("/api/session", {
        method: "POST",
        headers: { Authorization: "Bearer " + byId("token").value },
      });
      tell(byId("token-problem"), answer.ok ? "" : "This is not the token.");
      if (answer.ok) {
        dialog.close();
        asking = null;
        resolve();
      }
    };
    dialog.oncancel = (event) => event.preventDefault();
    dialog.showModal();
  });
  return asking;
}
