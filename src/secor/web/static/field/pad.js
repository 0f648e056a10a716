// Signing on glass. Strokes are kept on a square of 1000, whatever the size of the phone, so that turning it keeps them.
import { h, say } from "./words.js";

export function pad(strokes, changed) {
  const glass = h("canvas", { class: "pad", width: 1000, height: 1000, tabIndex: 0, role: "img", "aria-label": say("Sign here with a finger") });
  const ink = glass.getContext("2d");
  let drawing = null;
  const place = (event) => {
    const box = glass.getBoundingClientRect();
    const on = (value) => Math.max(0, Math.min(1000, Math.round(value * 1000)));
    return [on((event.clientX - box.left) / box.width), on((event.clientY - box.top) / box.height)];
  };
  const draw = () => {
    ink.clearRect(0, 0, 1000, 1000);
    ink.lineWidth = 14; ink.lineCap = ink.lineJoin = "round"; ink.strokeStyle = getComputedStyle(glass).color;
    for (const stroke of strokes) {
      ink.beginPath();
      for (let at = 0; at < stroke.length; at += 2) ink.lineTo(stroke[at], stroke[at + 1]);
      ink.stroke();
    }
  };
  glass.addEventListener("pointerdown", (event) => {
    event.preventDefault(); glass.setPointerCapture(event.pointerId);
    drawing = place(event); strokes.push(drawing); draw();
  });
  glass.addEventListener("pointermove", (event) => {
    if (!drawing || drawing.length > 1200) return;
    drawing.push(...place(event)); draw();
  });
  const end = () => { if (drawing) { if (drawing.length === 2) drawing.push(...drawing); drawing = null; changed(); } };
  glass.addEventListener("pointerup", end); glass.addEventListener("pointercancel", end);
  glass.addEventListener("wiped", () => { strokes.length = 0; draw(); changed(); });
  requestAnimationFrame(draw);
  return glass;
}
