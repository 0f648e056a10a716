// The app: a first screen, a form, and what became of it. Everything works without a signal; sending waits for one.
import { all, drop, finish, get, put } from "./store.js";
import { count, h, language, say, speak } from "./words.js";
import { draw, missing, moment } from "./form.js";
import { flush, line } from "./send.js";

const main = document.getElementById("main"), state = document.getElementById("state");
let known = null;
let save = () => {};

const show = (...inside) => { main.replaceChildren(...inside.flat(3).filter(Boolean)); };
const kitOf = (code) => known?.kits.find((kit) => kit.code === code);
const said = (form) => form.said[language] || form.said.en;
const holds = (record, photos) => {
  const signed = Object.values(record.values).flat().filter((each) => each?.strokes).length;
  return [count(photos, "photo", "photos"), count(signed, "signature", "signatures")].filter(Boolean).join(", ");
};

async function light() {
  const waiting = await all("outbox");
  const safe = waiting.length === 0;
  state.className = safe ? "safe" : "waiting";
  state.textContent = (safe ? "● " : "▲ ") + say(safe ? "Everything is stored. You can close this." : "Keep this phone: something is only here.");
}

async function home() {
  const [drafts, waiting, kept] = await Promise.all([all("drafts"), all("outbox"), all("kept")]);
  await light();
  const kits = known?.kits || [];
  const forms = (kit, quick) => kit.forms.filter((form) => form.quick === quick).map((form) => h("a", { class: quick ? "big" : "small", href: `#/new/${kit.code}/${form.key}` }, said(form).title));
  show(
    h("h1", { class: "unseen" }, "SECOR field"),
    !kits.length && h("div", { class: "empty" }, h("h2", {}, say("Open this page once with a signal, signed in.")), h("p", {}, h("a", { class: "button", href: `/accounts/login/?next=${encodeURIComponent("/field/")}` }, say("Sign in to send")))),
    drafts.length ? h("section", {}, h("h2", {}, say("Go on with")), drafts.map((draft) => h("a", { class: "big draft", href: `#/draft/${draft.uid}` }, draft.title))) : null,
    kits.map((kit) => h("section", { "aria-label": kit.name }, h("h2", {}, kits.length > 1 ? kit.name : say("Fill in a form")), h("div", { class: "bigs" }, forms(kit, true)), h("details", { class: "more" }, h("summary", {}, say("All forms")), forms(kit, false)))),
    waiting.length ? h("section", {}, h("h2", {}, say("On this phone")), h("ul", { class: "rows" }, waiting.map((item) => h("li", {}, h("p", {}, h("strong", {}, item.title)), h("p", { class: "source" }, [item.record.on, holds(item.record, item.photos.length), say("On this phone")].filter(Boolean).join(" · ")), item.refused ? h("p", { class: "wrong" }, item.refused) : null))),
      line.signedOut ? h("p", {}, h("a", { class: "button", href: `/accounts/login/?next=${encodeURIComponent("/field/")}` }, say("Sign in to send"))) : h("button", { type: "button", class: "button", onclick: sendAll }, say("Send now"))) : null,
    kept.length ? h("section", {}, h("h2", {}, say("Stored")), h("ul", { class: "rows" }, kept.slice(-8).reverse().map((one) => h("li", {}, h("p", {}, h("strong", {}, one.title)), h("p", { class: "source" }, [one.on, count(one.photos, "photo", "photos"), count(one.signatures, "signature", "signatures"), say("Stored")].filter(Boolean).join(" · ")))))) : null,
    h("p", { class: "tongue" }, ["en", "fr"].map((code) => h("button", { type: "button", class: "button link", "aria-pressed": String(code === language), onclick: () => { speak(code); home(); } }, code === "en" ? "English" : "Français"))),
  );
}

async function begin(code, key) {
  const form = kitOf(code)?.forms.find((each) => each.key === key);
  if (!form) return home();
  const now = new Date();
  const draft = { uid: crypto.randomUUID(), code, key, digest: form.digest, form, title: said(form).title, on: moment(now).slice(0, 10), began_at: moment(now), values: {} };
  await put("drafts", draft.uid, draft);
  location.replace(`#/draft/${draft.uid}`);
}

async function fill(uid) {
  const draft = await get("drafts", uid);
  if (!draft) return home();
  await light();
  const kit = { sites: [], workers: [], ...kitOf(draft.code), told: (words) => { trouble.replaceChildren(h("p", {}, words)); trouble.hidden = false; } };
  let later;
  save = () => { clearTimeout(later); later = null; return put("drafts", uid, draft); };
  const changed = () => { clearTimeout(later); later = setTimeout(save, 200); };
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
    h("h1", {}, words().title), h("p", { class: "lede" }, words().why), trouble,
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
  const record = { uid: draft.uid, form: draft.key, form_digest: draft.digest, on: draft.on, began_at: draft.began_at, finished_at: moment(), language, values: draft.values };
  const photos = [...new Set(Object.values(draft.values).flat().filter((each) => each?.sha256).map((each) => each.sha256))];
  await finish({ code: draft.code, title: draft.title, record, photos });
  location.replace("#/");
  sendAll();
}

async function sendAll() {
  await flush();
  known = (await get("kits", "all")) || known;
  if (!location.hash || location.hash === "#/") home(); else light();
}

function go() {
  const [, page, first, second] = location.hash.slice(1).split("/");
  save();
  save = () => {};
  if (page === "new") begin(first, second);
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
