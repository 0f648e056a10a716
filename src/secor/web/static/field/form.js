// Draws a form from its definition. Every change goes straight into the draft's values.
import { count, h, language, say } from "./words.js";
import { keep } from "./photos.js";
import { pad } from "./pad.js";
import { get } from "./store.js";

const empty = (value) => value === undefined || value === null || value === "" || (Array.isArray(value) && !value.length)
  || (typeof value === "object" && !Array.isArray(value) && !Object.keys(value).length);
export const shown = (field, values) => {
  const when = field.shown_when;
  return !when || [values[when.field]].flat().some((each) => when.one_of.includes(each));
};

// Somebody who was chosen as "somebody else", and not named yet.
const nameless = (value) => typeof value === "object" && value !== null && "name" in value && !value.name.trim();

// What somebody has drawn and not added yet: it outlives a redrawing of the form, and is asked about at the end.
const begun = new WeakMap();
const beginning = (values, key) => { if (!begun.has(values)) begun.set(values, {}); return (begun.get(values)[key] ||= { strokes: [], who: null }); };

// The values as they are kept: without what a changed answer has hidden, and without people who have no name.
export function tidy(fields, values) {
  const kept = fields.filter((field) => shown(field, values) && !empty(values[field.key]) && !nameless(values[field.key]));
  return Object.fromEntries(kept.map((field) => [field.key, field.kind === "rows" ? values[field.key].map((row) => tidy(field.fields, row)) : values[field.key]]));
}

// The values for a correction: whoever signed, signed the words that were there then.
export function unsigned(fields, values) {
  const kept = fields.filter((field) => field.kind !== "signatures" && !empty(values[field.key]));
  return Object.fromEntries(kept.map((field) => [field.key, field.kind === "rows" ? values[field.key].map((row) => unsigned(field.fields, row)) : values[field.key]]));
}

// What a form is about, in the words that were typed first: two drafts of one form are told apart by them.
export const about = (fields, values) => [values.site?.name, fields.filter((field) => field.kind.endsWith("text")).map((field) => values[field.key]).find(Boolean)].filter(Boolean).join(" · ").slice(0, 90);

// What is still missing, as [id of the field, its label].
export function missing(fields, values, before = "f") {
  return fields.filter((field) => shown(field, values)).flatMap((field) => {
    const id = `${before}-${field.key}`, value = values[field.key];
    if (field.kind === "signatures" && begun.get(values)?.[field.key]?.strokes.length) return [[id, `${field.label}: ${say("a signature was drawn and not added")}`]];
    if (field.required && (empty(value) || nameless(value))) return [[id, field.label]];
    if (field.kind === "risk" && value && !(value.likelihood && value.severity)) return [[id, field.label]];
    if (field.kind === "checklist" && field.required && field.choices.some(([key]) => !value?.[key])) return [[id, field.label]];
    if (field.kind === "rows") return (value || []).flatMap((row, nth) => missing(field.fields, row, `${id}-${nth}`));
    return [];
  });
}

export function draw(fields, values, kit, changed, again, before = "f") {
  return fields.filter((field) => shown(field, values)).map((field) => {
    const id = `${before}-${field.key}`;
    const set = (value, redraw) => {
      if (empty(value)) delete values[field.key]; else values[field.key] = value;
      changed();
      if (redraw || fields.some((other) => other.shown_when?.field === field.key)) again();
    };
    const kinds = KINDS[field.kind];
    return h("div", { class: "field", id: `${id}-box` }, kinds({ field, id, values, value: values[field.key], set, kit, changed, again }));
  });
}

const label = ({ field, id }) => [h("label", { htmlFor: id }, field.label, field.required ? " *" : ""), field.hint && h("p", { class: "hint", id: `${id}-hint` }, field.hint)];
const marks = ({ field, id }) => ({ id, "aria-describedby": field.hint ? `${id}-hint` : null, "aria-required": field.required ? "true" : null });
const group = (at, ...inside) => h("fieldset", { id: at.id, tabIndex: -1 }, h("legend", {}, at.field.label, at.field.required ? " *" : ""), at.field.hint && h("p", { class: "hint" }, at.field.hint), inside);
const typed = (type, more = {}) => (at) => [label(at), h("input", { ...marks(at), type, value: at.value ?? "", ...more, oninput: (event) => at.set(event.target.value) })];
const tick = (at, name, key, words, checked, act, type = "radio") => h("label", { class: "tick" }, h("input", { type, name, checked, value: key, onchange: (event) => act(event.target.checked) }), h("span", {}, words));

