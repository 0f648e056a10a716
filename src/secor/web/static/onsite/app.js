// An audit on site: documents, what is seen, and interviews kept apart; every tap is on the device before it is on screen.
import { all, drop, dropPhoto, entries, get, keepPhoto, lay, put } from "./base.js";
import { Sheet } from "./lay.js";
import { flush, line } from "./send.js";
import { WORDS, choice, inputs, words } from "./inputs.js";
import { h } from "../field/words.js";
import { small } from "../field/photos.js";

const main = document.getElementById("main"), state = document.getElementById("state");
let known = null, sheet = null, half = new Map(), done = [], shots = [];
const unfolded = new Map();  // what the person opened or closed stays so when the page is drawn anew

const show = (...inside) => main.replaceChildren(...inside.flat(4).filter(Boolean));
const kitOf = (code) => known?.audits.find((kit) => kit.code === code);
const questions = (kit) => kit.elements.flatMap((element) => element.questions);
const many = (number, one, more) => `${number} ${number === 1 ? one : more}`;
const meta = (...inside) => h("p", { class: "source" }, inside.filter(Boolean).join(" · "));
const button = (text, act, kind = "plain") => h("button", { type: "button", class: `button ${kind}`, onclick: act }, text);
const moment = () => new Date().toISOString();
const role = (key) => (key ? key[0].toUpperCase() + key.slice(1) : "Anybody");
const signIn = () => h("p", {}, h("a", { class: "button", href: `/accounts/login/?next=${encodeURIComponent("/onsite/")}` }, "Sign in to send"));

let laying = 0;  // answers on their way to the disk: not half written any more, and not among the takes yet
async function light() {
  const takes = (await all("takes")).length + laying, photos = await all("photos");
  const begun = [...half.values()].filter((value) => Object.values(value).some((each) => String(each).trim())).length;
  const here = [takes && many(takes, "answer", "answers"), photos.length && many(photos.length, "photo", "photos"), begun && many(begun, "answer that is half written", "answers that are half written")].filter(Boolean).join(" and ");
  state.className = here ? "waiting" : "safe";
  state.textContent = here ? `▲ Only on this device: ${here}` : "● Everything is stored. You can close this.";
}

// Words that are being typed are on the device after a blink, and are an answer when the field is left: also when it was
// left because the tab died or the page was drawn anew.
const typedKey = (code, question, part) => `${known.me}|${code}|${question}|${part}`;
const typedAt = (key) => ({ get: () => half.get(key), put: (value) => { const first = !half.has(key); half.set(key, value); put("typed", key, value); if (first) light(); } });

async function answer(question, part, value, { quiet, undoable = true, on = sheet } = {}) {
  const over = on.at(question, part).map((take) => take.uid), was = on.value(question, part);
  const code = on.kit.code, typed = typedKey(code, question, part);
  if (JSON.stringify(was) === JSON.stringify(value) && over.length < 2) { half.delete(typed); return drop("typed", typed); }
  const take = { uid: crypto.randomUUID(), me: known.me, code, question, part, value, over, made_at: moment() };
  half.delete(typed);
  on.add(take);
  if (undoable) done.push({ code, question, part, was });
  laying += 1;
  const kept = lay(take, typed).finally(() => { laying -= 1; });
  if (!quiet) redraw(question);
  await kept;
  bar();
  await light();
  later();
}

async function undo() {
  const last = done.pop();
  if (!last || last.code !== sheet?.kit.code) return;
  await answer(last.question, last.part, last.was, { undoable: false });
  redraw(last.question);
}

let waiting;
const later = () => { clearTimeout(waiting); waiting = setTimeout(sendAll, 1500); };

