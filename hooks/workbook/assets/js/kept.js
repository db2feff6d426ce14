// What this page knows of the sheet's record on the device, and saving to it.
import { ask, askToOpen, download, say } from './ask.js'
import * as store from './store.js'
import { goneElsewhere, overtaken } from './tabs.js'
import { button, notice, show } from './where.js'

const PAUSE = 300
const REFUSED = WORDS`kept.cannot_keep`
const FULL = WORDS`kept.no_more_room`

/**
 * Null while nothing is kept; else { expires, seen, known, paused, key, lock }. `known` is when the record that we last saw was saved.
 * `paused` is true while the person has to choose between two versions. `key` opens the record, and `lock` is that key, locked.
 */
export let kept = null
let timer
let due // when it should be over
let writing = Promise.resolve()

export function hold(value) {
  kept = value
}

/** Save soon: at most every 300 ms while someone types, and 300 ms after the last key. */
export function soon(page) {
  if (!kept) return
  if (isWaiting() && performance.now() > due) save(page) // a page with much to do is late with its timers
  if (isWaiting()) return
  due = performance.now() + PAUSE
  timer = setTimeout(() => save(page), PAUSE)
}

export const isWaiting = () => timer !== undefined

export function save(page) {
  clearTimeout(timer)
  timer = undefined
  writing = writing.then(() => write(page)).catch((error) => refuse(page, error))
  return writing
}

async function write(page) {
  if (!kept || kept.paused) return
  const mine = Object.assign(kept, store.timed(kept))
  if (store.ended(mine)) return end(page)
  const content = { answers: page.answers(), gone: page.gone }
  page.unsaved = false // whatever is typed from here on makes it true again
  const saved = Math.max(Date.now(), (mine.known ?? 0) + 1)
  const record = { worksheet: page.sheet.id, version: page.sheet.version, saved, seen: mine.seen, expires: mine.expires, ...await sealed(mine, content) }
  if (await store.put(record, mine.known)) {
    mine.known = saved
    if (!document.body) return undefined // the visitor has left
    document.querySelector('.notice.refusal')?.remove()
    return show(kept)
  }
  page.unsaved = true
  const { record: theirs } = await store.get(page.sheet.id)
  return theirs ? overtaken(page, theirs) : goneElsewhere(page)
}

async function sealed({ key, lock }, content) {
  if (!key) return content
  const { lockWith } = await import('./lock.js')
  return { key: lock, locked: await lockWith(key, JSON.stringify(content)) }
}

/** What a record holds; null when it is locked and we have no key for it. */
export async function contentOf(record) {
  if (!record.locked) return record
  if (!kept?.key) return null
  const { unlockWith } = await import('./lock.js')
  try {
    const found = JSON.parse(await unlockWith(kept.key, record.locked))
    return store.isContent(found) ? found : null
  } catch {
    return null
  }
}

/** Ask for the passphrase of a record; its key is ours from then on. */
export async function unlocked(page, record) {
  const lock = await import('./lock.js').catch(() => null)
  if (!lock) return page.say(WORDS`kept.cannot_unlock`)
  const key = await askToOpen(WORDS`kept.open_what_you_kept`, (words) => lock.openKey(record.key, words))
  if (key) kept = { ...kept, key, lock: record.key }
  return Boolean(key)
}

/** Put a record's answers on the sheet. False when it stays locked, or is damaged and then set aside. */
export async function take(page, record) {
  const before = kept
  kept = { ...before, expires: record.expires, seen: record.seen, known: record.saved, paused: false }
  const content = await contentOf(record) ?? (await unlocked(page, record) && await contentOf(record))
  if (!content) {
    const opened = record.locked && kept.key
    kept = before
    if (opened) await giveUp(page, record)
    return false
  }
  page.set(content.answers, content.gone)
  page.unsaved = false
  show(kept)
  return true
}

/** The passphrase fits, and what it should open is damaged. */
async function giveUp(page, record) {
  await store.putAside(record)
  await forget()
  notifyDamaged(page)
}

export function notifyDamaged(page) {
  const words = WORDS`kept.cannot_be_read`
  notice(words, button(WORDS`kept.save_what_was_found`, async () => {
    download(`${page.sheet.id}-set-aside.json`, JSON.stringify(await store.setAside(page.sheet.id), null, 2), 'application/json')
  }))
  page.say(words)
}

/** For a record that is locked, when the passphrase is lost. */
export function buttonToForget(page) {
  return button(WORDS`kept.forgot_passphrase`, async () => {
    const body = [say(WORDS`kept.what_forgetting_means`)]
    if (await ask(WORDS`kept.ask_to_erase`, body, [['', WORDS`shared.go_back`], ['erase', WORDS`kept.erase_it`]]) !== 'erase') return
    const gone = await stop(page)
    document.querySelector('.notice')?.remove()
    page.say(gone ? WORDS`kept.locked_is_gone` : NOT_GONE)
  })
}

export const NOT_GONE = WORDS`kept.not_gone`

/** Take this sheet off the device. What stands on the page stays. False when the device still has it. */
export async function stop(page) {
  await forget()
  await store.remove(page.sheet.id).catch(() => {})
  page.unsaved = true
  return !await store.holds(page.sheet.id)
}

/** Keep no more, once what is being written is written. */
export async function forget() {
  kept = null
  clearTimeout(timer)
  timer = undefined
  show(kept)
  await writing
}

/** The time is over. */
export async function end(page) {
  kept = null
  page.unsaved = true
  show(kept)
  page.say(WORDS`kept.expired`)
  await store.remove(page.sheet.id)
}

function refuse(page, error) {
  page.unsaved = true
  const words = error?.name === 'QuotaExceededError' ? FULL : REFUSED
  if (words === REFUSED || kept?.known === null) kept = null
  show(null, words)
  page.say(words)
  notice(words, button(WORDS`shared.save_file`, () => page.use('file'))).classList.add('refusal')
}
