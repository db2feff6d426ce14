// Saving the answers to a file, and loading one. Without it a sheet can be printed, or filled in as a PDF.
import { NO_LOCK, ask, askToOpen, download, passphrase, say, today } from './ask.js'
import { make } from './live.js'
import { MOST_BYTES, Unreadable, fromText, toText, welcome } from './sheetfile.js'

/** The Save file button. */
export async function open(page) {
  const locks = await import('./lock.js').catch(() => null)
  const pass = passphrase('Passphrase', 'Four words that do not belong together are good. If you forget it, no one can open the file.', 'Lock it with a passphrase')
  const intro = say('The file goes where your browser puts downloads. Load it here later, on any device. Whoever finds it can read it, unless you lock it.')
  const asked = await ask('Save to a file', [intro, ...(locks ? locks.canLock() ? [pass.box] : [] : [say(NO_LOCK)])], [['save', 'Save'], ['load', 'Load a file'], ['', 'Go back']])
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
    return page.say('This is more than a saved sheet may hold, so nothing is saved. Print it, or copy it as text.')
  }
  download(name, content, words ? 'application/jose' : 'application/json')
  page.say(`Saved as ${name}. Look in your downloads.`)
}

/** Let the person choose a file to load. */
export function choose(page) {
  const input = make('input', { type: 'file', class: 'vh', 'aria-label': 'A saved sheet' })
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
    if (!await mayReplace(page)) return page.say('Nothing has changed.')
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
  if (file.size > MOST_BYTES) throw new Unreadable('This file is too large to be a saved sheet. Nothing has changed.')
  let text
  try {
    text = await file.text()
  } catch {
    throw new Unreadable('This file cannot be read. Nothing has changed.')
  }
  if (!/^\s*eyJ[\w-]*\./.test(text)) return text
  const lock = await import('./lock.js').catch(() => { throw new Unreadable('The part that opens locked files did not arrive. If you are offline, try again later.') })
  if (!lock.isLocked(text)) throw new Unreadable('This file is damaged, or it is not a saved sheet. Nothing has changed.')
  const opened = await askToOpen('Open a locked file', (words) => lock.unlock(text, words))
  if (opened === null) throw new Unreadable('The file stays locked. Nothing has changed.')
  return opened
}

/** Answers on the sheet are replaced only after asking. */
async function mayReplace(page) {
  if (!Object.keys(page.answers()).length && !page.gone.length) return true
  return await ask('Replace what is on this sheet?', [say('The answers in the file take the place of those you see. This cannot be undone.')], [['', 'Go back'], ['replace', 'Replace']]) === 'replace'
}
