// A name drawn on glass, beside the typed one, wherever a page asks for a signature. Without script the typed name is enough.
import { pad } from "./field/pad.js";
import { h } from "./field/words.js";

for (const glass of document.querySelectorAll("[data-signature]")) {
  const kept = document.getElementById(glass.dataset.signature);
  const strokes = JSON.parse(kept.value || "[]");
  const drawn = pad(strokes, () => { kept.value = strokes.length ? JSON.stringify(strokes) : ""; });
  const wipe = h("button", { type: "button", class: "button small plain", onclick: () => drawn.dispatchEvent(new Event("wiped")) }, glass.dataset.wipe);
  glass.append(h("p", {}, glass.dataset.draw), drawn, h("p", {}, wipe));
  glass.hidden = false;
}
