// Words about where the answers are: above the first field, on the Keep button, and in a box that waits to be acted on.
import { say, shortDay } from './ask.js'
import { make } from './live.js'

const GO = WORDS`where.go_when_closed`
let unkept

export function until({ expires }) {
  if (expires === null) return WORDS`where.until_you_erase_it`
  const last = shortDay(expires - 1)
  return last === shortDay(Date.now()) ? WORDS`where.until_the_end_of_today` : WORDS`where.until day=${last}`
}

/** Say it anew; `problem` stands in place of the first sentence. */
export function show(kept, problem) {
  const line = document.querySelector('.private span')
  const button = document.querySelector('.tools .btn')
  unkept ??= [...line.childNodes]
  const saved = Boolean(kept) && kept.known !== null && !kept.paused
  button.classList.toggle('on', saved)
  button.querySelector('span').textContent = saved ? WORDS`shared.kept` : WORDS`shared.keep`
  if (problem) line.replaceChildren(make('strong', {}, problem), GO)
  else if (saved) line.replaceChildren(make('strong', {}, WORDS`shared.kept_on_this_device until=${until(kept)}`), who(kept))
  else line.replaceChildren(...unkept)
}

const who = ({ key }) => key ? WORDS`where.behind_a_passphrase` : WORDS`where.open_to_others`

/** A box above the sheet that stays until it is acted on, or until another takes its place. */
export function notice(words, ...buttons) {
  document.querySelector('.notice')?.remove()
  const below = buttons.length ? [make('p', { class: 'buttons' }, ...buttons)] : []
  const box = make('section', { class: 'notice', 'aria-label': WORDS`where.about_what_is_kept` }, say(words), ...below)
  document.querySelector('.private').after(box)
  return box
}

/** A button for such a box. */
export function button(words, press, look = 'btn second') {
  const made = make('button', { type: 'button', class: look }, words)
  made.addEventListener('click', press)
  return made
}
