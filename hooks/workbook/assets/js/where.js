// Words about where the answers are: above the first field, on the Keep button, and in a box that waits to be acted on.
import { say, shortDay } from './ask.js'
import { make } from './live.js'

const GO = ' Your answers go when you close the page. Nothing is sent.'
let unkept

export function until({ expires }) {
  if (expires === null) return 'until you erase it'
  const last = shortDay(expires - 1)
  return last === shortDay(Date.now()) ? 'until the end of today' : `until ${last}`
}

/** Say it anew; `problem` stands in place of the first sentence. */
export function show(kept, problem) {
  const line = document.querySelector('.private span')
  const button = document.querySelector('.tools .btn')
  unkept ??= [...line.childNodes]
  const saved = Boolean(kept) && kept.known !== null && !kept.paused
  button.classList.toggle('on', saved)
  button.querySelector('span').textContent = saved ? 'Kept' : 'Keep'
  if (problem) line.replaceChildren(make('strong', {}, problem), GO)
  else if (saved) line.replaceChildren(make('strong', {}, `Kept on this device ${until(kept)}.`), who(kept))
  else line.replaceChildren(...unkept)
}

const who = ({ key }) => ` Nothing is sent. ${key ? 'Your passphrase opens it.' : 'Others who use this device can read it.'} Erase takes it away.`

/** A box above the sheet that stays until it is acted on, or until another takes its place. */
export function notice(words, ...buttons) {
  document.querySelector('.notice')?.remove()
  const below = buttons.length ? [make('p', { class: 'buttons' }, ...buttons)] : []
  const box = make('section', { class: 'notice', 'aria-label': 'About what is kept' }, say(words), ...below)
  document.querySelector('.private').after(box)
  return box
}

/** A button for such a box. */
export function button(words, press, look = 'btn second') {
  const made = make('button', { type: 'button', class: look }, words)
  made.addEventListener('click', press)
  return made
}
