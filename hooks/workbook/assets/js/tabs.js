// The same sheet open in two tabs: the newer edit stays on the device, the other tab says so and loses nothing.
import { clock, shortDay } from './ask.js'
import { buttonToForget, contentOf, end, hold, isWaiting, kept, save, soon, take, unlocked } from './kept.js'
import * as store from './store.js'
import { button, notice, show, until } from './where.js'

const ELSEWHERE = WORDS`tabs.erased_elsewhere`
const CLEARED = WORDS`tabs.cleared_elsewhere`
let watched = false

/** From now on save what is typed, and hear of other tabs. */
export function watch(page) {
  if (watched) return
  watched = true
  page.form.addEventListener('input', () => { if (!page.isSetting()) soon(page) })
  page.form.addEventListener('loaded', () => soon(page))
  page.form.addEventListener('leaving', ({ detail }) => kept && detail.push(save(page)))
  addEventListener('pagehide', () => { if (isWaiting()) save(page) })
  document.addEventListener('visibilitychange', () => (document.hidden ? isWaiting() && save(page) : check(page)))
  addEventListener('pageshow', (event) => { if (event.persisted) check(page) })
  store.tabs.addEventListener('message', ({ data }) => heard(page, data))
}

function heard(page, { worksheet, saved, erased }) {
  if (!kept || (!erased && worksheet !== page.sheet.id)) return
  if (erased || saved === null) goneElsewhere(page, ELSEWHERE)
  else if (saved !== kept.known) check(page)
}

/** Look whether the record is still the one we know. */
async function check(page) {
  const found = kept && !kept.paused && await store.get(page.sheet.id).catch(() => null)
  if (!found || !kept || kept.paused || kept.known === null) return
  if (found.expired) await end(page)
  else if (!found.record) goneElsewhere(page)
  else if (found.record.saved !== kept.known) await overtaken(page, found.record)
}

/** The record is there no more: another tab has erased it, or the browser or someone has cleared what sites keep. */
export function goneElsewhere(page, how = CLEARED) {
  if (!kept || kept.known === null) return
  hold(null)
  page.unsaved = true
  show(null)
  const words = WORDS`tabs.not_kept how=${how}`
  notice(words)
  page.say(words)
}

/** Another tab saved after us. Its record stays; what stands here stays on the screen; the person chooses. */
export async function overtaken(page, record) {
  const content = await contentOf(record)
  if (content && JSON.stringify(content.answers) === JSON.stringify(page.answers())) {
    hold({ ...kept, known: record.saved, expires: record.expires })
    return
  }
  page.unsaved = true
  choose(page, WORDS`tabs.changed_elsewhere time=${clock(record.saved)}`, record)
}

const isBlank = ({ locked, answers, gone }) => !locked && !Object.keys(answers).length && !gone.length

/** A page with answers of its own meets a sheet that is kept. */
export function foreign(page, record) {
  watch(page)
  hold({ expires: record.expires, known: record.saved })
  if (isBlank(record)) { // nothing to choose from: someone was quicker than the device
    show(kept)
    return soon(page)
  }
  choose(page, WORDS`tabs.kept_already day=${shortDay(record.saved)} time=${clock(record.saved)}`, record)
}

function choose(page, words, record) {
  hold({ ...kept, paused: true })
  const latest = async () => (await store.get(page.sheet.id)).record ?? record
  const theirs = button(WORDS`tabs.show_what_is_kept`, async () => {
    if (!await take(page, await latest())) return
    box.remove()
    page.say(WORDS`shared.kept_on_this_device until=${until(kept)}`)
  }, 'btn')
  const ours = button(WORDS`tabs.keep_what_is_here`, async () => {
    const last = await latest()
    if (last.locked && !await contentOf(last) && !await unlocked(page, last)) return
    hold({ ...kept, known: last.saved, paused: false })
    box.remove()
    await save(page)
    if (kept && !kept.paused) page.say(WORDS`shared.kept_on_this_device until=${until(kept)}`)
  })
  const aside = button(WORDS`shared.save_file`, () => page.use('file'))
  const box = notice(WORDS`tabs.to_have_both what=${words}`, theirs, ours, aside, ...(record.locked ? [buttonToForget(page)] : []))
  show(kept)
  page.say(words)
}
