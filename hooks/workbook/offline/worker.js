// The worker of those who asked to keep the handbook on their device. It keeps files that were published with it, each under the
// hash of its content, and nothing else: no answer, no search, no page that it was not told of. It asks this site alone.

const FILES = { /* FILES */ } // by group, by address from the site's root: the hash of the content
const HOME = new URL('./', self.location).href
const KEPT = `handbook${new URL(HOME).pathname}` // the cache: another copy of the site at this origin has its own
const RECORD = `${HOME}?kept` // in the cache: { groups, files }, what was chosen, and what the version in use is made of
const CHOICE_PAGE = 'about/offline/#not-kept'
const AT_ONCE = 6
const hashes = Object.assign({}, ...Object.values(FILES))
const keyOf = (address) => `${HOME}${address}?${hashes[address]}`
const talk = new BroadcastChannel(KEPT) // with the page where one chooses

const wanted = (groups) => groups.flatMap((group) => Object.keys(FILES[group] ?? {}))

/** Never makes the cache: who erased it wants it gone. */
async function found(key, how) {
  return self.caches.match(key, { cacheName: KEPT, ...how }).catch(() => undefined)
}

async function record() {
  return (await found(RECORD))?.json() ?? { groups: ['handbook'], files: [] }
}

function putRecord(cache, groups) {
  return cache.put(RECORD, new Response(JSON.stringify({ groups, files: wanted(groups).map(keyOf) })))
}

async function digest(bytes) {
  const found = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(found.slice(0, 8), (one) => one.toString(16).padStart(2, '0')).join('')
}

/** One file as it was published, or an error that says why not. */
async function fetched(address) {
  const answer = await fetch(HOME + address, { cache: 'no-cache', credentials: 'same-origin' })
  if (!answer.ok) throw Object.assign(new Error(address), { name: 'Changed' })
  const bytes = await answer.arrayBuffer()
  if (await digest(bytes) !== hashes[address]) throw Object.assign(new Error(address), { name: 'Changed' })
  return [bytes, new Response(bytes, { headers: answer.headers })]
}

/** Have every file of these groups in the cache: all of them, or none that was not there before. */
async function take(groups) {
  const cache = await self.caches.open(KEPT)
  const there = new Set((await cache.keys()).map(({ url }) => url))
  const missing = wanted(groups).filter((address) => !there.has(keyOf(address))).values()
  const added = []
  let broken
  const work = async () => {
    for (const address of missing) {
      if (broken) return
      try {
        const [content, answer] = await fetched(address)
        added.push(keyOf(address))
        await cache.put(keyOf(address), answer)
        talk.postMessage({ bytes: content.byteLength })
      } catch (error) {
        broken ??= error
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  if (!broken) return cache
  await Promise.allSettled(added.map((key) => cache.delete(key)))
  if (!await cache.match(RECORD)) await self.caches.delete(KEPT)
  talk.postMessage({ broken: broken.name })
  throw broken
}

/** Let go of what neither this version nor the one before it is made of: a page that is still open may ask for its parts. */
async function tidy() {
  if (!await self.caches.has(KEPT)) return
  const cache = await self.caches.open(KEPT)
  const { groups, files } = await record()
  const known = groups.filter((group) => Object.hasOwn(FILES, group))
  const keep = new Set([...files, ...wanted(known).map(keyOf), RECORD])
  for (const { url } of await cache.keys()) if (!keep.has(url)) await cache.delete(url)
  await putRecord(cache, known)
}

/** Keep these groups from now on, and no others. */
async function choose(groups) {
  const cache = await take(groups)
  await putRecord(cache, groups)
  const keep = new Set(wanted(groups).map(keyOf))
  const drop = Object.keys(hashes).map(keyOf).filter((key) => !keep.has(key))
  await Promise.all(drop.map((key) => cache.delete(key)))
  talk.postMessage({ chosen: groups })
}

const pathOf = (url) => decoded(new URL(url).pathname.slice(new URL(HOME).pathname.length)).replace(/(^|\/)index\.html$/, '$1')

/** As it is where it is no good UTF-8: no file of ours has such a name. */
function decoded(path) {
  try { return decodeURIComponent(path) } catch { return path }
}

const isOurs = (address) => Object.hasOwn(hashes, address)

/** What is kept of an address; of a part that only an older page asks for, whatever was kept of it. */
const kept = (address) => (isOurs(address) ? found(keyOf(address)) : found(HOME + address, { ignoreSearch: true }))

async function answer(request) {
  const address = pathOf(request.url)
  const here = address.startsWith('?') ? undefined : await kept(address)
  if (here) return here
  try {
    return await fetch(request)
  } catch (error) {
    if (request.mode !== 'navigate') throw error
    if (isOurs(address)) return Response.redirect(HOME + CHOICE_PAGE)
    if (isOurs(`${address}/`)) return Response.redirect(`${HOME}${address}/`)
    const page = await kept('404.html')
    if (!page) throw error
    return new Response(page.body, { status: 404, headers: page.headers })
  }
}

self.addEventListener('install', (event) => event.waitUntil(record().then(({ groups }) => take(groups))))
self.addEventListener('activate', (event) => event.waitUntil(tidy().then(() => self.clients.claim())))
self.addEventListener('message', (event) => {
  if (event.data === 'go') self.skipWaiting()
  else if (event.data?.choose) event.waitUntil(choose(event.data.choose).catch(() => {}))
})
self.addEventListener('fetch', (event) => {
  const { method, url } = event.request
  if (method === 'GET' && url.startsWith(HOME) && url !== self.location.href) event.respondWith(answer(event.request))
})
