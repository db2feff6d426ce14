// Keeping the answers of a sheet on this device, once someone asks for it. Without it they live in the open page alone.
import { NO_LOCK, ask, passphrase, say, shortDay } from './ask.js'
import { NOT_GONE, buttonToForget, forget, hold, kept, notifyDamaged, save, stop, take } from './kept.js'
import { make } from './live.js'
import * as store from './store.js'
import { foreign, watch } from './tabs.js'
import { button, notice, show, until } from './where.js'

const FOR_HOW_LONG = [['today', 'Until the end of today'], ['7', '7 days'], ['30', '30 days'], ['always', 'Until I erase it']]

/** The Keep button. */
export async function open(page) {
  if (kept?.paused) {
    page.say('First choose in the box above the sheet.')
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
  const long = make('fieldset', { class: 'field' }, make('legend', {}, 'How long?'), make('div', { class: 'options' }, ...times))
  const pass = passphrase('Passphrase', 'Four words that do not belong together are good. If you forget it, no one can open what you kept.', 'Lock it with a passphrase')
  const intro = say('Your answers stay in this browser, on this device. Nothing is sent. On a shared phone or computer, do not keep.')
  const file = location.protocol === 'file:' ? [say('You opened this page from a file. Other files that are opened in this browser may be able to read what you keep, unless you lock it.')] : []
  const asked = await ask('Keep on this device', [intro, ...file, long, ...(lock ? lock.canLock() ? [pass.box] : [] : [say(NO_LOCK)])], [['keep', 'Keep'], ['', 'Go back']])
  return asked === 'keep' ? { long: long.querySelector(':checked').value, words: pass.input.value } : null
}

async function begin(page, { long, words }) {
  const { key, locked } = words ? await (await import('./lock.js')).newKey(words) : {}
  hold({ expires: store.expiry(long), known: null, key, lock: locked })
  watch(page)
  await save(page)
  if (kept && !kept.paused) page.say(`Kept on this device ${until(kept)}.`)
}

/** Keep is pressed on a sheet that is kept. */
async function change(page) {
  const body = [say(`Kept on this device ${until(kept)}. If you stop, it is erased from this device. What you see stays here until you close the page.`)]
  if (await ask('Kept', body, [['', 'Go back'], ['stop', 'Stop keeping']]) !== 'stop') return
  page.say(await stop(page) ? 'No longer kept. Your answers go when you close the page.' : NOT_GONE)
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
  if (found.expired) page.say('The time you chose is over, so what you kept of this sheet is erased from this device.')
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
  page.say(record.version === version ? `Your answers of ${shortDay(record.saved)} are back.`
    : `Your answers of ${shortDay(record.saved)} are back. You gave them on version ${record.version} of this sheet; this is version ${version}.`)
  return true
}

function notifyLocked(page, record) {
  hold({ expires: record.expires, known: record.saved, paused: true })
  const box = notice('What you kept of this sheet is locked with your passphrase.', button('Open', async () => {
    if (Object.keys(page.answers()).length) foreign(page, record)
    else if (await welcome(page, record)) {
      box.remove()
      Object.assign(document.querySelector('h1'), { tabIndex: -1 }).focus()
    }
  }, 'btn'), buttonToForget(page))
  import('./lock.js').catch(() => {}) // so that it opens offline as well
  show(kept, 'A locked copy of this sheet is kept on this device.')
}
