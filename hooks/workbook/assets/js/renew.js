// For a page that is older than the site it came from, whose parts are gone. It opens the newer page and hands over what was
// written, from one window to the other: nothing is stored, nothing is sent. Without it a sentence says that a part did not arrive.
import { toText } from './sheetfile.js'
import { button, notice } from './where.js'

const GONE = WORDS`renew.gone`
const BY_HAND = WORDS`renew.by_hand`
const PATIENT = 20_000
const A_BLINK = 50

const blink = () => new Promise((done) => setTimeout(done, A_BLINK))

/**
 * Offer to open the page anew. Fails when the server does not answer: then there is nothing newer to be had.
 * The page is asked for past the browser's cache, into which it goes: some hosts let browsers keep a page for minutes.
 */
export async function offer(page) {
  const newer = await fetch('', { cache: 'reload', referrerPolicy: 'no-referrer' })
  await newer.text() // before all of it has come, a browser may open what it had
  const written = page.unsaved && (page.gone.length || Object.keys(page.answers()).length)
  if (written) notice(WORDS`renew.still_here what=${GONE}`, button(WORDS`renew.open_with_answers`, () => handOver(page), 'btn'))
  else notice(WORDS`renew.load_for_all_parts what=${GONE}`, button(WORDS`renew.load_it_again`, () => location.reload(), 'btn'))
  document.querySelector('.notice button').focus()
}

async function handOver(page) {
  const fresh = open(location.href)
  const arrived = await give(fresh, toText(page.sheet, page.answers(), page.gone)).catch(() => false)
  if (arrived) page.unsaved = false
  notice(arrived ? WORDS`renew.handed_over` : BY_HAND)
}

/** Let the answers fall onto the other page as a file, which is what any version of it takes. False when it does not. */
async function give(fresh, text) {
  const until = Date.now() + PATIENT
  const ready = async (holds) => {
    while (!holds()) {
      if (Date.now() > until) throw new Error('too late')
      await blink()
    }
  }
  await ready(() => fresh.document.documentElement?.matches('.js')) // while a page comes, it may have no element yet
  const dataTransfer = new fresh.DataTransfer()
  dataTransfer.items.add(new fresh.File([text], 'sheet.json', { type: 'application/json' }))
  fresh.document.body.dispatchEvent(new fresh.DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }))
  await ready(() => fresh.document.querySelector('.said').textContent)
  return [...new FormData(fresh.document.querySelector('form[data-worksheet]')).values()].some(Boolean) // or it said why not
}
