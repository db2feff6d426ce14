// The only module that keeps anything on the device. Without it, answers live in the open page alone.
// One record a sheet: { worksheet, version, saved, expires, answers } or, with a passphrase, { …, locked } instead of answers.
// IndexedDB, because its strict transactions are on disk when they complete; localStorage may lag by seconds.

const NAME = 'points-and-steps'
const SHEETS = 'sheets'
const ASIDE = 'set-aside'

let opening

function database() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore(SHEETS)
      request.result.createObjectStore(ASIDE, { autoIncrement: true })
    }
    request.onsuccess = () => {
      request.result.onversionchange = () => { request.result.close(); opening = undefined } // another tab erases
      request.result.onclose = () => { opening = undefined }
      resolve(request.result)
    }
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error('blocked'))
  }).catch((error) => { opening = undefined; throw error })
  return opening
}

async function run(stores, mode, work) {
  const base = await database()
  return new Promise((resolve, reject) => {
    const transaction = base.transaction(stores, mode, { durability: 'strict' })
    let answer
    transaction.oncomplete = () => resolve(answer)
    transaction.onabort = transaction.onerror = () => reject(transaction.error)
    work(transaction, (value) => { answer = value })
  })
}

/** Whether this site has ever kept anything here. Looks without making a database. */
export async function anythingKept() {
  try {
    return (await indexedDB.databases()).some((one) => one.name === NAME)
  } catch {
    return true // engines without databases(): look inside
  }
}

/** Keep a record. Rejects when the device refuses: full, forbidden, or cleared meanwhile. */
export const put = (record) => run(SHEETS, 'readwrite', (to) => to.objectStore(SHEETS).put(record, record.worksheet))

/** Take one sheet's record away. */
export const remove = (worksheet) => run(SHEETS, 'readwrite', (to) => to.objectStore(SHEETS).delete(worksheet))

/**
 * The record of a sheet: { record }, { expired: true } or { damaged: true }, or nothing.
 * What has expired is deleted; what cannot be read is set aside, so that nothing overwrites it.
 */
export async function get(worksheet, now = Date.now()) {
  const record = await run(SHEETS, 'readonly', (from, answer) => {
    from.objectStore(SHEETS).get(worksheet).onsuccess = (event) => answer(event.target.result)
  })
  if (record === undefined) return {}
  if (!sound(record, worksheet)) {
    await run([SHEETS, ASIDE], 'readwrite', (to) => {
      to.objectStore(ASIDE).add({ worksheet, found: now, record })
      to.objectStore(SHEETS).delete(worksheet)
    })
    return { damaged: true }
  }
  if (record.expires !== null && now >= record.expires) {
    await remove(worksheet)
    return { expired: true }
  }
  return { record }
}

function sound(record, worksheet) {
  return typeof record === 'object' && record !== null && record.worksheet === worksheet &&
    Number.isFinite(record.saved) && (record.expires === null || Number.isFinite(record.expires)) &&
    (typeof record.locked === 'string' || (typeof record.answers === 'object' && record.answers !== null))
}

/** When a choice of how long to keep ends: 'today', '7', '30' days, or 'always' (null). */
export function expiry(choice, now = new Date()) {
  if (choice === 'always') return null
  const end = new Date(now)
  if (choice === 'today') end.setHours(24, 0, 0, 0)
  else end.setDate(end.getDate() + Number(choice))
  return end.getTime()
}

/** Wipe every trace this site can reach, then say what is left: a list of names, empty when all is gone. */
export async function eraseEverything() {
  opening?.then((base) => base.close()).catch(() => {})
  opening = undefined
  await Promise.allSettled([dropDatabases(), dropCaches(), dropWorkers()])
  for (const store of stores()) try { store.clear() } catch { /* forbidden here, so nothing is in it */ }
  return left()
}

function stores() {
  const found = []
  for (const name of ['localStorage', 'sessionStorage']) try { found.push(window[name]) } catch { /* forbidden */ }
  return found
}

async function databases() {
  try { return (await indexedDB.databases()).map((one) => one.name) } catch { return [NAME] }
}

async function dropDatabases() {
  await Promise.all((await databases()).map((name) => new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = request.onerror = request.onblocked = resolve
  })))
}

async function dropCaches() {
  for (const name of await caches.keys()) await caches.delete(name)
}

async function dropWorkers() {
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister()
}

async function left() {
  const found = []
  try { found.push(...(await indexedDB.databases()).map((one) => one.name)) } catch { /* cannot be listed here */ }
  try { found.push(...await caches.keys()) } catch { /* forbidden, or not over https */ }
  try { found.push(...(await navigator.serviceWorker.getRegistrations()).map((one) => one.scope)) } catch { /* the same */ }
  for (const store of stores()) found.push(...Object.keys(store))
  return found
}
