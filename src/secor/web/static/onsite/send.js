// Sending: answers first, then photos, each piece from where it broke off. Nothing leaves the device's list before the
// server has said that it has it.
import { all, dropPhoto, get, put, settle } from "./base.js";

const PIECE = 256 * 1024, AT_ONCE = 200;
export const line = { signedOut: false, away: false };

async function ask(path, about = {}) {
  const answer = await fetch(path, { redirect: "manual", credentials: "same-origin", cache: "no-store", ...about });
  if (answer.type === "opaqueredirect" || answer.status === 403) { line.signedOut = true; throw new Error("signed out"); }
  line.signedOut = false;
  if (answer.status >= 500 || answer.status === 429) throw new Error(answer.status);
  return { status: answer.status, told: await answer.json().catch(() => ({ refused: "This is not open to you any more." })) };
}

const post = (path, body, token, type = "application/json") => ask(path, { method: "POST", body, headers: { "X-CSRFToken": token, "Content-Type": type } });
const fetchKits = async () => (await ask("/onsite/kits.json")).told;

async function sendTakes(kit, token, waiting) {
  const sent = [];
  for (let at = 0; at < waiting.length; at += AT_ONCE) {
    const some = waiting.slice(at, at + AT_ONCE);
    const { status, told } = await post(`/onsite/takes/${kit.code}/`, JSON.stringify(some.map(({ uid, question, part, value, over, made_at }) => ({ uid, question, part, value, over, made_at }))), token);
    if (status !== 200) { for (const take of some) await put("takes", take.uid, { ...take, refused: told.refused }); continue; }
    sent.push(...told.kept);
    for (const take of some) if (told.refused[take.uid]) await put("takes", take.uid, { ...take, refused: told.refused[take.uid] });
  }
  return sent;
}

async function sendPhoto(photo, token) {
  const bytes = await get("bytes", photo.key), path = `/onsite/photos/${photo.code}/${photo.sha256}/`, size = bytes.byteLength;
  const refused = (told) => put("photos", photo.key, { ...photo, refused: told.refused });
  for (let at = 0, asking = true; asking || at < size;) {
    const piece = asking ? new ArrayBuffer(0) : bytes.slice(at, at + PIECE);
    asking = false;
    const { status, told } = await post(`${path}?at=${at}&of=${size}`, piece, token, "application/octet-stream");
    if (status !== 200) return refused(told);
    at = told.have;
  }
  const { status, told } = await post(`/onsite/proofs/${photo.code}/`, JSON.stringify({ question: photo.question, sha256: photo.sha256, title: photo.title }), token);
  return status === 200 ? dropPhoto(photo.key) : refused(told);
}

// One tab sends at a time. What cannot be sent now stays, and is tried again on the next chance. A chance that comes
// while a round is under way is kept for the end of it: the round may have begun just before the signal was back.
let wanted = false;
export const flush = () => {
  wanted = true;
  return navigator.locks.request("secor-onsite-send", { ifAvailable: true }, async (mine) => {
    if (!navigator.onLine) line.away = true;
    while (mine && wanted && navigator.onLine) { wanted = false; await round(); }
  });
};

async function round() {
  try {
    let kits = await fetchKits();
    const sent = [];
    const takes = (await all("takes")).filter((take) => take.me === kits.me && !take.refused);
    for (const kit of kits.audits) {
      const waiting = takes.filter((take) => take.code === kit.code).sort((one, other) => (one.made_at < other.made_at ? -1 : 1));
      if (waiting.length) sent.push(...await sendTakes(kit, kits.token, waiting));
    }
    for (const take of takes.filter((each) => !kits.audits.some((kit) => kit.code === each.code))) await put("takes", take.uid, { ...take, refused: "This audit is not open on your desk any more." });
    if (sent.length) kits = await fetchKits();
    await settle(kits, sent);
    line.away = false;
    for (const photo of await all("photos")) if (photo.me === kits.me && !photo.refused && kits.audits.some((kit) => kit.code === photo.code)) await sendPhoto(photo, kits.token);
  } catch { line.away = !line.signedOut; }  // no signal, or signed out: everything is still here
}