const person = (at, value, choose) => {
  const other = value && !value.code;
  const people = at.field.kind === "site" ? at.kit.sites : at.kit.workers;
  const pick = h("select", { ...marks(at), onchange: (event) => {
    const found = people.find((each) => each.code === event.target.value);
    choose(found ? { code: found.code, name: found.name } : event.target.value === "-" ? { code: "", name: "" } : null);
    at.again();
  } }, h("option", { value: "" }, say("Choose")), people.map((each) => h("option", { value: each.code, selected: value?.code === each.code }, each.name)), h("option", { value: "-", selected: other }, say(at.field.kind === "site" ? "Somewhere else" : "Somebody else")));
  const name = other && h("input", { type: "text", value: value.name, "aria-label": say("Name"), placeholder: say("Name"), oninput: (event) => choose({ code: "", name: event.target.value }) });
  return [people.length ? pick : null, people.length ? name : h("input", { ...marks(at), type: "text", value: value?.name || "", oninput: (event) => choose(event.target.value ? { code: "", name: event.target.value } : null) })];
};

const FOUND = [["ok", "In order"], ["not_ok", "Not in order"], ["na", "Does not apply"]];
const LEVELS = { likelihood: ["How likely?", "Hardly", "Sometimes", "Often"], severity: ["How bad?", "A scratch", "Days off", "For life"] };

