// The inputs of one method of one question: what is tapped becomes the answer at once, in the form that the server keeps.
import { h } from "../field/words.js";

const THREE = [["there", "Written down"], ["missing", "Missing"], ["nobody", "Nobody has it"]];
export const WORDS = [["pos", "Positive"], ["neg", "Negative"], ["no_comment", "No comment"]];

export const choice = (name, label, chosen, pick) => h("label", { class: "tick" }, h("input", { type: "radio", name, checked: chosen, onchange: pick }), h("span", {}, label));

function items(name, method, value, answer) {
  const out = new Set(value?.missing || []);
  const missing = (text, nth) => out.has(text) || out.has(nth) || out.has(String(nth));
  const there = new Set(value ? method.items.map(([, key], at) => (missing(key, at + 1) ? 0 : at + 1)).filter(Boolean) : []);
  const tell = () => answer({ met: there.size, of: method.items.length, missing: method.items.map((_, at) => at + 1).filter((nth) => !there.has(nth)) });
  return h("div", { class: "ticks" }, method.items.map(([text], at) => h("label", { class: "tick" }, h("input", { id: `${name}-${at + 1}`, type: "checkbox", checked: there.has(at + 1), onchange: (event) => { event.target.checked ? there.add(at + 1) : there.delete(at + 1); tell(); } }), h("span", {}, text))),
    h("label", { class: "tick" }, h("input", { id: `${name}-none`, type: "checkbox", checked: Boolean(value) && !there.size, onchange: () => { there.clear(); tell(); } }), h("span", {}, "None of these")));
}

function existing(name, method, value, answer, typed) {
  const said = (key, nth, list) => (value?.[list] || []).some((each) => each === key || String(each) === String(nth));
  const states = { ...typed.get() };
  if (value) method.items.forEach(([, key], at) => { states[at + 1] ||= said(key, at + 1, "absent") ? "nobody" : said(key, at + 1, "missing") ? "missing" : "there"; });
  const pick = (nth, state) => {
    states[nth] = state;
    const told = method.items.map((_, at) => states[at + 1]);
    const all = (wanted) => told.map((each, at) => (each === wanted ? at + 1 : 0)).filter(Boolean);
    if (told.every(Boolean)) answer({ met: all("there").length, of: told.length - all("nobody").length, missing: all("missing"), absent: all("nobody") });
    else typed.put(states);
  };
  return method.items.map(([text], at) => h("fieldset", { class: "line" }, h("legend", {}, text), h("div", { class: "ticks" }, THREE.map(([state, word]) => choice(`${name}-${at + 1}`, word, states[at + 1] === state, () => pick(at + 1, state))))));
}

function count(name, method, value, answer, typed) {
  const now = { met: value?.met ?? "", of: value?.of ?? "", ...typed.get() };
  const told = h("p", { class: "wrong", role: "alert" });
  const changed = (key) => (event) => {
    now[key] = event.target.value.trim();
    const whole = (written) => /^\d{1,4}$/.test(String(written));
    typed.put(now);
    told.textContent = "";
    if (!whole(now.met) || !whole(now.of)) return;
    if (Number(now.met) > Number(now.of)) { told.textContent = `${now.met} were in order, but you looked at only ${now.of}. Mend one of the two.`; return; }
    answer({ met: Number(now.met), of: Number(now.of) }, { quiet: true });
  };
  const field = (key, label) => h("div", { class: "field" }, h("label", { htmlFor: `${name}-${key}` }, label), h("input", { id: `${name}-${key}`, inputMode: "numeric", autocomplete: "off", value: now[key], oninput: changed(key) }));
  return [value?.percent ? h("p", {}, `${value.percent} % was written on the page.`) : null, h("div", { class: "pair" }, field("met", method.met), field("of", `Out of: ${method.of}`)), told];
}

const points = (name, method, value, answer) => h("div", { class: "ticks" }, method.points.map((each) => choice(name, `${each} points`, value?.points === each, () => answer({ points: each }))));

export function inputs(name, method, value, answer, typed) {
  if (method.shape === "items") return items(name, method, value, answer);
  if (method.shape === "existing") return existing(name, method, value, answer, typed);
  if (method.shape === "points") return points(name, method, value, answer);
  return count(name, method, value, answer, typed);
}

export function words(value, method) {
  if (value === null || value === undefined) return "taken away";
  if (value === true) return "does not apply";
  if (typeof value === "string") return `“${value}”`;
  if (value.text) return `“${value.text}”`;
  if (value.word) return WORDS.find(([word]) => word === value.word)?.[1] || value.word;
  if (value.percent) return `${value.percent} %`;
  if (value.points) return `${value.points} points`;
  if (value.roles) return Object.entries(value.roles).map(([role, voices]) => `${role}: ${words(voices)}`).join("; ");
  if ("met" in value) return `${value.met} of ${value.of}${method?.items.length && value.missing?.length ? `, without ${value.missing.map((each) => method.items[Number(each) - 1]?.[0] || each).join(", ")}` : ""}`;
  return `${value.pos || 0} positive, ${value.neg || 0} negative`;
}
