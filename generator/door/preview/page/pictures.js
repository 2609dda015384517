// Pictures of pages. One is put in place of another when it is ready, so that nothing flickers and nothing moves.

const waiting = new Map(); // img → {address that is wanted now, promise of it}

export const pixels = (points, scale) => Math.max(32, Math.ceil((points * scale * devicePixelRatio) / 16) * 16);

// Resolves when the picture, or a newer one, is in place. look: names what the picture shows; one that looks the same and has
// the same width is not asked for again.
export function paint(img, { number, kind, at, look, width }) {
  const address = `picture/${number}/${kind}/${at}/${width}.jpg`, key = `${look}/${width}`;
  if (img.dataset.shown === key) {
    waiting.delete(img);
    return Promise.resolve(true);
  }
  if (waiting.get(img)?.address !== address) {
    const entry = { address };
    waiting.set(img, entry);
    entry.done = load(img, address, key);
  }
  return waiting.get(img).done;
}

async function load(img, address, key) {
  const next = new Image();
  next.src = address;
  try {
    await next.decode();
  } catch {
    if (waiting.get(img)?.address === address) waiting.delete(img);
    return false; // a newer leaflet is there; its picture is on the way
  }
  if (waiting.get(img)?.address !== address) return waiting.get(img)?.done ?? false;
  waiting.delete(img);
  img.src = address;
  img.dataset.shown = key;
  await img.decode().catch(() => {});
  return true;
}
