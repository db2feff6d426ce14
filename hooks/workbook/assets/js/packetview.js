// What someone sees who was given a packet: its parts in order, a tick for each, and a way to print it all.
import { shortDay } from './ask.js'
import { make } from './live.js'
import { SESSION, curated, said, sums, write } from './packetlink.js'
import { paper } from './packetprint.js'

const KEPT = 'points-and-steps' // the database of store.js, which is loaded only when there is one
const DAYS = '30'

export function open(place, parts, catalogue, root) {
  const key = `packet ${write(parts)}`
  const boxes = parts.map((part) => tick(part, catalogue))
  const status = make('p', { role: 'status', class: 'said-here' })
  const keep = make('button', { type: 'button', class: 'btn second' }, 'Keep my ticks on this device')
  const ticks = { key, boxes, status, keep, known: null }
  keep.addEventListener('click', () => (ticks.known === null ? save(ticks) : forget(ticks)))
  place.setAttribute('aria-labelledby', 'mine_')
  place.replaceChildren(
    make('header', { class: 'title' },
      make('h1', { id: 'mine_', tabindex: '-1' }, title(parts, catalogue)),
      make('p', { class: 'lead' }, said(sums(parts, catalogue))),
      make('p', {}, 'Someone chose these for you, or you did. Take them in this order or in another. Skip what does not fit.')),
    make('p', { class: 'private' }, root.querySelector('template').content.cloneNode(true),
      make('span', {}, make('strong', {}, 'Only you can see what you write and tick.'), ' Nothing is sent. The link holds names of sheets, and nothing about you. Ticks go when you close the page, unless you keep them.')),
    make('ol', { class: 'parts' }, ...parts.map((part, n) => item(part, catalogue, boxes[n]))),
    make('p', { class: 'buttons' }, keep, make('a', { class: 'btn second', href: `${write(parts)}&change` }, 'Change this packet')),
    status,
    paper(parts, catalogue),
  )
  for (const box of boxes) box.addEventListener('change', () => { if (ticks.known !== null) save(ticks) })
  restore(ticks)
}

function title(parts, catalogue) {
  const known = curated(parts, catalogue)
  if (known) return catalogue.packets[known].title
  return parts.length === 1 ? catalogue[parts[0].kind][parts[0].id].title : 'Your packet'
}

const tick = ({ kind, id }) => make('input', { type: 'checkbox', id: `done-${kind}-${id.replaceAll('/', '-')}`, value: `${kind}:${id}` })

function item({ kind, id }, catalogue, box) {
  const { title, about, minutes, pages, session } = catalogue[kind][id]
  const time = `${minutes} minute${minutes === 1 ? '' : 's'}${kind === 'p' ? ' to read' : ''}`
  const on = pages ? ` · ${pages} page${pages === 1 ? '' : 's'} on paper` : ''
  const done = make('label', { class: 'option' }, box, make('span', {}, 'Done', make('span', { class: 'vh' }, `: ${title}`)))
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
    ticks.status.textContent = 'That part of the page did not arrive. Load the page again, then tick and keep.'
    return
  }
  try {
    const made = record(ticks, store.expiry(DAYS))
    if (await store.put(made, ticks.known)) tell(ticks, made)
    else await restore(ticks) // another tab was faster: its ticks are the newer ones
  } catch {
    ticks.status.textContent = 'This browser lets nothing be kept here. Your ticks stay until you close the page.'
  }
}

async function forget(ticks) {
  const { remove } = await import('./store.js')
  await remove(ticks.key)
  ticks.known = null
  ticks.keep.textContent = 'Keep my ticks on this device'
  ticks.status.textContent = 'Your ticks are no longer kept.'
}

function tell(ticks, { saved, expires }) {
  ticks.known = saved
  ticks.keep.textContent = 'Stop keeping my ticks'
  ticks.status.textContent = `Your ticks are kept until ${shortDay(expires - 1)}. Anyone who uses this browser can see them.`
}

/** Nothing is made where there is nothing. */
async function restore(ticks) {
  const bases = await Promise.resolve().then(() => indexedDB.databases()).catch(() => null)
  if (bases && !bases.some((one) => one.name === KEPT)) return
  const { record: found } = await import('./store.js').then(({ get }) => get(ticks.key)).catch(() => ({}))
  if (!found) return
  const done = Array.isArray(found.answers?.done) ? found.answers.done : []
  for (const box of ticks.boxes) box.checked = done.includes(box.value)
  tell(ticks, found)
}
