// The shelf: choices that hide the sheets which do not fit, and a list of those kept on this device.
// Without it, every sheet stands there in groups.

const KEPT = 'points-and-steps' // the database of store.js, which is loaded only when there is one
const MOST = 6
const form = document.querySelector('.find')
const status = form.querySelector('[role=status]')
const groups = [...document.querySelectorAll('.group')]
const cards = groups.flatMap((group) => [...group.querySelectorAll('.card')])

const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/’/g, "'").toLowerCase()
const words = new Map(cards.map((card) => [card, plain(`${card.textContent} ${card.dataset.words}`)]))

const FITS = {
  // A word fits that begins or holds what was typed; "walks" finds "walk" too.
  words: (card, typed) => plain(typed).trim().split(/\s+/).every((word) => words.get(card).includes(word.replace(/(?<=..)s$/, ''))),
  need: ({ dataset }, need) => dataset.need.split(' ').includes(need),
  point: ({ dataset }, point) => dataset.point === point,
  time: ({ dataset }, most) => Number(dataset.time) <= Number(most),
  road: ({ dataset }, road) => dataset.road === road,
}

function show() {
  const chosen = [...new FormData(form)].filter(([, value]) => value.trim())
  let count = 0
  for (const card of cards) {
    card.hidden = !chosen.every(([name, value]) => FITS[name](card, value))
    count += !card.hidden
  }
  for (const group of groups) group.hidden = !group.querySelector('.card:not([hidden])')
  form.querySelector('.safety')?.toggleAttribute('hidden', form.elements.need.value !== 'crisis')
  form.querySelector('.none').hidden = count > 0
  form.querySelector('[type=reset]').hidden = !chosen.length
  const said = status.dataset.some.replace('#', count)
  if (status.textContent !== said) status.textContent = said
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
  const some = !known || known.some((one) => one.name === KEPT)
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
form.addEventListener('submit', (event) => event.preventDefault())
form.addEventListener('reset', () => setTimeout(() => {
  tell(show())
  form.elements.words.focus() // the button that had the focus is gone
}))
addEventListener('hashchange', () => { read(); show() })
addEventListener('pageshow', (event) => { if (event.persisted) listKept() })
document.addEventListener('visibilitychange', () => { if (!document.hidden) listKept() })
document.querySelector('.ways').hidden = true
form.hidden = false
read()
show()
listKept()
