// Keeps the page on this machine, so that it opens as quickly without the network. The files
// of a version come together, checked by their digests, and go together. A new version waits
// until a person takes it or no window shows the old one any more.

// The build puts these before this script: a name for the version, and each file's SHA-256.
const { version, files } = self.kept ?? { version: "", files: {} };
const mine = "themark ";
const cacheName = mine + version;

const keep = async (cache, name) => {
  // The browser's own copy may be of an earlier version.
  const answer = await fetch(name, { cache: "no-cache" });
  const bytes = await answer.clone().arrayBuffer();
  const digest = [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))];
  if (digest.map((byte) => byte.toString(16).padStart(2, "0")).join("") !== files[name]) {
    throw new Error(`${name} is of another version`);
  }
  // What was redirected can't be given to a window.
  await cache.put(name, answer.redirected ? new Response(bytes, answer) : answer);
};

addEventListener("install", (event) => {
  const names = Object.keys(files);
  event.waitUntil((async () => {
    const cache = await caches.open(cacheName);
    try {
      // The page first: where that is of another version, the rest is not asked for.
      for (const some of [names.slice(0, 1), names.slice(1)]) {
        await Promise.all(some.map((name) => keep(cache, name)));
      }
    } catch (error) {
      await caches.delete(cacheName);
      throw error;
    }
    // Engines that can go to the copies without waking this script first.
    const route = (name) => ({
      condition: { urlPattern: new URLPattern({ pathname: new URL(name, registration.scope).pathname, search: "" }) },
      source: { cacheName },
    });
    await event.addRoutes?.(names.map(route));
  })());
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith(mine) && name !== cacheName) await caches.delete(name);
    }
    await clients.claim();
  })());
});

// What other programs share with this one (`share_target` in the manifest) is a form that is sent
// here. It is kept until the page takes it, and goes nowhere else: src/browser/shared.rs.
const share = async (request) => {
  const form = await request.formData();
  const shared = await caches.open("shared");
  const own = (name) => new URL(`shared/${name}`, registration.scope).href;
  const words = Object.fromEntries(["title", "text", "url"].map((name) => [name, String(form.get(name) ?? "")]));
  const files = form.getAll("files").filter((file) => file instanceof File && file.size);
  // Of what was shared before, what nobody has taken goes.
  for (const name of await shared.keys()) await shared.delete(name);
  for (const [at, file] of files.entries()) await shared.put(own(at), new Response(file));
  words.files = files.map(({ name }) => name);
  await shared.put(own("words"), new Response(JSON.stringify(words)));
};

addEventListener("fetch", (event) => {
  const { request } = event;
  const { scope } = registration;
  if (request.method === "POST" && request.url === `${scope}?share`) {
    const page = () => Response.redirect(`${scope}?shared`, 303);
    // Where it can't be kept, the page says that there is nothing.
    event.respondWith(share(request).then(page, page));
    return;
  }
  // The name that the build knows it by; whatever is asked of the page, it is the page.
  const [within] = request.url.startsWith(scope) ? request.url.slice(scope.length).split(/[?#]/) : [];
  const name = within === "index.html" ? "./" : `./${within}`;
  if (request.method !== "GET" || !(name in files)) return;
  event.respondWith((async () => {
    const cache = await caches.open(cacheName);
    return (await cache.match(name)) ?? fetch(request);
  })());
});

// A window asks to take this version; the answer is whether that can be done: another window
// must not find the files of two versions mixed.
addEventListener("message", async ({ ports: [port] }) => {
  const windows = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const alone = windows.filter(({ url }) => url.startsWith(registration.scope)).length < 2;
  port.postMessage(alone);
  if (alone) await skipWaiting();
});
