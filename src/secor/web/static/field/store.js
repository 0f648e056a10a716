// What is on this phone: kits, drafts, what waits to be sent, its photos, and what is stored. IndexedDB, and nothing else.
const STORES = ["kits", "drafts", "outbox", "photos", "kept"];
let opened;

function open() {
  opened ||= new Promise((good, bad) => {
    const asked = indexedDB.open("secor-field", 1);
    asked.onupgradeneeded = () => STORES.forEach((name) => asked.result.createObjectStore(name));
    asked.onsuccess = () => good(asked.result);
    asked.onerror = () => bad(asked.error);
  });
  return opened;
}

async function ask(mode, names, act) {
  const base = await open();
  return new Promise((good, bad) => {
    const done = base.transaction(names, mode, { durability: "strict" });
    const asked = act(...[names].flat().map((name) => done.objectStore(name)));
    done.oncomplete = () => good(asked?.result);
    done.onerror = done.onabort = () => bad(done.error);
  });
}

export const get = (name, key) => ask("readonly", name, (store) => store.get(key));
export const all = (name) => ask("readonly", name, (store) => store.getAll());
export const put = (name, key, value) => ask("readwrite", name, (store) => store.put(value, key));
export const drop = (name, key) => ask("readwrite", name, (store) => store.delete(key));

// A finished card leaves the drafts and joins the outbox in one step: it is always in exactly one of them.
export const finish = (item) => ask("readwrite", ["drafts", "outbox"], (drafts, outbox) => {
  outbox.put(item, item.record.uid);
  return drafts.delete(item.record.uid);
});
// What was refused may be opened again: it leaves the outbox and is a draft once more, in one step.
export const reopen = (item, draft) => ask("readwrite", ["drafts", "outbox"], (drafts, outbox) => {
  drafts.put(draft, draft.uid);
  return outbox.delete(item.record.uid);
});
export const settle = (item, told) => ask("readwrite", ["outbox", "kept", "photos"], (outbox, kept, photos) => {
  kept.put(told, item.record.uid);
  item.photos.forEach((sha256) => photos.delete(sha256));
  return outbox.delete(item.record.uid);
});