function home() {
  sheet = null;
  show(h("h1", {}, "Audits on this device"),
    !known && h("div", { class: "empty" }, h("h2", {}, "Open this page once with a signal, signed in."), h("p", {}, "Then each of your audits is here, also without a signal."), signIn()),
    known && !known.audits.length && h("div", { class: "empty" }, h("p", {}, "No audit is open on your desk now."), h("p", {}, h("a", { class: "button", href: "/auditor/" }, "Your desk"))),
    known && h("ul", { class: "rows" }, known.audits.map((kit) => {
      const own = new Sheet(kit, takesOf(kit.code)), asked = questions(kit), left = asked.filter((each) => own.left(each).length).length;
      return h("li", {}, h("a", { href: `#/${kit.code}` }, h("span", {}, kit.employer, meta(kit.kind, kit.partner)), h("span", {}, left ? `${asked.length - left} of ${asked.length}` : "All answered")));
    })),
    known && leftOver(),
    line.signedOut && signIn(),
    known && h("p", {}, h("a", { href: "/auditor/" }, "Your desk")));
}

// What was meant for an audit that is not on this desk any more cannot be sent. Its person sees it, and decides.
function leftOver() {
  const gone = (code) => !kitOf(code), typed = (value) => (typeof value === "string" ? value : Object.values(value).join(", "));
  const row = (question, text, away) => h("div", { class: "point" }, h("p", {}, h("strong", {}, question), ` ${text}`), button("Throw it away", async () => { await away(); await learn(); home(); light(); }, "link"));
  const rows = [
    ...local.filter((take) => gone(take.code)).map((take) => row(take.question, words(take.value), () => drop("takes", take.uid))),
    ...[...half].map(([key, value]) => [key, value, ...key.split("|")]).filter(([, , , code]) => gone(code)).map(([key, value, , , question]) => row(question, `${typed(value)} (half written)`, () => { half.delete(key); return drop("typed", key); })),
    ...shots.filter((shot) => shot.me === known.me && gone(shot.code)).map((shot) => row(shot.question, shot.title, () => dropPhoto(shot.key))),
  ];
  return rows.length ? h("section", { class: "against" }, h("h2", {}, "Not sent"), h("p", {}, "This belongs to an audit that is not on your desk any more. Copy what you need, then throw it away."), rows) : null;
}

let local = [];
const takesOf = (code) => local.filter((take) => take.code === code);

function overview(kit) {
  const asked = questions(kit), left = asked.filter((each) => sheet.left(each).length);
  const against = asked.flatMap((each) => parts(each).filter((part) => sheet.apart(each.id, part).length).map((part) => [each, part]));
  const refused = takesOf(kit.code).filter((take) => take.refused);
  const place = (question) => kit.elements.find((element) => element.questions.includes(question)).number;
  show(h("a", { class: "back", href: "#/" }, "Audits on this device"), h("header", {}, meta(kit.kind, kit.partner), h("h1", {}, kit.employer)),
    !kit.declared && h("div", { class: "notice wait" }, h("div", {}, h("p", {}, "Before the first answer, say whether anything ties you to this business."), h("p", {}, h("a", { class: "button small", href: `/auditor/${kit.code}/declare/` }, "Declare your independence")))),
    against.length ? h("section", { class: "against" }, h("h2", {}, "Answers that differ"), against.map(([each, part]) => h("p", {}, h("a", { href: `#/${kit.code}/${place(each)}/${part.length === 1 ? part : "D"}` }, `${each.id} ${each.text}`)))) : null,
    refused.length ? h("section", { class: "against" }, h("h2", {}, "Not kept"), refused.map((take) => h("div", {}, h("p", {}, h("strong", {}, take.question), ` ${take.refused}`), h("div", { class: "buttons" }, button("Try again", async () => { await put("takes", take.uid, { ...take, refused: "" }); sendAll(); }), button("Throw it away", async () => { await drop("takes", take.uid); await learn(); go(); }))))) : null,
    h("section", {}, h("h2", {}, `${asked.length - left.length} of ${asked.length} questions answered`), h("progress", { max: asked.length, value: asked.length - left.length, "aria-label": "Questions answered" })),
    h("div", { class: "bigs" }, h("a", { class: "big", href: `#/${kit.code}/talk` }, "Interviews"), ...Object.entries(kit.methods).filter(([letter]) => letter !== "I").map(([letter, word]) => h("a", { class: "big", href: `#/${kit.code}/${kit.elements[0].number}/${letter}` }, word))),
    h("section", {}, h("h2", {}, "Elements"), h("ul", { class: "rows" }, kit.elements.map((element) => {
      const open = element.questions.filter((each) => sheet.left(each).length).length;
      return h("li", {}, h("a", { href: `#/${kit.code}/${element.number}/all` }, h("span", {}, `${element.number} ${element.name}`), h("span", {}, open ? `${open} open` : "Done")));
    }))),
    h("p", {}, h("a", { href: `/auditor/${kit.code}/` }, "The audit's own pages"), " (with a signal)"));
}

