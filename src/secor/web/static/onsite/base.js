// What is on this device: audits as they were fetched, takes and photos that wait, half-typed words, and interviews.
const STORES = ["kits", "takes", "photos", "bytes", "typed", "talks"];
let opened;

function open() {
  opened ||= new Promise((good, bad) => {
    const asked = indexedDB.open("secor-onsite", 1);
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
export const entries = async (name) => { const keys = await ask("readonly", name, (store) => store.getAllKeys()); return Promise.all(keys.map(async (key) => [key, await get(name, key)])); };
export const put = (name, key, value) => ask("readwrite", name, (store) => store.put(value, key));
export const drop = (name, key) => ask("readwrite", name, (store) => store.delete(key));

// A take is written down and the words it came from stop being half-typed in one step.
export const lay = (take, typed) => ask("readwrite", ["takes", "typed"], (takes, words) => {
  if (typed) words.delete(typed);
  return takes.put(take, take.uid);
});
// A photo's bytes stand apart, so that counting and listing photos stays quick.
export const keepPhoto = (shot, bytes) => ask("readwrite", ["photos", "bytes"], (photos, kept) => { kept.put(bytes, shot.key); return photos.put(shot, shot.key); });
export const dropPhoto = (key) => ask("readwrite", ["photos", "bytes"], (photos, kept) => { kept.delete(key); return photos.delete(key); });
// What was fetched holds what was sent, so the one takes the place of the other in one step.
export const settle = (kit, sent) => ask("readwrite", ["kits", "takes"], (kits, takes) => {
  sent.forEach((uid) => takes.delete(uid));
  return kits.put(kit, "all");
});
