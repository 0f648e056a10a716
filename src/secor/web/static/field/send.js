// Sending: the words first, then each photo piece by piece from where it broke off. Nothing leaves the phone's list
// before the server has given the receipt for all of it.
import { all, drop, get, put, settle } from "./store.js";
import { moment } from "./form.js";

const PIECE = 256 * 1024;
export const line = { signedOut: false, busy: false };

async function post(path, body, token, type) {
  const answer = await fetch(path, { method: "POST", body, redirect: "manual", credentials: "same-origin", headers: { "X-CSRFToken": token, "Content-Type": type } });
  if (answer.type === "opaqueredirect" || answer.status === 403) { line.signedOut = true; throw new Error("signed out"); }
  line.signedOut = false;
  if (answer.status >= 500) throw new Later(answer.status);
  return { status: answer.status, told: await answer.json() };
}

class Refused extends Error {}
class Later extends Error {}  // the server is in trouble over this one: the others do not wait for it

async function sendPhoto(code, photo, token) {
  const bytes = photo.bytes, path = `/field/photos/${code}/${photo.sha256}/`;
  let at = 0, again = true;
  while (at < bytes.byteLength) {
    const piece = again ? new ArrayBuffer(0) : bytes.slice(at, at + PIECE);
    again = false;
    const { status, told } = await post(`${path}?at=${at}&of=${bytes.byteLength}`, piece, token, "application/octet-stream");
    if (status === 422) throw new Refused(told.refused);
    if (status !== 200) throw new Error(told.refused || status);
    at = told.have;
  }
}

async function sendOne(item, token) {
  const refused = (why) => put("outbox", item.record.uid, { ...item, refused: why });
  const send = () => post(`/field/records/${item.code}/`, JSON.stringify(item.record), token, "application/json");
  let { status, told } = await send();
  if (status === 409 || status === 422 || status === 400) return refused(told.refused);
  try {
    for (const sha256 of item.photos) {
      const photo = await get("photos", sha256);
      if (photo) await sendPhoto(item.code, photo, token);
    }
  } catch (trouble) {
    if (trouble instanceof Refused) return refused(trouble.message);  // the others do not wait for this one
    throw trouble;
  }
  if (item.photos.length) ({ status, told } = await send());
  if (status === 200 && told.photos.awaited === 0) {
    await settle(item, { uid: item.record.uid, code: item.code, by: item.by, title: item.title, about: item.about, stored_at: moment(), on: item.record.on, photos: told.photos.kept, signatures: told.signatures });
  }
}

// The oldest first. The moments of a phone that has crossed a time zone still stand in their order.
export const since = (at) => (one, other) => new Date(at(one) || 0) - new Date(at(other) || 0);

export async function learn() {
  const answer = await fetch("/field/kits.json", { redirect: "manual", credentials: "same-origin", cache: "no-store" });
  if (answer.type === "opaqueredirect" || answer.status === 403) { line.signedOut = true; return null; }
  if (!answer.ok) return null;
  line.signedOut = false;
  const told = await answer.json();
  await put("kits", "all", told);
  return told;
}

// One tab sends at a time. What cannot be sent now stays, and is tried again on the next chance. A chance that comes
// while a round is under way is kept for the end of it: the round may have begun just before the signal was back.
let wanted = false;
export const flush = () => {
  wanted = true;
  return navigator.locks.request("secor-send", { ifAvailable: true }, async (mine) => {
    while (mine && wanted && navigator.onLine) { wanted = false; await round(); }
  });
};

async function round() {
  line.busy = true;
  try {
    const kit = await learn();
    const ours = new Set(kit?.kits.map((each) => each.code));
    const waiting = (await all("outbox")).filter((item) => !item.refused && ours.has(item.code));
    for (const item of waiting.sort(since((each) => each.record.finished_at))) {
      await sendOne(item, kit.token).catch((trouble) => { if (!(trouble instanceof Later)) throw trouble; });
    }
    const kept = (await all("kept")).sort(since((each) => each.stored_at));
    for (const old of kept.slice(0, Math.max(0, kept.length - 50))) await drop("kept", old.uid);
  } catch { /* no signal, or signed out: everything is still here */ } finally { line.busy = false; }
}