const parts = (question) => [...question.methods.map((method) => method.letter), "note", "recommendation", "na"];

function bar() {
  const at = document.getElementById("bar");
  if (!at || !sheet) return;
  const left = questions(sheet.kit).filter((each) => sheet.left(each).length).length;
  at.replaceChildren(h("span", {}, left ? `${many(left, "question", "questions")} open` : "Every question is answered"), button("Undo", undo), h("a", { class: "button plain", href: `#/${sheet.kit.code}` }, "Overview"));
  at.querySelector("button").disabled = !done.some((each) => each.code === sheet.kit.code);
}
const barBox = () => h("div", { class: "bar", id: "bar" });

let drawn = null;  // how the page on screen draws one question again
function redraw(question) {
  const old = document.getElementById(`q-${question}`);
  if (!old || !drawn) return;
  const focus = document.activeElement?.id;
  old.replaceWith(drawn(questions(sheet.kit).find((each) => each.id === question)));
  if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
}

function element(kit, number, only) {
  const here = kit.elements.find((each) => String(each.number) === number);
  if (!here) return overview(kit);
  const letters = Object.entries(kit.methods).filter(([letter]) => letter !== "I");
  drawn = (question) => card(question, only);
  const shown = here.questions.filter((each) => only === "all" || each.methods.some((method) => method.letter === only));
  const at = kit.elements.indexOf(here), next = kit.elements[at + 1], before = kit.elements[at - 1];
  show(h("a", { class: "back", href: `#/${kit.code}` }, kit.employer), h("h1", {}, `${here.number} ${here.name}`),
    h("div", { class: "tabs", role: "group", "aria-label": "What to show" }, [["all", "All"], ...letters].map(([letter, word]) => h("a", { class: "button plain", href: `#/${kit.code}/${number}/${letter}`, "aria-current": only === letter ? "true" : false }, word))),
    shown.length ? shown.map(drawn) : h("p", {}, "Nothing in this element is answered this way."),
    h("nav", { class: "pages", "aria-label": "Elements" }, before ? h("a", { href: `#/${kit.code}/${before.number}/${only}` }, `Element ${before.number}`) : h("span"), next ? h("a", { href: `#/${kit.code}/${next.number}/${only}` }, `Element ${next.number}`) : h("span")),
    barBox());
  bar();
}

function against(question, part, method) {
  const takes = sheet.apart(question.id, part);
  return takes.length ? h("div", { class: "against", role: "group", "aria-label": "Answers that differ" }, h("p", {}, h("strong", {}, "Two people answered this differently. Which one stands?")), takes.map((take) => h("div", { class: "point" }, h("p", {}, `${take.mine || !take.by ? "You, or the page" : take.by}: ${words(take.value, method)}`), button("This one", () => answer(question.id, part, take.value))))) : null;
}

function heardBox(question) {
  const hand = sheet.value(question.id, "I"), said = sheet.said(question.id);
  const sums = WORDS.map(([word, text]) => [text.toLowerCase(), said.filter((each) => each.word === word).length]).filter(([, number]) => number).map(([text, number]) => `${number} ${text}`).join(", ");
  return h("div", { class: "how" }, h("h3", {}, "Interviews"), h("p", {}, sums ? `Heard on site: ${sums}.` : "Nobody was asked yet."), hand ? h("p", {}, `Counted by hand: ${words(hand)}.`) : null, h("p", {}, h("a", { href: `#/${sheet.kit.code}/talk` }, "To the interviews")));
}

