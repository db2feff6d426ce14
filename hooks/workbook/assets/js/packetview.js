// What someone sees who was given a packet: its parts in order, a tick for each, and a way to print it all.
import { shortDay } from './ask.js'
import { make } from './live.js'
import { SESSION, curated, said, sums, write } from './packetlink.js'
import { paper } from './packetprint.js'

const KEPT = 'points-and-steps/' // how the database of store.js begins, which is loaded only when there is one
const DAYS = '30'

export function open(place, parts, catalogue, root) {
  const key = `packet ${write(parts)}`
  const boxes = parts.map((part) => tick(part, catalogue))
  const status = make('p', { role: 'status', class: 'said-here' })
  const keep = make('button', { type: 'button', class: 'btn second' }, WORDS`packetview.keep_ticks`)
  const ticks = { key, boxes, status, keep, known: null }
  keep.addEventListener('click', () => (ticks.known === null ? save(ticks) : forget(ticks)))
  place.setAttribute('aria-labelledby', 'mine_')
  place.replaceChildren(
    make('header', { class: 'title' },
      make('h1', { id: 'mine_', tabindex: '-1' }, title(parts, catalogue)),
      make('p', { class: 'lead' }, said(sums(parts, catalogue))),
      make('p', {}, WORDS`packetview.who_chose`)),
    make('p', { class: 'private' }, root.querySelector('template').content.cloneNode(true),
      make('span', {}, make('strong', {}, WORDS`packetview.private`), WORDS`packetview.what_happens`)),
    make('ol', { class: 'parts' }, ...parts.map((part, n) => item(part, catalogue, boxes[n]))),
    make('p', { class: 'buttons' }, keep, make('a', { class: 'btn second', href: `${write(parts)}&change` }, WORDS`packetview.change_this_packet`)),
    status,
    paper(parts, catalogue),
  )
  for (const box of boxes) box.addEventListener('change', () => { if (ticks.known !== null) save(ticks) })
  restore(ticks)
}

function title(parts, catalogue) {
  const known = curated(parts, catalogue)
  if (known) return catalogue.packets[known].title
  return parts.length === 1 ? catalogue[parts[0].kind][parts[0].id].title : WORDS`packetview.your_packet`
}

const tick = ({ kind, id }) => make('input', { type: 'checkbox', id: `done-${kind}-${id.replaceAll('/', '-')}`, value: `${kind}:${id}` })

function item({ kind, id }, catalogue, box) {
  const { title, about, minutes, pages, session } = catalogue[kind][id]
  const time = kind === 'p' ? WORDS`packet.minutes_to_read minutes=${minutes}` : WORDS`shared.minutes minutes=${minutes}`
  const on = pages ? WORDS`packetview.on_paper pages=${pages}` : ''
  const done = make('label', { class: 'option' }, box, make('span', {}, WORDS`shared.done`, make('span', { class: 'vh' }, `: ${title}`)))
  return make('li', {}, make('div', {},
    make('h2', {}, make('a', { href: kind === 'w' ? `../worksheets/${id}/` : `../${id}/` }, title)),
    ...(about ? [make('p', {}, about)] : []),
    ...(session ? [make('p', {}, make('strong', {}, SESSION[0]), SESSION[1])] : []),
    make('p', { class: 'soft' }, time + on)), done)
}

// ---- ticks, kept only when someone asks

const record = ({ key, boxes }, expires) => {
  const done = boxes.filter((box) => box.checked).map((box) => box.value)
  return { worksheet: key, version: 1, saved: Date.now(), expires, answers: { done }, gone: [] }
}

async function save(ticks) {
  const store = await import('./store.js').catch(() => null)
  if (!store) {
    ticks.status.textContent = WORDS`packetview.part_did_not_arrive`
    return
  }
  try {
    const made = record(ticks, store.expiry(DAYS))
    if (await store.put(made, ticks.known)) tell(ticks, made, store)
    else if (ticks.known === null) await join(ticks, store)
    else await restore(ticks) // another tab was faster: its ticks are the newer ones
  } catch {
    ticks.status.textContent = WORDS`packetview.cannot_keep`
  }
}

/** Another tab keeps ticks already, and those here were never kept: have both. */
async function join(ticks, store) {
  const { record: found } = await store.get(ticks.key)
  if (!found) return
  const done = doneIn(found)
  for (const box of ticks.boxes) box.checked ||= done.includes(box.value)
  tell(ticks, found, store)
  await save(ticks)
}

const doneIn = ({ answers }) => (Array.isArray(answers?.done) ? answers.done : [])

async function forget(ticks) {
  const { remove } = await import('./store.js')
  await remove(ticks.key)
  notKept(ticks, WORDS`packetview.no_longer_kept`)
}

function notKept(ticks, words) {
  ticks.known = null
  ticks.keep.textContent = WORDS`packetview.keep_ticks`
  ticks.status.textContent = words
}

/** Say that they are kept, and hear from then on of tabs that tick or erase. */
function tell(ticks, { saved, expires }, store) {
  if (!ticks.watched) store.tabs.addEventListener('message', ({ data }) => heard(ticks, data))
  ticks.watched = true
  ticks.known = saved
  ticks.keep.textContent = WORDS`packetview.stop_keeping`
  ticks.status.textContent = WORDS`packetview.ticks_kept day=${shortDay(expires - 1)}`
}

function heard(ticks, { worksheet, saved, erased }) {
  if (ticks.known === null || (!erased && worksheet !== ticks.key)) return
  if (erased || saved === null) notKept(ticks, WORDS`packetview.erased_elsewhere`)
  else restore(ticks)
}

/** Nothing is made where there is nothing. */
async function restore(ticks) {
  const bases = await Promise.resolve().then(() => indexedDB.databases()).catch(() => null)
  const none = bases && !bases.some((one) => one.name.startsWith(KEPT))
  const store = none ? null : await import('./store.js').catch(() => null)
  const answer = none ? {} : await store?.get(ticks.key).catch(() => null)
  if (!answer) return // it cannot be looked at now
  const { record: found } = answer
  if (!found) return ticks.known === null ? undefined : notKept(ticks, WORDS`packetview.erased_elsewhere`)
  const done = doneIn(found)
  for (const box of ticks.boxes) box.checked = done.includes(box.value)
  tell(ticks, found, store)
}
