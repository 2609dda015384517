// Pictures of pages. One is put in place of another when it is ready, so that nothing flickers and nothing moves.

const waiting = new Map(); // img → address that is wanted now

export const pixels = (points, scale) => Math.max(32, Math.ceil((points * scale * devicePixelRatio) / 16) * 16);

export async function paint(img, address) {
  if (img.dataset.shown === address || waiting.get(img) === address) return true;
  waiting.set(img, address);
  const next = new Image();
  next.alt = "";
  next.src = address;
  try {
    await next.decode();
  } catch {
    if (waiting.get(img) === address) waiting.delete(img);
    return false; // a newer leaflet is there; its picture is on the way
  }
  if (waiting.get(img) !== address) return false;
  waiting.delete(img);
  img.src = address;
  img.dataset.shown = address;
  return true;
}
