// Keeping the answers of a sheet on this device, once someone asks for it. Without it they live in the open page alone.
import { NO_LOCK, ask, passphrase, say, shortDay } from './ask.js'
import { NOT_GONE, buttonToForget, forget, hold, kept, notifyDamaged, save, stop, take } from './kept.js'
import { make } from './live.js'
import * as store from './store.js'
import { foreign, watch } from './tabs.js'
import { button, notice, show, until } from './where.js'

const FOR_HOW_LONG = [['today', WORDS`keep.until_the_end_of_today`], ['7', WORDS`keep.7_days`], ['30', WORDS`keep.30_days`], ['always', WORDS`keep.until_i_erase_it`]]

/** The Keep button. */
export async function open(page) {
  if (kept?.paused) {
    page.say(WORDS`keep.choose_first`)
    return document.querySelector('.notice button')?.focus()
  }
  if (kept) return change(page)
  const found = await store.get(page.sheet.id).catch(() => ({}))
  if (found.damaged) notifyDamaged(page)
  if (found.record) return foreign(page, found.record)
  const asked = await askHow()
  if (asked) await begin(page, asked)
}

async function askHow() {
  const lock = await import('./lock.js').catch(() => null)
  const times = FOR_HOW_LONG.map(([value, words]) => make('label', { class: 'option' },
    make('input', { type: 'radio', name: 'long', value, ...(value === '7' && { checked: '', autofocus: '' }) }), make('span', {}, words)))
  const long = make('fieldset', { class: 'field' }, make('legend', {}, WORDS`keep.how_long`), make('div', { class: 'options' }, ...times))
  const pass = passphrase(WORDS`shared.passphrase`, WORDS`keep.hint_for_passphrase`, WORDS`shared.lock_it`)
  const intro = say(WORDS`keep.where_it_stays`)
  const file = location.protocol === 'file:' ? [say(WORDS`keep.opened_from_a_file`)] : []
  const asked = await ask(WORDS`keep.keep_on_this_device`, [intro, ...file, long, ...(lock ? lock.canLock() ? [pass.box] : [] : [say(NO_LOCK)])], [['keep', WORDS`shared.keep`], ['', WORDS`shared.go_back`]])
  return asked === 'keep' ? { long: long.querySelector(':checked').value, words: pass.input.value } : null
}

async function begin(page, { long, words }) {
  const { key, locked } = words ? await (await import('./lock.js')).newKey(words) : {}
  hold({ expires: store.expiry(long), known: null, key, lock: locked })
  watch(page)
  await save(page)
  if (kept && !kept.paused) page.say(WORDS`shared.kept_on_this_device until=${until(kept)}`)
}

/** Keep is pressed on a sheet that is kept. */
async function change(page) {
  const body = [say(WORDS`keep.ask_to_stop until=${until(kept)}`)]
  if (await ask(WORDS`shared.kept`, body, [['', WORDS`shared.go_back`], ['stop', WORDS`keep.stop_keeping`]]) !== 'stop') return
  page.say(await stop(page) ? WORDS`keep.no_longer_kept` : NOT_GONE)
}

/**
 * Keep this sheet no more. Unless all sheets are about to go, take it off the device, with what was set aside of it.
 * Gives { gone }: false when the device still has it.
 */
export async function erase(page, all) {
  let gone = true
  if (all) await forget()
  else {
    await store.dropAside(page.sheet.id).catch(() => {})
    gone = await stop(page)
  }
  document.querySelector('.notice')?.remove()
  return { gone }
}

/** At the opening of a page: bring back what was kept. */
export async function restore(page) {
  let found
  try {
    found = await store.get(page.sheet.id)
    await store.sweep()
    found.damaged ||= !found.record && (await store.setAside(page.sheet.id)).length > 0
  } catch {
    return // nothing can be kept here; the Keep button will say so
  }
  if (found.damaged) notifyDamaged(page)
  if (found.expired) page.say(WORDS`keep.expired`)
  if (!found.record) return
  watch(page)
  if (Object.keys(page.answers()).length) foreign(page, found.record)
  else if (found.record.locked) notifyLocked(page, found.record)
  else await welcome(page, found.record)
}

/** False when nothing came back. */
async function welcome(page, record) {
  if (!await take(page, record)) return false
  const { version } = page.sheet
  page.say(record.version === version ? WORDS`keep.answers_are_back day=${shortDay(record.saved)}`
    : WORDS`keep.older_answers_are_back day=${shortDay(record.saved)} version=${record.version} version_here=${version}`)
  return true
}

function notifyLocked(page, record) {
  hold({ expires: record.expires, known: record.saved, paused: true })
  const box = notice(WORDS`keep.is_locked`, button(WORDS`shared.open`, async () => {
    if (Object.keys(page.answers()).length) foreign(page, record)
    else if (await welcome(page, record)) {
      box.remove()
      Object.assign(document.querySelector('h1'), { tabIndex: -1 }).focus()
    }
  }, 'btn'), buttonToForget(page))
  import('./lock.js').catch(() => {}) // so that it opens offline as well
  show(kept, WORDS`keep.locked_copy`)
}
