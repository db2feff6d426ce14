// Saving the answers to a file, and loading one. Without it a sheet can be printed, or filled in as a PDF.
import { NO_LOCK, ask, askToOpen, download, passphrase, say, today } from './ask.js'
import { make } from './live.js'
import { MOST_BYTES, Unreadable, fromText, toText, welcome } from './sheetfile.js'

/** The Save file button. */
export async function open(page) {
  const locks = await import('./lock.js').catch(() => null)
  const pass = passphrase(WORDS`shared.passphrase`, WORDS`file.hint_for_passphrase`, WORDS`shared.lock_it`)
  const intro = say(WORDS`file.where_it_goes`)
  const asked = await ask(WORDS`file.save_to_a_file`, [intro, ...(locks ? locks.canLock() ? [pass.box] : [] : [say(NO_LOCK)])], [['save', WORDS`file.save`], ['load', WORDS`shared.load_a_file`], ['', WORDS`shared.go_back`]])
  if (asked === 'load') choose(page)
  if (asked === 'save') await save(page, pass.input.value)
}

async function save(page, words) {
  const text = toText(page.sheet, page.answers(), page.gone)
  const name = words ? `sheet-${today()}.jwe` : `${page.sheet.id}-${today()}.json`
  page.unsaved = false // whatever is typed from here on makes it true again
  const content = words ? await (await import('./lock.js')).lock(text, words) : text
  if (new Blob([content]).size > MOST_BYTES) {
    page.unsaved = true
    return page.say(WORDS`file.too_much`)
  }
  download(name, content, words ? 'application/jose' : 'application/json')
  page.say(WORDS`file.saved name=${name}`)
}

/** Let the person choose a file to load. */
export function choose(page) {
  const input = make('input', { type: 'file', class: 'vh', 'aria-label': WORDS`file.a_saved_sheet` })
  input.addEventListener('change', () => { load(page, input.files[0]); input.remove() })
  input.addEventListener('cancel', () => input.remove())
  document.body.append(input)
  input.click()
}

/** Put the answers of a file on the sheet; say so plainly if that cannot be. */
export async function load(page, file) {
  if (!file) return
  try {
    const found = fromText(await content(file), page.sheet)
    if (!await mayReplace(page)) return page.say(WORDS`file.nothing_has_changed`)
    page.set(found.answers, found.gone)
    page.unsaved = true
    page.form.dispatchEvent(new Event('loaded'))
    page.say(welcome(found.version, page.sheet, page.gone))
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    page.say(error.message)
  }
}

async function content(file) {
  if (file.size > MOST_BYTES) throw new Unreadable(WORDS`file.too_large`)
  let text
  try {
    text = await file.text()
  } catch {
    throw new Unreadable(WORDS`file.cannot_be_read`)
  }
  if (!/^\s*eyJ[\w-]*\./.test(text)) return text
  const lock = await import('./lock.js').catch(() => { throw new Unreadable(WORDS`file.cannot_unlock`) })
  if (!lock.isLocked(text)) throw new Unreadable(WORDS`shared.this_file_is_damaged`)
  const opened = await askToOpen(WORDS`file.open_a_locked_file`, (words) => lock.unlock(text, words))
  if (opened === null) throw new Unreadable(WORDS`file.stays_locked`)
  return opened
}

/** Answers on the sheet are replaced only after asking. */
async function mayReplace(page) {
  if (!Object.keys(page.answers()).length && !page.gone.length) return true
  return await ask(WORDS`file.ask_to_replace`, [say(WORDS`file.what_replacing_does`)], [['', WORDS`shared.go_back`], ['replace', WORDS`file.replace`]]) === 'replace'
}
