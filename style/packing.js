// Packs the records that it is sent, where this browser can: that is much work for long journals,
// and a worker's. It answers to each part, and to the end with the whole.

const canPack = Boolean(self.CompressionStream);
const { readable, writable } = canPack ? new CompressionStream("gzip") : new TransformStream();
const whole = new Response(readable).arrayBuffer();
const writer = writable.getWriter();
const letters = new TextEncoder();

self.onmessage = async ({ data }) => {
  if (data !== null) {
    await writer.write(letters.encode(data));
    return postMessage(null);
  }
  await writer.close();
  const bytes = await whole;
  postMessage({ bytes, packed: canPack }, [bytes]);
};