const KINDS = {
  text: typed("text", { maxLength: 500 }),
  number: typed("text", { inputMode: "decimal", pattern: "-?[0-9]+(\\.[0-9]+)?" }),
  day: typed("date"),
  time: typed("time"),
  long_text: (at) => [label(at), h("textarea", { ...marks(at), rows: 3, maxLength: 10000, value: at.value ?? "", oninput: (event) => at.set(event.target.value) })],
  yes_no: (at) => group(at, h("div", { class: "ticks" }, [["yes", "Yes"], ["no", "No"]].map(([key, words]) => tick(at, at.id, key, say(words), at.value === key, () => at.set(key))))),
  choice: (at) => group(at, h("div", { class: "ticks" }, at.field.choices.map(([key, words]) => tick(at, at.id, key, words, at.value === key, () => at.set(key))))),
  choices: (at) => group(at, h("div", { class: "ticks" }, at.field.choices.map(([key, words]) => tick(at, at.id, key, words, at.value?.includes(key), (on) => at.set(at.field.choices.map(([each]) => each).filter((each) => (each === key ? on : at.value?.includes(each)))), "checkbox")))),
  risk: (at) => group(at, Object.entries(LEVELS).map(([part, [ask, ...words]]) => h("div", { class: "ticks", role: "group", "aria-label": say(ask) }, h("span", { class: "ask" }, say(ask)), words.map((word, nth) => tick(at, `${at.id}-${part}`, nth + 1, say(word), at.value?.[part] === nth + 1, () => {
    at.value = { ...at.value, [part]: nth + 1 }; at.set(at.value);
  }))))),
  checklist: (at) => group(at, at.field.choices.map(([key, words]) => {
    const now = at.value?.[key];
    const put = (found, note) => { at.value = { ...at.value, [key]: { found, note } }; at.set(at.value); };
    return h("div", { class: "line" }, h("p", { id: `${at.id}-${key}` }, words), h("div", { class: "ticks", role: "group", "aria-labelledby": `${at.id}-${key}` }, FOUND.map(([found, said]) => tick(at, `${at.id}-${key}`, found, say(said), now?.found === found, () => { put(found, now?.note || ""); at.again(); }))),
      now?.found === "not_ok" && h("input", { type: "text", maxLength: 500, value: now.note, placeholder: say("What is wrong?"), "aria-label": say("What is wrong?"), oninput: (event) => put("not_ok", event.target.value) }));
  })),
  person: (at) => [label(at), person(at, at.value, (value) => at.set(value))],
  site: (at) => [label(at), person(at, at.value, (value) => at.set(value))],
  people: (at) => {
    const value = at.value || [];
    const has = (each) => value.some((one) => one.code === each.code);
    return group(at, h("div", { class: "ticks" }, at.kit.workers.map((each) => tick(at, `${at.id}-${each.code}`, each.code, each.name, has(each), (on) => { at.value = on ? [...(at.value || []), { code: each.code, name: each.name }] : (at.value || []).filter((one) => one.code !== each.code); at.set(at.value); }, "checkbox"))),
      h("input", { type: "text", "aria-label": `${at.field.label}: ${say("Somebody else")}`, placeholder: say("Somebody else"), value: value.filter((one) => !one.code).map((one) => one.name).join(", "), onchange: (event) => { at.value = [...(at.value || []).filter((one) => one.code), ...event.target.value.split(",").map((name) => name.trim()).filter(Boolean).map((name) => ({ code: "", name }))]; at.set(at.value); } }));
  },
  rows: (at) => {
    const rows = at.value || [];
    return group(at, rows.map((row, nth) => h("div", { class: "row" }, draw(at.field.fields, row, at.kit, at.changed, at.again, `${at.id}-${nth}`), h("button", { type: "button", class: "button plain", onclick: () => { rows.splice(nth, 1); at.set([...rows], true); } }, say("Take this row out")))),
      h("button", { type: "button", class: "button plain", onclick: () => at.set([...rows, {}], true) }, say("Add a row")));
  },
  photos: (at) => {
    const photos = at.value || [];
    const box = h("div", { class: "shots" }, photos.map((one, nth) => h("div", { class: "shot" }, thumbnail(one), h("button", { type: "button", class: "button plain", onclick: () => at.set(photos.filter((_, other) => other !== nth), true) }, say("Take this photo out")))));
    const take = h("input", { id: at.id, type: "file", accept: "image/jpeg,image/png,image/webp,image/heic", multiple: true, class: "take", onchange: async (event) => {
      const made = [];
      for (const file of event.target.files) {
        try { made.push({ sha256: await keep(file, at.kit), caption: "" }); } catch { at.kit.told(`${file.name}: ${say("this photo cannot be read here")}`); }
      }
      at.set([...photos, ...made], true);
    } });
    return [h("label", { htmlFor: at.id, class: "button plain" }, say("Add a photo"), h("span", { class: "unseen" }, ` ${at.field.label}`)), take, box, photos.length ? h("p", { class: "hint" }, count(photos.length, "photo", "photos")) : null];
  },
  signatures: (at) => {
    const signed = at.value || [];
    const next = beginning(at.values, at.field.key);
    const done = h("button", { type: "button", class: "button", disabled: true, onclick: () => { delete begun.get(at.values)[at.field.key]; at.set([...signed, { ...next.who, at: moment(), said: at.field.signs, language, strokes: next.strokes }], true); } }, say("Add this signature"));
    const ready = () => { done.disabled = !(next.who?.name && next.strokes.length); };
    const glass = pad(next.strokes, ready);
    const left = at.kit.workers.filter((each) => !signed.some((one) => one.code === each.code));
    const other = next.who && !next.who.code;
    const name = h("input", { id: `${at.id}-name`, type: "text", "aria-label": say("Name"), placeholder: say("Name"), value: other ? next.who.name : "", hidden: left.length > 0 && !other, oninput: (event) => { next.who = { code: "", name: event.target.value.trim() }; ready(); } });
    const pick = h("select", { id: `${at.id}-who`, onchange: (event) => { const found = left.find((each) => each.code === event.target.value); next.who = found ? { code: found.code, name: found.name } : null; name.hidden = event.target.value !== "-"; ready(); } }, h("option", { value: "" }, say("Choose")), left.map((each) => h("option", { value: each.code, selected: next.who?.code === each.code }, each.name)), h("option", { value: "-", selected: !!other }, say("Somebody else")));
    ready();
    return group(at, signed.map((one) => h("p", { class: "signed" }, "✓ ", one.name)), h("blockquote", {}, at.field.signs),
      left.length ? [h("label", { htmlFor: `${at.id}-who` }, say("Who signs?")), pick] : h("label", { htmlFor: `${at.id}-name` }, say("Who signs?")), name, glass,
      h("div", { class: "buttons" }, h("button", { type: "button", class: "button plain", onclick: () => glass.dispatchEvent(new Event("wiped")) }, say("Wipe")), done));
  },
};

export function moment(at = new Date()) {
  const away = -at.getTimezoneOffset(), two = (value) => String(Math.trunc(Math.abs(value))).padStart(2, "0");
  const here = new Date(at.getTime() + away * 60000).toISOString().slice(0, 19);
  return `${here}${away < 0 ? "-" : "+"}${two(away / 60)}:${two(away % 60)}`;
}

function thumbnail(one) {
  const picture = h("img", { alt: say("photo"), class: "thumb", onerror: () => picture.replaceWith(h("p", { class: "thumb" }, say("This photo can be seen once it is stored."))) });
  get("photos", one.sha256).then((kept) => { if (kept) picture.src = URL.createObjectURL(new Blob([kept.bytes], { type: "image/jpeg" })); });
  return picture;
}
