// Packs the records that it is sent, where this browser can: that is much work for long journals,
// and a worker's. It answers to each part, and to the end with the whole.

const canPack = Boolean(self.CompressionStream);
const { readable, writable } = canPack ? new CompressionStream("gzip") : new TransformStream();
const whole = new Response(readable).arrayBuffer();
const writer = writable.getWriter();
const letters = new TextEncoder();

const take = async (part) => {
  if (part !== null) {
    await writer.write(letters.encode(part));
    return postMessage(null);
  }
  await writer.close();
  const bytes = await whole;
  postMessage({ bytes, packed: canPack }, [bytes]);
};
// The page hears of what is thrown by itself only.
self.onmessage = ({ data }) => take(data).catch((error) => setTimeout(() => { throw error; }));
