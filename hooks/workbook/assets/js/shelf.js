// The shelf: choices that hide the sheets which do not fit, and a list of those kept on this device.
// Without it, every sheet stands there in groups.

const KEPT = 'points-and-steps/' // how the database of store.js begins, which is loaded only when there is one
const MOST = 6
const MUCH = 1000 // points: more than words bring
const FIRST = 24 // cards that are drawn before the others are moved: more than a screen holds
const form = document.querySelector('.find')
const status = form.querySelector('[role=status]')
const groups = [...document.querySelectorAll('.group:not(.fitting)')]
const cards = groups.flatMap((group) => [...group.querySelectorAll('.card')])

const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/’/g, "'").toLowerCase()
const home = new Map(cards.map((card) => [card, card.parentElement]))
const fitting = document.querySelector('.fitting')
const alarm = new RegExp(form.dataset.alarm)

/** How near a card is to what was chosen: 0 is nearest; below 0 it does not fit. Sheets name their main need first. */
const NEAR = {
  need: ({ dataset }, need) => dataset.need.split(' ').indexOf(need),
  point: ({ dataset }, point) => dataset.point === point ? 0 : -1,
  time: ({ dataset }, most) => Number(dataset.time) <= Number(most) ? 0 : -1,
  road: ({ dataset }, road) => [road, 'both'].indexOf(dataset.road), // what is for both roads fits either
}

let find // find.js with all words, once they are there; null when they did not arrive
let asked = false
let moved = false // cards out of their groups
let turn = 0 // of arranging them: the next may come while some are still to follow

async function fetchWords() {
  asked = true
  const finding = import('./find.js')
  const coming = Promise.all([finding, import('./sheetwords.js')])
  coming.catch(() => null) // it may fail before anyone waits for it
  await finding.catch(() => null) // both are asked for by now, and the page may be busy
  const about = cards.map((card) => [card.dataset.id, ...['h3', 'div'].map((part) => card.querySelector(part).textContent)])
  find = await coming.then(([{ finder }, words]) => finder(about, words)).catch(() => null)
  show()
}

/** The cards that fit, nearest first, then the shortest. `points`: by id, of what is typed; null when nothing is. */
function ranked(others, points, danger) {
  const first = (card) => danger && NEAR.need(card, 'crisis') >= 0 // whatever else fits
  const fit = []
  for (const card of cards) {
    const near = others.map(([name, value]) => NEAR[name](card, value))
    if (near.some((one) => one < 0) || !(!points || points.has(card.dataset.id) || first(card))) continue
    const worth = first(card) ? MUCH - NEAR.need(card, 'crisis') : points?.get(card.dataset.id) ?? 0
    fit.push([card, -worth, near.reduce((sum, one) => sum + one, 0), Number(card.dataset.time)])
  }
  return fit.sort((one, other) => one[1] - other[1] || one[2] - other[2] || one[3] - other[3]).map(([card]) => card)
}

/** Puts its picture on a card of a long list, where a thousand of them would hold up the page. */
function draw(card) {
  const { id, picture } = card.dataset
  if (!picture) return
  delete card.dataset.picture
  const image = new Image(...picture.split(' '))
  card.prepend(Object.assign(image, { className: 'thumb', alt: '', loading: 'lazy', decoding: 'async', src: `${id}/${id}.png` }))
}

const drawnWhenNear = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    if (!isIntersecting) continue
    drawnWhenNear.unobserve(target)
    const some = target.matches('.card') ? [target] : target.querySelectorAll('.card')
    some.forEach(draw)
  }
}, { rootMargin: '100%' })

/** Each card in its group; or, when something is chosen, those that fit in one list. */
function arrange(fit, some) {
  const list = fitting.querySelector('ul')
  const fits = new Set(fit)
  const back = moved && !some // all of them, so that they stand in order again
  moved = some
  for (const card of cards) {
    if (back || (card.parentElement === list && !fits.has(card))) home.get(card).append(card)
  }
  turn += 1
  if (some) {
    const [first, rest] = [fit.slice(0, FIRST), fit.slice(FIRST)]
    first.forEach(draw)
    list.prepend(...first)
    if (rest.length) follow(turn, () => { list.append(...rest); rest.forEach((card) => drawnWhenNear.observe(card)) })
  }
  for (const group of groups) group.hidden = some
  fitting.hidden = !some || !fit.length
}