function typing(id, label, question, part, rows) {
  const typed = typedAt(typedKey(sheet.kit.code, question.id, part));
  const area = h("textarea", { id, rows, value: typed.get() ?? sheet.value(question.id, part) ?? "", maxLength: 10000, oninput: (event) => typed.put(event.target.value), onchange: (event) => answer(question.id, part, event.target.value.trim() || null, { quiet: true }) });
  return h("div", { class: "field" }, h("label", { htmlFor: id }, label), against(question, part), area);
}

function card(question, only) {
  const id = `q-${question.id}`, code = sheet.kit.code, begun = (part) => typedKey(code, question.id, part), methods = question.methods.filter((method) => only === "all" || method.letter === only);
  const files = shots.filter((shot) => shot.code === code && shot.question === question.id);
  const point = h("input", { id: `${id}-point`, autocomplete: "off", maxLength: 2000, onkeydown: (event) => { if (event.key === "Enter") add(); }, value: half.get(begun("point")) || "", oninput: (event) => typedAt(begun("point")).put(event.target.value) });
  const add = async () => { const text = point.value.trim(); if (!text) return; point.value = ""; half.delete(begun("point")); await drop("typed", begun("point")); await answer(question.id, `point:${crypto.randomUUID()}`, { method: only === "all" ? "" : only, text }); document.getElementById(`${id}-point`)?.focus(); };
  return h("section", { class: "ask", id, "aria-labelledby": `${id}-text` },
    h("header", {}, h("p", { class: "caption" }, `Question ${question.id}${sheet.left(question).length ? "" : " · answered"}`), h("h2", { id: `${id}-text` }, question.text)),
    question.guidance || question.owner || question.papers.length ? h("details", { class: "more" }, h("summary", {}, "How to judge this"), question.guidance && h("p", {}, question.guidance), question.owner && h("p", {}, h("strong", {}, "If the owner works alone: "), question.owner), question.papers.length ? h("p", {}, `What proves it: ${question.papers.join(", ")}.`) : null) : null,
    methods.map((method) => (method.letter === "I" ? heardBox(question) : h("fieldset", { class: "how" }, h("legend", {}, sheet.kit.methods[method.letter]), h("p", { class: "hint" }, [method.worth, method.look].filter(Boolean).join(". ")), against(question, method.letter, method), inputs(`${id}-${method.letter}`, method, sheet.value(question.id, method.letter), (value, how) => answer(question.id, method.letter, value, how), typedAt(begun(method.letter)))))),
    h("div", { class: "how" }, h("h3", {}, "Points and photos"), sheet.points(question.id).map((each) => h("div", { class: "point" }, h("p", {}, each.text, each.method ? h("span", { class: "source" }, ` (${sheet.kit.methods[each.method].toLowerCase()})`) : null), button("Take out", () => answer(question.id, each.part, null), "link"))),
      h("div", { class: "field" }, h("label", { htmlFor: `${id}-point` }, "Note a point"), h("p", { class: "hint" }, "What you saw, how many, one example. Name nobody."), h("div", { class: "with" }, point, h("button", { type: "button", class: "button plain", "aria-label": `Add this point to question ${question.id}`, onclick: add }, "Add"))),
      [...question.files.map((file) => `${file.title}: stored`), ...files.map((shot) => `${shot.title}: ${shot.refused || "on this device"}`)].map((text) => h("p", { class: "source" }, text)),
      h("div", { class: "field" }, h("label", { class: "button plain", htmlFor: `${id}-photo` }, "Take a photo"), h("input", { class: "take", id: `${id}-photo`, type: "file", accept: "image/*", capture: "environment", onchange: (event) => shoot(question, event.target) }))),
    h("details", { class: "more", ontoggle: (event) => { if (event.target.isConnected) unfolded.set(id, event.target.open); }, open: Boolean(unfolded.get(id) ?? (half.has(begun("note")) || half.has(begun("recommendation")) || sheet.value(question.id, "note") || sheet.value(question.id, "recommendation") || sheet.value(question.id, "na"))) }, h("summary", {}, "Note, recommendation, does not apply"), typing(`${id}-note`, "Note", question, "note", 3), typing(`${id}-recommendation`, "Recommendation", question, "recommendation", 2),
      question.na && h("label", { class: "tick" }, h("input", { id: `${id}-na`, type: "checkbox", checked: Boolean(sheet.value(question.id, "na")), onchange: (event) => answer(question.id, "na", event.target.checked || null) }), h("span", {}, `This question does not apply. Only if ${question.na}; say so in the note.`))));
}

