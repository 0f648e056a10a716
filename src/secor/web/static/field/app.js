// The app: a first screen, a form, and what became of it. Everything works without a signal; sending waits for one.
import { all, drop, finish, get, put, reopen } from "./store.js";
import { count, h, language, say, speak } from "./words.js";
import { about, draw, missing, moment, tidy, unsigned } from "./form.js";
import { flush, line, since } from "./send.js";

const main = document.getElementById("main"), state = document.getElementById("state");
let known = null, lost = "";  // lost: the business that a link named, and that this phone did not know yet
let save = () => {};

const show = (...inside) => { main.replaceChildren(...inside.flat(3).filter(Boolean)); };
const kitOf = (code) => known?.kits.find((kit) => kit.code === code);
const said = (form) => form.said[language] || form.said.en;
const holds = (record, photos) => {
  const signed = Object.values(record.values).flat().filter((each) => each?.strokes).length;
  return [count(photos, "photo", "photos"), count(signed, "signature", "signatures")].filter(Boolean).join(", ");
};

// A form that was only looked at is no draft. What another business or another person began is not shown to this one.
const touched = (draft) => draft.touched || Object.keys(draft.values).length > 0;
const ownedBy = (each) => Boolean(kitOf(each.code)) && (!each.by || each.by === known.me);
const begunBy = (draft) => touched(draft) && ownedBy(draft);
const meta = (...words) => h("p", { class: "source" }, words.filter(Boolean).join(" · "));

async function light() {
  const waiting = await all("outbox");
  const safe = waiting.length === 0;
  state.className = safe ? "safe" : "waiting";
  const open = (await all("drafts")).filter(begunBy).length;
  state.textContent = (safe ? "● " : "▲ ") + (!safe ? say("Keep this phone: something is only here.") : open ? `${say("What is finished is stored.")} ${say("Not finished yet:")} ${open}` : say("Everything is stored. You can close this."));
}

async function home() {
  const [begun, waiting, kept] = await Promise.all([all("drafts"), all("outbox"), all("kept")]);
  for (const draft of begun) if (!touched(draft)) await drop("drafts", draft.uid);
  const drafts = begun.filter(begunBy).sort(since((each) => each.began_at)).reverse();
  const others = begun.some((draft) => touched(draft) && !ownedBy(draft));
  const stored = kept.filter((each) => kitOf(each.code)).sort(since((each) => each.stored_at)).slice(-8).reverse();
  waiting.sort(since((each) => each.record.finished_at));
  await light();
  const kits = known?.kits || [];
  const forms = (kit, quick) => kit.forms.filter((form) => form.quick === quick).map((form) => h("a", { class: quick ? "big" : "small", href: `#/new/${kit.code}/${form.key}` }, said(form).title));
  show(
    h("h1", { class: "unseen" }, "SECOR field"),
    !kits.length && h("div", { class: "empty" }, h("h2", {}, say("Open this page once with a signal, signed in.")), h("p", {}, h("a", { class: "button", href: `/accounts/login/?next=${encodeURIComponent("/field/")}` }, say("Sign in to send")))),
    drafts.length ? h("section", {}, h("h2", {}, say("Go on with")), drafts.map((draft) => h("a", { class: "big draft", href: `#/draft/${draft.uid}` }, h("span", {}, draft.title, meta(draft.on, about(draft.form ? said(draft.form).fields : [], draft.values)))))) : null,
    others && h("p", { class: "source" }, say("Somebody else has begun a form on this phone. It is here when they sign in.")),
    kits.map((kit) => h("section", { "aria-label": kit.name }, h("h2", {}, kits.length > 1 ? kit.name : say("Fill in a form")), h("div", { class: "bigs" }, forms(kit, true)), h("details", { class: "more" }, h("summary", {}, say("All forms")), forms(kit, false)))),
    waiting.length ? h("section", {}, h("h2", {}, say("On this phone")), h("ul", { class: "rows" }, waiting.map(waits)),
      line.signedOut ? h("p", {}, h("a", { class: "button", href: `/accounts/login/?next=${encodeURIComponent("/field/")}` }, say("Sign in to send"))) : h("button", { type: "button", class: "button", onclick: sendAll }, say("Send now"))) : null,
    stored.length ? h("section", {}, h("h2", {}, say("Stored")), h("ul", { class: "rows" }, stored.map((one) => h("li", {}, h("p", {}, h("strong", {}, one.title)), meta(ownedBy(one) && one.about), meta(one.on, count(one.photos, "photo", "photos"), count(one.signatures, "signature", "signatures"), say("Stored")))))) : null,
    h("p", { class: "tongue" }, ["en", "fr"].map((code) => h("button", { type: "button", class: "button link", "aria-pressed": String(code === language), onclick: () => { speak(code); home(); } }, code === "en" ? "English" : "Français")), h("a", { class: "button link", href: "/employer/" }, say("Your desk"))),
  );
}

// One record that waits, in words; of another business only that it is there.
function waits(item) {
  if (!kitOf(item.code)) return h("li", {}, h("p", {}, say("A record of another business waits here. It is sent when one of its people signs in.")));
  return h("li", {}, h("p", {}, h("strong", {}, item.title)), meta(ownedBy(item) && item.about), meta(item.record.on, holds(item.record, item.photos.length), say("On this phone")),
    item.refused ? [h("p", { class: "wrong" }, item.refused), h("div", { class: "buttons" },
      h("button", { type: "button", class: "button plain", onclick: async () => { await put("outbox", item.record.uid, { ...item, refused: "" }); sendAll(); } }, say("Try again")),
      h("button", { type: "button", class: "button plain", onclick: () => again(item) }, say("Open it again")))] : null);
}