/** When all that is there by now is drawn, unless they were arranged anew. */
function follow(mine, act) {
  requestAnimationFrame(() => setTimeout(() => { if (mine === turn) act() }))
}

function show() {
  const chosen = [...new FormData(form)].filter(([, value]) => value.trim())
  const typed = form.elements.words.value.trim()
  if (typed && !asked) fetchWords()
  const [points, all] = (typed && find?.(typed)) || [null, true]
  const danger = alarm.test(plain(typed))
  const fit = ranked(chosen.filter(([name]) => name !== 'words'), points, danger)
  const waiting = !danger && chosen.length === 1 && typed && find === undefined
  if (!waiting) arrange(fit, chosen.length > 0) // or all cards would be moved, and moved back when the words are there
  form.querySelector('.safety')?.toggleAttribute('hidden', form.elements.need.value !== 'crisis' && !danger)
  form.querySelector('.none').hidden = fit.length > 0
  form.querySelector('[type=reset]').hidden = !chosen.length
  const said = [status.dataset.some.replace('#', fit.length)]
  if (typed && find === undefined) said.push(WORDS`shelf.looking_for_your_words`)
  if (typed && find === null) said.push(WORDS`shelf.words_did_not_arrive`)
  if (!all && fit.length) said.push(WORDS`shelf.only_some_words_fit`)
  if (status.textContent !== said.join('. ')) status.textContent = said.join('. ')
  return chosen
}

/** The address holds what was chosen, so that a link or Back keeps it; never what was typed, which may be private. */
function tell(chosen) {
  const kept = new URLSearchParams(chosen.filter(([name]) => name !== 'words')).toString()
  if (kept || location.hash.includes('=')) history.replaceState(history.state, '', kept ? `#${kept}` : location.pathname + location.search)
}

function read() {
  if (location.hash && !location.hash.includes('=')) return // a heading
  const asked = new URLSearchParams(location.hash.slice(1))
  for (const control of form.querySelectorAll('select, input')) {
    if (control.name === 'words' && !asked.has('words')) continue
    control.value = asked.get(control.name) ?? ''
    if (control.selectedIndex < 0) control.value = ''
  }
}

/** Nothing is stored here, and nothing made where there is nothing. */
async function listKept() {
  const known = await Promise.resolve().then(() => indexedDB.databases()).catch(() => null)
  const some = !known || known.some((one) => one.name.startsWith(KEPT))
  const ids = some ? await import('./store.js').then(({ list }) => list()).catch(() => []) : []
  const links = ids.map((id) => cards.find((card) => card.dataset.id === id)?.querySelector('h3 a')).filter(Boolean)
  const section = document.querySelector('.kept')
  section.hidden = !links.length
  section.querySelector('ul').replaceChildren(...links.slice(0, MOST).map((link) => {
    const item = document.createElement('li')
    item.append(link.cloneNode(true))
    return item
  }))
}

form.addEventListener('input', () => tell(show()))
form.elements.words.addEventListener('focus', () => asked || fetchWords()) // they come while someone begins to type
form.addEventListener('submit', (event) => event.preventDefault())
form.addEventListener('reset', () => setTimeout(() => {
  tell(show())
  form.elements.words.focus() // the button that had the focus is gone
}))
addEventListener('hashchange', () => { read(); show() })
addEventListener('pageshow', (event) => { if (event.persisted) listKept() })
document.addEventListener('visibilitychange', () => { if (!document.hidden) listKept() })
document.querySelectorAll('.many').forEach((list) => drawnWhenNear.observe(list))
document.querySelector('.ways').hidden = true
form.hidden = false
read()
show()
listKept()