async function shoot(question, input) {
  const file = input.files[0];
  if (!file) return;
  try {
    const { bytes, sha256 } = await small(file, { heic: true });
    const shot = { key: `${sheet.kit.code}|${question.id}|${sha256}`, me: known.me, code: sheet.kit.code, question: question.id, sha256, title: `Photo, ${new Date().toLocaleDateString("en-CA")}` };
    await keepPhoto(shot, bytes);
    shots = await all("photos");
    redraw(question.id);
    light();
    later();
  } catch { input.closest(".field").append(h("p", { class: "wrong", role: "alert" }, "This photo cannot be read here. Take it again as a JPEG.")); }
}

// An interview is a row on this device alone: what goes out is what was said to which question by which role.
async function talks(kit) {
  const mine = (await all("talks")).filter((talk) => talk.code === kit.code && talk.me === known.me);
  const roles = [...new Set(questions(kit).flatMap((each) => each.methods.filter((method) => method.letter === "I").flatMap((method) => (method.audience.length ? method.audience : [""]))))];
  const begin = async (key) => {
    const talk = { uid: crypto.randomUUID(), me: known.me, code: kit.code, role: key, number: mine.filter((each) => each.role === key).length + 1, answers: {} };
    await put("talks", talk.uid, talk);
    location.hash = `#/${kit.code}/talk/${talk.uid}`;
  };
  show(h("a", { class: "back", href: `#/${kit.code}` }, kit.employer), h("h1", {}, "Interviews"),
    h("p", { class: "lede" }, "No name is asked or kept. What people say is added up; who said it stays on this device, and is forgotten when the audit is sent."),
    mine.length ? h("ul", { class: "rows" }, mine.map((talk) => h("li", {}, h("a", { href: `#/${kit.code}/talk/${talk.uid}` }, h("span", {}, `${role(talk.role)} ${talk.number}`), h("span", {}, `${Object.entries(talk.answers).filter(([id, said]) => sheet.value(id, said.part)).length} of ${questions(kit).filter((each) => asks(each, talk.role)).length}`))))) : h("p", {}, "Nobody was interviewed on this device yet."),
    h("section", {}, h("h2", {}, "Begin an interview with"), h("div", { class: "bigs" }, roles.map((key) => h("button", { type: "button", class: "big", onclick: () => begin(key) }, key === "owner" ? "An owner" : `A ${key || "person"}`)))), barBox());
  bar();
}

const asks = (question, key) => question.methods.some((method) => method.letter === "I" && (method.audience.length ? method.audience.includes(key) : true));

