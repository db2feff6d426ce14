// The only module that keeps anything on the device. Without it, answers live in the open page alone.
// One record a sheet: { worksheet, version, saved, seen, expires, answers, gone } or, with a passphrase, { …, key, locked } instead
// of the last two. `saved` grows with every change, whatever the clock says; `seen` is what the clock said last. IndexedDB, because its strict transactions are on disk when they complete; localStorage may lag by seconds.
import { BASE, CACHE, workers } from './home.js'

const SHEETS = 'sheets'
const ASIDE = 'set-aside'
const LAST = 8.64e15 // ms: no day is later

/** Tells other tabs what happens here: { worksheet, saved } or { erased: true }. */
export const tabs = channel()
const tell = (message) => tabs.postMessage?.(message)

function channel() {
  try { return new BroadcastChannel(BASE) } catch { return new EventTarget() } // refused where storing is
}

let opening

/** Opens the database; null when there is none and none is to be made. */
function database(make) {
  opening ??= connect(make).then((base) => {
    if (!base) opening = undefined
    return base
  }, (error) => {
    opening = undefined
    throw error
  })
  return opening
}

const connect = (make) => new Promise((resolve, reject) => {
  const request = indexedDB.open(BASE, 1)
  let absent = false
  request.onupgradeneeded = () => {
    absent = !make
    if (absent) return request.transaction.abort()
    request.result.createObjectStore(SHEETS)
    request.result.createObjectStore(ASIDE, { autoIncrement: true })
  }
  request.onsuccess = () => {
    request.result.onversionchange = () => { request.result.close(); opening = undefined } // another tab erases
    request.result.onclose = () => { opening = undefined }
    resolve(request.result)
  }
  request.onerror = () => (absent ? resolve(null) : reject(request.error))
  request.onblocked = () => reject(new Error('blocked'))
})

async function run(stores, mode, work, make = false) {
  const base = await database(make)
  if (!base) return undefined
  return new Promise((resolve, reject) => {
    const transaction = base.transaction(stores, mode, { durability: 'strict' })
    let answer
    transaction.oncomplete = () => resolve(answer)
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error('aborted'))
    work(transaction, (value) => { answer = value })
  })
}

/**
 * Keep a record if the one that is there is the one this tab knows of: `known` is when that was saved, null for none.
 * Resolves to true, or to false when another tab was faster. Rejects when the device refuses: full, or forbidden.
 */
export async function put(record, known) {
  const done = await run(SHEETS, 'readwrite', (to, answer) => {
    const sheets = to.objectStore(SHEETS)
    sheets.get(record.worksheet).onsuccess = ({ target }) => {
      if ((target.result?.saved ?? null) !== known) return answer(false)
      sheets.put(record, record.worksheet)
      answer(true)
    }
  }, known === null)
  if (done) tell({ worksheet: record.worksheet, saved: record.saved })
  return done ?? false
}

/** Take one sheet's record away, and the database with it when it held nothing else. */
export async function remove(worksheet) {
  await run(SHEETS, 'readwrite', (to) => to.objectStore(SHEETS).delete(worksheet))
  await dropIfEmpty()
  tell({ worksheet, saved: null })
}

/**
 * The record of a sheet: { record }, { expired: true } or { damaged: true }, or nothing.
 * What has expired is deleted; what cannot be read is set aside, so that nothing overwrites it.
 */
export async function get(worksheet, now = Date.now()) {
  const record = await run(SHEETS, 'readonly', (from, answer) => {
    from.objectStore(SHEETS).get(worksheet).onsuccess = ({ target }) => answer(target.result)
  })
  if (record === undefined) return {}
  if (!sound(record, worksheet)) {
    await run([SHEETS, ASIDE], 'readwrite', (to) => {
      to.objectStore(ASIDE).add({ worksheet, found: now, record })
      to.objectStore(SHEETS).delete(worksheet)
    })
    return { damaged: true }
  }
  if (ended(record, now)) {
    await remove(worksheet)
    return { expired: true }
  }
  return { record }
}

/** Set aside what is sound but does not open: its lock fits, and what it holds is damaged. */
export const putAside = (record) => run([SHEETS, ASIDE], 'readwrite', (to) => {
  to.objectStore(ASIDE).add({ worksheet: record.worksheet, found: Date.now(), record })
  to.objectStore(SHEETS).delete(record.worksheet)
})

/** Whether anything of this sheet is on the device, as far as it lets itself be asked. */
export async function holds(worksheet) {
  if (!await database(false).catch(() => null)) return false
  return run([SHEETS, ASIDE], 'readonly', (from, answer) => {
    from.objectStore(SHEETS).count(worksheet).onsuccess = ({ target: { result: kept } }) => {
      from.objectStore(ASIDE).getAll().onsuccess = ({ target }) => answer(kept > 0 || target.result.some((one) => one.worksheet === worksheet))
    }
  }).catch(() => true)
}

/** Take away what of this sheet was set aside. */
export async function dropAside(worksheet) {
  await run(ASIDE, 'readwrite', (to) => {
    to.objectStore(ASIDE).openCursor().onsuccess = ({ target: { result: at } }) => {
      if (!at) return
      if (at.value.worksheet === worksheet) at.delete()
      at.continue()
    }
  })
}

