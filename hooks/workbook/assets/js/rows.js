// Takes a row out of a table, and brings it back. Without it rows stay, and a blank one harms nothing.
import { complain, hidden, liveRows, make, number } from './live.js'

/** Once everything is erased, or other answers stand on the sheet, what was taken out is gone for good as well. */
export function start({ form }) {
  return (_, event) => {
    if (event?.target !== form) return
    for (const row of form.querySelectorAll('.gone')) row.remove()
  }
}

/** Puts a line with "Undo" in the place of a row. */
export function remove(page, row) {
  const body = row.parentNode
  if (!body || liveRows(body).length === 1) return // pressed twice, it is out already
  const name = named(row)
  const undo = make('button', { type: 'button', class: 'btn second' }, WORDS`shared.undo`, hidden(WORDS`rows.and_bring_back name=${name.replace(/,$/, '')}`))
  const cell = make('td', { class: 'cell', colspan: row.cells.length }, make('p', {}, WORDS`rows.removed name=${name}`, undo))
  const gone = make('tr', { class: 'row gone' }, cell)
  row.replaceWith(gone)
  undo.addEventListener('click', () => bringBack(page, gone, row))
  renumber(body)
  undo.focus()
}

/** A row by its number, and by its first words: the next one takes its number. */
function named(row) {
  const words = [...row.querySelectorAll('input, textarea')].map((one) => one.value.trim()).find(Boolean)
  const short = words?.length > 40 ? `${words.slice(0, 39)}…` : words
  return row.querySelector('th').textContent + (short ? `, “${short}”,` : '')
}

function bringBack(page, gone, row) {
  const body = gone.parentNode
  gone.replaceWith(row)
  renumber(body)
  row.querySelector('.remove').focus()
}

function renumber(body) {
  const field = body.closest('.field')
  if (!field.querySelector('[aria-invalid]')) complain(field.dataset.field, '')
  number(body)
  const rows = liveRows(body)
  if (rows.every((row) => row.matches('.spare'))) rows[0].classList.remove('spare')
  body.dispatchEvent(new Event('input', { bubbles: true }))
}
