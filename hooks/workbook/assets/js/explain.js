// Adds: what a citation or a term of the glossary means, in a card beside it, on hover, on keyboard focus and on tap.
// Escape, or a tap elsewhere, puts it away. Without it each is a link to the same words: in the list of sources at the end
// of the page, or in the glossary. A click with the mouse, Enter and a second tap follow that link.

const GAP = 8
const PATIENCE = 300 // milliseconds to move the pointer from the words into the card
const EXPLAINED = 'a.cite, a.term'

const card = document.createElement('div')
Object.assign(card, { className: 'cite-card', id: 'explained_', role: 'tooltip', hidden: true })
const heard = document.createElement('p') // a tap moves no focus, so its card is said here
Object.assign(heard, { className: 'heard', role: 'status' })
const place = document.querySelector('main') ?? document.body
place.append(card, heard)

let shown = null
let leaving
let pointer = ''

/** What the card says: the source as the list has it, or the term and its meaning. Nothing when there is none. */
function words(link) {
  if (link.matches('.term')) {
    const term = document.createElement('strong')
    term.textContent = link.textContent
    return [term, `: ${link.dataset.says}`]
  }
  const entry = document.getElementById(link.hash.slice(1))?.querySelector('.source__entry')
  return entry ? [...entry.cloneNode(true).childNodes] : null
}

/** The way to the whole list, for those who cannot click with a mouse. */
function onward(link) {
  const line = document.createElement('p')
  const there = document.createElement('a')
  there.href = link.href
  there.textContent = link.matches('.term') ? WORDS`explain.see_glossary` : WORDS`explain.see_sources`
  line.append(there)
  return line
}

function show(link, tapped = false) {
  const said = words(link)
  if (!said) return
  hide()
  card.replaceChildren(...said, ...(tapped ? [onward(link)] : []))
  for (const one of card.querySelectorAll('a')) one.tabIndex = -1 // the text's own links stay next to each other
  card.hidden = false
  link.setAttribute('aria-describedby', card.id)
  shown = link
  if (tapped) heard.textContent = card.textContent
  const { left, top, bottom } = link.getClientRects()[0]
  const room = document.documentElement.clientWidth - card.offsetWidth - GAP
  const above = bottom + GAP + card.offsetHeight > innerHeight && top > card.offsetHeight + GAP
  card.style.left = card.style.top = '0'
  const from = card.getBoundingClientRect() // wherever its place is counted from
  card.style.left = `${Math.max(GAP, Math.min(left, room)) - from.left}px`
  card.style.top = `${(above ? top - GAP - card.offsetHeight : bottom + GAP) - from.top}px`
}

function hide() {
  clearTimeout(leaving)
  shown?.removeAttribute('aria-describedby')
  shown = null
  card.hidden = true
  heard.textContent = ''
}

function leave() {
  clearTimeout(leaving)
  leaving = setTimeout(hide, PATIENCE)
}

const explained = (event) => event.target.closest?.(EXPLAINED)

document.addEventListener('pointerover', (event) => {
  const link = event.pointerType === 'mouse' && explained(event)
  if (!link) return
  if (link === shown) clearTimeout(leaving)
  else show(link)
})
document.addEventListener('pointerout', (event) => {
  if (event.pointerType === 'mouse' && explained(event)) leave()
})
document.addEventListener('pointerdown', (event) => {
  pointer = event.pointerType
  if (shown && !card.contains(event.target) && explained(event) !== shown) hide()
})
document.addEventListener('click', (event) => {
  const link = explained(event)
  if (!link || !event.detail || pointer === 'mouse' || link === shown) return
  show(link, true)
  if (link === shown) event.preventDefault()
})
document.addEventListener('focusin', (event) => {
  const link = explained(event)
  if (link && link !== shown && link.matches(':focus-visible')) show(link)
})
document.addEventListener('focusout', (event) => {
  if (explained(event) === shown && pointer !== 'touch') hide()
})
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') hide()
})
card.addEventListener('pointerenter', () => clearTimeout(leaving))
card.addEventListener('pointerleave', leave)