/** The ids of the sheets that are kept, the last one saved first. Nothing is changed. */
export async function list(now = Date.now()) {
  const all = await run(SHEETS, 'readonly', (from, answer) => {
    from.objectStore(SHEETS).getAll().onsuccess = ({ target }) => answer(target.result)
  })
  return (all ?? []).filter((one) => sound(one, one?.worksheet) && !ended(one, now))
    .sort((one, other) => other.saved - one.saved).map((one) => one.worksheet)
}

/** What of this sheet was set aside because it could not be read. */
export async function setAside(worksheet) {
  const all = await run(ASIDE, 'readonly', (from, answer) => {
    from.objectStore(ASIDE).getAll().onsuccess = ({ target }) => answer(target.result)
  })
  return (all ?? []).filter((one) => one.worksheet === worksheet)
}

/** Delete what has expired of every sheet; where the clock was set back, let the time that is left begin anew. */
export async function sweep(now = Date.now()) {
  await run(SHEETS, 'readwrite', (to) => {
    to.objectStore(SHEETS).openCursor().onsuccess = ({ target: { result: at } }) => {
      if (!at) return
      if (ended(at.value, now)) at.delete()
      else if (sound(at.value, at.value?.worksheet)) at.update({ ...at.value, ...timed(at.value, now) })
      at.continue()
    }
  })
  await dropIfEmpty()
}

async function dropIfEmpty() {
  const some = await run([SHEETS, ASIDE], 'readonly', (from, answer) => {
    from.objectStore(SHEETS).count().onsuccess = ({ target: { result: sheets } }) => {
      from.objectStore(ASIDE).count().onsuccess = ({ target }) => answer(sheets + target.result)
    }
  })
  if (some === 0) await drop(BASE)
}

export const ended = (record, now = Date.now()) => Number.isFinite(record?.expires) && now >= record.expires

/**
 * When a record ends by this clock: { seen, expires }. A clock that says less than it did, because it was wrong or was set back, cannot
 * make the time longer: as much as was left when it was last seen is left from now on.
 */
export function timed({ seen, saved, expires }, now = Date.now()) {
  const last = seen ?? saved
  return { seen: now, expires: expires === null || !(now < last) ? expires : now + (expires - last) }
}

function sound(record, worksheet) {
  const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
  const isTime = (value) => Number.isFinite(value) && Math.abs(value) <= LAST
  return isMap(record) && record.worksheet === worksheet && isTime(record.saved) && Number.isSafeInteger(record.version) &&
    (record.expires === null || isTime(record.expires)) &&
    (record.locked === undefined ? isContent(record) : typeof record.locked === 'string' && typeof record.key === 'string')
}

/** Whether these are answers, and pairs of what left the sheet. */
export function isContent(found) {
  const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
  return isMap(found) && isMap(found.answers) && Array.isArray(found.gone) &&
    found.gone.every((one) => Array.isArray(one) && one.length === 2 && typeof one[0] === 'string')
}

/** When a choice of how long to keep ends, always with a day: 'today', '7', '30' days later, or 'always' (null). */
export function expiry(choice, now = new Date()) {
  if (choice === 'always') return null
  const end = new Date(now)
  end.setDate(end.getDate() + (choice === 'today' ? 0 : Number(choice)))
  return end.setHours(24, 0, 0, 0)
}

// What is ours on the device. Others may share our origin: in Chromium every file on a disk does, and on some hosts every project.
const SETTINGS = ['display'] // of display.js, in localStorage

/** Wipe every trace of this site, then look: { left, unseen }, names of what is still there and of what cannot be looked at. */
export async function eraseEverything() {
  tell({ erased: true })
  await Promise.allSettled([drop(BASE), dropCache(), dropWorkers()])
  for (const name of SETTINGS) try { localStorage.removeItem(name) } catch { /* forbidden here, so nothing is in it */ }
  tell({ erased: true }) // now it is, for those that look what is left
  return look()
}

/** Other tabs close their connection when they are asked to; a tab that does not answer is not waited for. */
async function drop(name) {
  const base = await opening?.catch(() => {})
  base?.close()
  opening = undefined
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = request.onerror = resolve
    request.onblocked = () => setTimeout(resolve, 1000)
  })
}

const dropCache = async () => caches.delete(CACHE)

async function dropWorkers() {
  for (const worker of await workers()) await worker.unregister()
}

/** Where this site could leave something, and how to list it. A browser that has no such place, as over plain http, holds nothing there. */
const PLACES = {
  WORDS`store.kept_sheets`: async () => (await indexedDB.databases()).map((one) => one.name).filter((name) => name === BASE),
  WORDS`store.stored_pages`: async () => (globalThis.caches && await caches.has(CACHE) ? [CACHE] : []),
  WORDS`store.helper`: async () => (await workers()).map((one) => one.scope),
  settings: async () => SETTINGS.filter((name) => localStorage.getItem(name) !== null),
}

async function look() {
  const [left, unseen] = [[], []]
  for (const [name, list] of Object.entries(PLACES)) {
    try { left.push(...await list()) } catch { unseen.push(name) }
  }
  return { left, unseen }
}