// What was refused is filled in again under a new number. Its words may be stored already, so it comes as their correction.
async function again(item) {
  const form = item.form || kitOf(item.code)?.forms.find((each) => each.key === item.record.form);
  if (!form) return;
  const { record } = item;
  const draft = { uid: crypto.randomUUID(), code: item.code, by: item.by, key: record.form, digest: record.form_digest, form, title: item.title, on: record.on, began_at: record.began_at, corrects: record.uid, touched: true, values: record.values };
  await reopen(item, draft);
  location.hash = `#/draft/${draft.uid}`;
}

async function begin(code, key) {
  const form = kitOf(code)?.forms.find((each) => each.key === key);
  if (!form) { lost = code; return home(); }
  await open(code, form, {});
}

async function open(code, form, more) {
  const now = moment();
  const draft = { uid: crypto.randomUUID(), code, by: known.me, key: form.key, digest: form.digest, form, title: said(form).title, on: now.slice(0, 10), began_at: now, values: {}, ...more };
  await put("drafts", draft.uid, draft);
  location.replace(`#/draft/${draft.uid}`);
}

// A correction begins with what was written down, and is signed again.
async function correct(code, uid) {
  const answer = await fetch(`/field/records/${code}/${uid}/`, { redirect: "manual", credentials: "same-origin", cache: "no-store" }).catch(() => null);
  const was = answer?.ok ? await answer.json() : null;
  const form = was && kitOf(code)?.forms.find((each) => each.key === was.form);
  if (!kitOf(code)) lost = code;
  if (!form) return show(h("div", { class: "empty" }, h("p", {}, say("To correct a record, this phone needs a signal and somebody who may read it.")), h("p", {}, h("a", { class: "button", href: "#/" }, say("Home")))));
  await open(code, form, { on: was.on, corrects: uid, values: unsigned(said(form).fields, was.values) });
}

async function fill(uid) {
  const draft = await get("drafts", uid);
  if (!draft || !ownedBy(draft)) return home();
  await light();
  const kit = { sites: [], workers: [], ...kitOf(draft.code), told: (words) => { trouble.replaceChildren(h("p", {}, words)); trouble.hidden = false; } };
  let later;
  save = () => { clearTimeout(later); later = null; return put("drafts", uid, draft); };
  const changed = () => { draft.touched = true; clearTimeout(later); later = setTimeout(save, 200); };
  const words = () => said(draft.form);
  const trouble = h("div", { class: "error-summary", role: "alert", tabIndex: -1, hidden: true });
  const fields = h("div", { class: "fields" });
  const again = () => {
    const focus = document.activeElement?.id;
    fields.replaceChildren(...draw(words().fields, draft.values, kit, changed, again));
    if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
  };
  const day = h("input", { id: "on", type: "date", value: draft.on, max: moment().slice(0, 10), oninput: (event) => { draft.on = event.target.value || draft.on; changed(); } });
  again();
  show(
    h("h1", {}, words().title), h("p", { class: "lede" }, draft.corrects ? say("This takes the place of the record as it was. Both stay readable, and it is signed again.") : words().why), trouble,
    h("div", { class: "field" }, h("label", { htmlFor: "on" }, say("Date")), day), fields,
    h("div", { class: "bar" },
      h("button", { type: "button", class: "button", id: "finish", onclick: async () => {
        const left = missing(words().fields, draft.values);
        if (left.length) {
          trouble.replaceChildren(h("h2", {}, say("Please fill in")), h("ul", {}, left.map(([id, label]) => h("li", {}, h("a", { href: "#", onclick: (event) => { event.preventDefault(); document.getElementById(`${id}-box`)?.scrollIntoView(); document.getElementById(id)?.focus(); } }, label)))));
          trouble.hidden = false; trouble.focus(); return;
        }
        await keepIt(draft);
      } }, say("Finish and keep")),
      h("button", { type: "button", class: "button link", onclick: async () => { clearTimeout(later); save = () => {}; await drop("drafts", uid); location.replace("#/"); } }, say("Throw this draft away"))),
  );
  scrollTo(0, 0);
}

async function keepIt(draft) {
  await save();
  save = () => {};
  const values = tidy(said(draft.form).fields, draft.values);
  const record = { uid: draft.uid, form: draft.key, form_digest: draft.digest, on: draft.on, began_at: draft.began_at, finished_at: moment(), language, values, ...(draft.corrects ? { corrects: draft.corrects } : {}) };
  const photos = [...new Set(Object.values(values).flat().filter((each) => each?.sha256).map((each) => each.sha256))];
  await finish({ code: draft.code, by: draft.by, title: draft.title, about: about(said(draft.form).fields, values), form: draft.form, record, photos });
  location.replace("#/");
  sendAll();
}

async function sendAll() {
  await flush();
  known = (await get("kits", "all")) || known;
  if (lost && kitOf(lost)) { lost = ""; go(); }
  else if (!location.hash || location.hash === "#/" || lost) home();
  else light();
}

function go() {
  const [, page, first, second] = location.hash.slice(1).split("/");
  lost = "";
  save();
  save = () => {};
  if (page === "new") begin(first, second);
  else if (page === "correct") correct(first, second);
  else if (page === "draft") fill(first);
  else home();
}

speak(language);
navigator.storage?.persist?.();
navigator.serviceWorker?.register("/field/worker.js", { scope: "/field/" });
addEventListener("hashchange", go);
addEventListener("online", sendAll);
addEventListener("pagehide", () => save());
document.addEventListener("visibilitychange", () => { if (document.hidden) save(); else sendAll(); });
get("kits", "all").then((kits) => { known = kits; go(); sendAll(); });
setInterval(sendAll, 60000);