async function talkWith(kit, uid) {
  const talk = await get("talks", uid);
  if (!talk || talk.me !== known.me) return talks(kit);
  // The sheet has the last word on what was said, so that undoing shows here too.
  const heard = (question) => talk.answers[question.id] && sheet.value(question.id, talk.answers[question.id].part)?.word;
  const say = async (question, word) => {
    const said = talk.answers[question.id] ||= { part: `said:${crypto.randomUUID()}` };
    const method = question.methods.find((each) => each.letter === "I");
    await put("talks", uid, talk);
    await answer(question.id, said.part, { role: method.audience.length ? talk.role : "", word });
  };
  drawn = (question) => h("section", { class: "ask", id: `q-${question.id}`, "aria-labelledby": `q-${question.id}-text` }, h("header", {}, h("p", { class: "caption" }, `Question ${question.id}`), h("h2", { id: `q-${question.id}-text` }, question.text)),
    question.guidance && h("p", { class: "hint" }, question.guidance),
    h("fieldset", { class: "line" }, h("legend", { class: "unseen" }, "What was said"), h("div", { class: "ticks" }, WORDS.map(([word, text]) => choice(`q-${question.id}-said`, text, heard(question) === word, () => say(question, word))))));
  show(h("a", { class: "back", href: `#/${kit.code}/talk` }, "Interviews"), h("h1", {}, `${role(talk.role)} ${talk.number}`),
    h("p", { class: "lede" }, "Begin with their work: “Show me what you do on a day like today.” Ask, listen, then tap what the answer was."),
    kit.elements.map((each) => [each, each.questions.filter((question) => asks(question, talk.role))]).filter(([, asked]) => asked.length).map(([each, asked]) => h("section", { class: "fields", "aria-label": each.name }, h("p", { class: "caption" }, `${each.number} ${each.name}`), asked.map(drawn))), barBox());
  bar();
}

async function learn() {
  const me = known?.me;
  [known, local, shots] = [(await get("kits", "all")) || known, await all("takes"), await all("photos")];
  local = local.filter((take) => !known || take.me === known.me);
  if (known && known.me !== me) {  // somebody else is signed in: the half-written words are theirs, and nothing is undone
    const mine = ([key]) => key.startsWith(`${known.me}|`);
    half = new Map([...(await entries("typed")).filter(mine), ...[...half].filter(mine)]);
    done = [];
  }
  if (sheet && kitOf(sheet.kit.code)) sheet = new Sheet(kitOf(sheet.kit.code), local);
}

// What was typed and never left by its person is an answer too, once nobody is typing there.
let finishing = null;
const finish = () => (finishing ||= finishAll().finally(() => { finishing = null; }));
async function finishAll() {
  for (const [key, words] of [...half]) {
    const [me, code, question, part] = key.split("|"), kit = kitOf(code), field = `q-${question}-${part}`;
    if (me !== known?.me || half.get(key) !== words) continue;  // while the one before was kept, somebody went on typing
    if (!kit || !["note", "recommendation"].includes(part) || (sheet?.kit.code === code && document.activeElement?.id === field)) continue;
    await answer(question, part, words.trim() || null, { quiet: true, undoable: false, on: sheet?.kit.code === code ? sheet : new Sheet(kit, local) });
  }
}

async function sendAll() {
  await finish();
  await light();
  await flush();
  await learn();
  await light();
  const typing = document.activeElement?.matches?.("textarea, input:not([type]), input[type='text']");
  if (!typing) { const at = scrollY, focus = document.activeElement?.id; await go(); scrollTo(0, at); if (focus) document.getElementById(focus)?.focus({ preventScroll: true }); }
}

async function go() {
  const [, code, page, more] = location.hash.slice(1).split("/");
  const kit = kitOf(code);
  drawn = null;
  if (!kit) return home();
  if (sheet?.kit !== kit) sheet = new Sheet(kit, local);
  if (page === "talk") return more ? talkWith(kit, more) : talks(kit);
  return page ? element(kit, page, more || "all") : overview(kit);
}

async function begin() {
  await learn();
  await go();
  await light();
  sendAll();
}

navigator.storage?.persist?.();
navigator.serviceWorker?.register("/onsite/worker.js", { scope: "/onsite/" });
addEventListener("hashchange", async () => { await go(); scrollTo(0, 0); main.focus({ preventScroll: true }); });
addEventListener("online", sendAll);
document.addEventListener("visibilitychange", () => { if (!document.hidden) sendAll(); });
setInterval(sendAll, 60000);
begin();
