// Keeps one whole build of the page, so that it opens without a network. The build writes BUILD, FILES and INDEX above this text.
//
// All files of a build come into a cache of their own, together or not at all. A page that is open goes on with the files of its
// build, whose names carry a hash of what is in them; the next load gets the new build.
/* global BUILD, FILES, INDEX */

const PREFIX = "tierwalk-";
const CACHE = PREFIX + BUILD;

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && new URL(request.url).origin === location.origin) event.respondWith(answer(request));
});

async function keep() {
  try {
    const cache = await caches.open(CACHE);
    await cache.addAll(FILES.map((file) => new Request(file, { cache: "no-cache" })));
    if ((await hash(await cache.match("./"))) !== INDEX) throw new Error("the document is of another build");
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
  await self.skipWaiting();
}

async function hash(response) {
  const digest = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The build before stays for pages that are still open.
async function takeOver() {
  const ours = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(ours.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer(request) {
  const here = await caches.open(CACHE);
  const kept = (await here.match(request, { ignoreSearch: true })) ?? (await caches.match(request, { ignoreSearch: true }));
  return kept ?? fetch(request);
}
