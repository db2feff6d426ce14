// Answers to what this version of the sheet no longer asks, as a list to read below it. Nothing a person wrote is dropped.
import { make } from './live.js'

/** Draw the list anew; take it away when there is nothing to show. */
export function show(page) {
  document.querySelector('.strangers')?.remove()
  if (!page.gone.length) return
  const list = make('dl')
  for (const [id, value] of page.gone) { // one by one: a file may bring more lines than a call takes arguments
    list.append(make('dt', {}, name(id)))
    for (const line of lines(value)) list.append(make('dd', {}, line))
  }
  const intro = make('p', {}, WORDS`strangers.from_another_version`)
  page.form.insertAdjacentElement('afterend', make('section', { class: 'strangers', 'aria-labelledby': 'strangers_' }, make('h2', { id: 'strangers_' }, WORDS`strangers.no_longer_here`), intro, list))
}

/** 'next-step' as 'Next step': the label left with the question. */
export const name = (id) => id.replace(/[-_]+/g, ' ').replace(/^./, (first) => first.toUpperCase())

/** Any value as lines to read. */
export function lines(value) {
  if (Array.isArray(value)) return value.flatMap(lines)
  if (typeof value !== 'object' || value === null) return value === null ? [] : [String(value)]
  return [Object.entries(value).map(([id, one]) => `${name(id)}: ${lines(one).join(', ')}`).join('; ')]
}
