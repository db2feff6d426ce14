// A question in the browser's own dialog, and the words for days and times.
import { show } from './dialog.js'
import { make } from './live.js'

/**
 * Ask, and wait. Gives the value of the button that was pressed; '' when the dialog was left.
 * `buttons` are [value, words]: the first is what Enter does. `body` may hold controls, to be read afterwards.
 * While one question is open there is no other: a second press of a button is not a second question.
 */
export async function ask(title, body, buttons) {
  if (document.querySelector('dialog.ask')) return ''
  const heading = make('h2', { id: 'asked_' }, title)
  const row = make('p', { class: 'buttons' }, ...buttons.map(([value, words], n) =>
    make('button', { type: 'submit', class: n ? 'btn second' : 'btn', value }, words)))
  const form = make('form', { method: 'dialog', autocomplete: 'off' }, heading, ...body, row)
  const dialog = make('dialog', { class: 'ask', 'aria-labelledby': 'asked_' }, form)
  document.body.append(dialog)
  show(dialog)
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      resolve(dialog.returnValue)
      dialog.remove()
    })
  })
}

/** A box for a passphrase, with a way to see it. With `summary` it is a new one, folded away until it is wanted. */
export function passphrase(words, hint, summary) {
  const input = make('input', { type: 'password', id: 'pass_', 'aria-describedby': 'pass_hint', autocapitalize: 'off', spellcheck: 'false', autocomplete: summary ? 'new-password' : 'off' })
  const tick = make('input', { type: 'checkbox' })
  tick.addEventListener('change', () => { input.type = tick.checked ? 'text' : 'password' })
  const field = make('div', { class: 'field' }, make('label', { for: 'pass_' }, words), make('p', { class: 'hint', id: 'pass_hint' }, hint), input,
    make('label', { class: 'option' }, tick, make('span', {}, WORDS`ask.show_it`)))
  return { input, box: summary ? make('details', { class: 'fold' }, make('summary', {}, summary), field) : field }
}

/**
 * Ask for the passphrase until it fits. `open` gives null for a wrong one.
 * Resolves to what `open` gave, or null when the person went back.
 */
export async function askToOpen(title, open) {
  for (let hint = WORDS`ask.hint_for_passphrase`; ; hint = WORDS`ask.wrong_passphrase`) {
    const { box, input } = passphrase(WORDS`shared.passphrase`, hint)
    if (await ask(title, [box], [['open', WORDS`shared.open`], ['', WORDS`shared.go_back`]]) !== 'open') return null
    const found = await open(input.value)
    if (found !== null) return found
  }
}

export const NO_LOCK = WORDS`ask.cannot_lock`
export const say = (text) => make('p', {}, text)
/** '30 Nov'; with the year when it is another. */
export function shortDay(time, now = new Date()) {
  const day = new Date(time)
  const year = day.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }
  return day.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...year })
}
export const clock = (time) => new Date(time).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
/** '2026-11-23', here and now. */
export const today = (now = new Date()) => [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((one) => String(one).padStart(2, '0')).join('-')

/** Hand a file to the browser's downloads. */
export function download(name, content, type) {
  const link = make('a', { href: URL.createObjectURL(new Blob([content], { type })), download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
