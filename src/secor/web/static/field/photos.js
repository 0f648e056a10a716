// A photo is made small before it is kept, and known by its SHA-256 from then on.
import { put } from "./store.js";

const SIDE = 1600;
const HEIC = ["heic", "heix", "heim", "heis", "hevc", "mif1", "msf1"];

async function drawn(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale); canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((good) => canvas.toBlob(good, "image/jpeg", 0.82));
  return blob.arrayBuffer();
}

// An iPhone's photo that this browser cannot draw goes as it is, where the server can read it.
async function asItIs(file, kit) {
  const head = new TextDecoder("latin1").decode(await file.slice(4, 12).arrayBuffer());
  if (!kit.heic || !head.startsWith("ftyp") || !HEIC.includes(head.slice(4))) throw new Error("not readable here");
  return file.arrayBuffer();
}

export async function small(file, kit) {
  const bytes = await drawn(file).catch(() => asItIs(file, kit));
  const sha256 = [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((each) => each.toString(16).padStart(2, "0")).join("");
  return { bytes, sha256 };
}

export async function keep(file, kit) {
  const { bytes, sha256 } = await small(file, kit);
  await put("photos", sha256, { sha256, code: kit.code, bytes });
  return sha256;
}
