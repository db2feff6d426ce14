// Shows what the answers add up to, how that came about, and what may follow from it. Without it the page says how
// to work it out by hand. The box for that stays in the form, out of sight, and holds the same words.
import { make } from './live.js'
import { mention } from './mention.js'
import { workOut } from './results.js'

const SAID = ['largest', 'smallest'] // their words name the items already

export function start({ form, sheet: { fields }, isSetting }) {
  const places = [...form.querySelectorAll('.field--result')].map((field) => ({ field, was: '' }))
  return (answers, event) => {
    for (const place of places) {
      const result = fields[place.field.dataset.field]
      const outcome = workOut(result, fields, answers)
      const text = inLines(result, outcome).join('\n')
      if (text === place.was) continue
      place.was = text
      show(place.field, result, outcome)
      place.field.querySelector('textarea').value = outcome.enough ? text : ''
      if (event && !isSetting() && !place.field.hidden) mention(result.id, outcome.enough ? `${result.label}: ${aloud(outcome)}` : '')
    }
  }
}

const items = (result, outcome) => (SAID.includes(result.show) ? [] : outcome.items)
const beside = (result, rest) => (result.show === 'gap' ? rest.join(WORDS`outcome.minus`) : rest.filter(Boolean).join(', '))
const aloud = ({ words, say }) => [words.replace(/[^.]$/, '$&.'), ...say].join(' ')

/** The same words as on the page, a line for each. */
export function inLines(result, outcome) {
  const lines = items(result, outcome).map(({ label, value, rest }) => {
    const more = beside(result, rest)
    return `${label}: ${value}` + (more ? ` (${more})` : '')
  })
  return [outcome.words, ...lines, ...outcome.say]
}

function show(field, result, outcome) {
  const worked = field.querySelector('.worked')
  worked.replaceChildren(make('p', outcome.enough ? { class: 'came' } : {}, outcome.words))
  if (items(result, outcome).length) worked.append(make('ol', { role: 'list' }, ...items(result, outcome).map((one) => item(result, one))))
  worked.append(...outcome.say.map((text) => make('p', {}, text)))
}

function item(result, { label, value, rest }) {
  const more = beside(result, rest)
  return make('li', {}, make('span', {}, label), make('b', {}, String(value)), ...(more ? [make('span', { class: 'soft' }, more)] : []))
}
