// What script adds to a worksheet: buttons for the answers, and a quick way out.
// Without it the form is complete: it can be filled in, printed, and left.
import { clear, definition, read, write } from './answers.js'
import * as live from './live.js'

const AWAY = 'https://www.wikipedia.org/'
const KEPT = 'points-and-steps/' // how the database of store.js begins, which is loaded only when there is one
const PARTS = {
  keep: () => import('./keep.js'),
  file: () => import('./file.js'),
  erase: () => import('./erase.js'),
  take: () => import('./take.js'),
  renew: () => import('./renew.js'),
}
const ACTS = {
  keep: () => use('keep'),
  print: () => print(),
  file: () => use('file'),
  erase: () => use('erase'),
  more: () => use('take'),
}

const form = document.querySelector('form[data-worksheet]')
const sheet = form && definition(form)
let leaving = false
let setting = false

const page = form && {
  form,
  sheet,
  unsaved: false,
  /** Answers to questions that this version of the sheet no longer asks: [[field id, value]]. */
  gone: [],
  answers: () => read(form, sheet.fields),
  /** Tell every part that answers have changed by other means than typing. */
  changed: () => form.dispatchEvent(new Event('input', { bubbles: true })),
  /** Whether the change that is being told came from a file or the device, and not from the person. */
  isSetting: () => setting,
  set,
  say,
  use,
  missing,
}

/** Put these answers in place of those on the sheet. What has no place on it is shown apart. */
function set(answers, gone = []) {
  setting = true
  try {
    clear(form)
    page.gone = [...gone, ...write(form, sheet.fields, answers, (table) => live.addRow(form, table))]
    page.changed()
  } finally {
    setting = false
  }
  if (page.gone.length || document.querySelector('.strangers')) {
    Promise.all([import('./strangers.js'), live.style()]).then(([{ show }]) => show(page))
  }
}

/** One sentence beside the buttons, read out when the reader is idle. */
function say(sentence) {
  document.querySelector('.said').textContent = sentence
}

/** Run a part that is loaded when it is first needed. */
async function use(part, act = 'open', ...rest) {
  let module
  try {
    [module] = await Promise.all([PARTS[part](), live.style()])
  } catch {
    return missing()
  }
  return module[act](page, ...rest)
}

/** A part did not come: there is no connection, or a newer version of the site has other parts. */
function missing() {
  const said = () => say(WORDS`main.part_did_not_arrive`)
  return PARTS.renew().then(({ offer }) => offer(page)).catch(said)
}

/** The buttons stand on the page already, out of sight while nothing answers them. */
function showBar() {
  const bar = document.querySelector('.tools')
  bar.addEventListener('click', ({ target }) => ACTS[target.closest('button')?.dataset.act]?.())
  bar.hidden = false
}

/**
 * Blank this page, then open another in its place, so that Back does not return here.
 * What is being kept is waited for, not longer than a blink: a page that goes takes an unfinished save with it.
 */
async function leave(event) {
  event?.preventDefault()
  leaving = true
  const saves = []
  form?.dispatchEvent(new CustomEvent('leaving', { detail: saves }))
  document.title = ''
  document.body.remove()
  if (saves.length) await Promise.race([Promise.allSettled(saves), new Promise((done) => setTimeout(done, 400))])
  try {
    top.location.replace(AWAY) // out of a frame too
  } catch {
    location.replace('about:blank')
  }
}

/** In a frame, where the clinic has named sites that may show it: `?embed` takes away our name and foot. */
function embed() {
  const named = document.querySelector('meta[name=embed]')
  const asked = new URLSearchParams(location.search).has('embed')
  if (named && asked && top !== window) import('./embed.js').then(({ start }) => start(named.content.split(' ')))
}

/** A link within the page makes no entry in the history, which Back would return to after leaving. */
function stayInOneEntry(event) {
  const link = event.target.closest?.('a[href^="#"]')
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  location.replace(link.href)
}

function watchDisplay() {
  const button = document.querySelector('[data-display]')
  button.onclick = () => Promise.all([import('./display.js'), live.style()]).then(([{ open }]) => open()).catch(missing)
  button.classList.add('on')
}

function watchLeaving() {
  let pressed = []
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.repeat) return
    pressed = [...pressed.slice(-2), event.timeStamp]
    if (pressed.length === 3 && pressed[2] - pressed[0] < 1500) leave()
  }, true)
  document.querySelector('.exit')?.addEventListener('click', leave)
  document.addEventListener('click', stayInOneEntry)
  addEventListener('beforeunload', (event) => {
    if (!leaving && page?.unsaved && (page.gone.length || Object.keys(page.answers()).length)) event.preventDefault()
  })
}

/** A file let fall anywhere is loaded. Otherwise the browser would open it in place of the sheet. */
function watchFiles() {
  const carriesFile = (event) => [...event.dataTransfer?.types ?? []].includes('Files')
  addEventListener('dragover', (event) => { if (carriesFile(event)) event.preventDefault() })
  addEventListener('drop', (event) => {
    if (!carriesFile(event)) return
    event.preventDefault()
    use('file', 'load', event.dataTransfer.files[0])
  })
}

/** What is needed to keep and to save is fetched once someone writes, so that it works offline from then on. */
function watchWriting() {
  form.addEventListener('input', () => { page.unsaved ||= !setting })
  form.addEventListener('input', () => {
    (window.requestIdleCallback ?? setTimeout)(() => Object.values(PARTS).forEach((part) => part().catch(() => {})))
  }, { once: true })
}

async function bringBack() {
  const found = await Promise.resolve().then(() => indexedDB.databases()).catch(() => null)
  if (!found || found.some((one) => one.name.startsWith(KEPT))) use('keep', 'restore')
}

watchDisplay()
watchLeaving()
if (navigator.serviceWorker?.controller) Promise.all([import('./newer.js'), live.style()]).then(([{ watch }]) => watch())
if (form) {
  document.documentElement.classList.add('js')
  showBar()
  watchFiles()
  watchWriting()
  const away = document.querySelector('.private [href="#blank_sheet"]')?.parentElement
  away?.replaceChildren(Object.assign(document.createElement('strong'), { textContent: WORDS`shared.only_you_can_see` }),
    WORDS`main.what_happens`)
  live.start(page)
  bringBack()
  embed()
}
