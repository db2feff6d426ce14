// What the answers add up to, and how, in words. The twin of workbook/results.py: tests/vectors/results.json holds both to the same.
// Fields are plain objects as the worksheet's definition has them; answers are { field id: value }.
import { alike, asked, find, given, inWords, optionsOf, tidy } from './given.js'

const SMALL = ['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

const tenths = (number) => Math.floor(number * 10 + 0.5) / 10
const spelled = (number) => SMALL[number] ?? String(number)
const some = (number, what) => `${number} ${what}${number === 1 ? '' : 's'}`
const listed = (names) => (names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join(''))
const add = (numbers) => numbers.reduce((sum, one) => sum + one, 0)

const ADDED = ['mean', 'sum', 'largest', 'smallest']
/** What an answer counts for, where its options have points. */
const inPoints = (value, { field }) => field.options?.find((one) => one.id === value)?.points ?? value
/** How many were worked with: people wrote numbers, or gave answers that have points. */
const numbers = (targets, column) =>
  some(column.length, targets.some(({ field }) => field.options?.[0]?.points !== undefined) ? 'answer' : 'number')

function entries(target, fields, answers) {
  const names = Object.fromEntries((target.field.scales ?? []).map((scale) => [scale.id, scale.label]))
  const row = target.field.row_name ?? 'Row'
  return given(target, fields, answers).map(({ key, value }) => {
    return { key, label: key ? names[key] ?? `${row} ${key}` : target.label, value, rest: [] }
  })
}

function pairs(first, second) {
  const others = new Map(second.map((one) => [one.key, tidy(one.value)]))
  return first.filter((one) => others.has(one.key)).map((one) => {
    const [a, b] = [tidy(one.value), others.get(one.key)]
    return { ...one, value: tidy(a - b), rest: [String(a), String(b)] }
  })
}

function rows(targets, columns) {
  const beside = targets.slice(1).map((target, n) =>
    new Map(columns[n + 1].map((one) => [one.key, inWords(asked(target), one.value)])))
  return columns[0].map((one) => {
    const [name, ...rest] = beside.length ? beside.map((column) => column.get(one.key) ?? '') : ['']
    return { ...one, label: name || one.label, rest }
  })
}

function found(result, targets, fields, answers) {
  let columns = targets.map((target) => entries(target, fields, answers))
  if (ADDED.includes(result.show)) {
    columns = columns.map((column, n) => column.map((one) => ({ ...one, value: inPoints(one.value, targets[n]) })))
  }
  if (['difference', 'gap'].includes(result.show)) return columns.length === 2 ? pairs(...columns) : []
  if (result.show === 'rank' && targets[0]?.field.type === 'table') return rows(targets, columns)
  if (targets.length > 1) {
    columns = columns.map((column, n) =>
      column.map((one) => (one.key ? { ...one, label: `${one.label}: ${targets[n].label}` } : one)))
  }
  return columns.flat()
}

const falling = (column) => column.toSorted?.((a, b) => b.value - a.value) ?? [...column].sort((a, b) => b.value - a.value)
const minus = ([first, second]) => `“${first.label}” minus “${second.label}”`
const items = (column) => falling(column).map(({ label, value, rest }) => ({ label, value: tidy(value), rest }))

function extreme(result, targets, column) {
  const best = (result.show === 'largest' ? Math.max : Math.min)(...column.map((one) => one.value))
  const whose = column.filter((one) => one.value === best).map((one) => ({ label: one.label, value: tidy(best), rest: [] }))
  const what = `${result.show[0].toUpperCase()}${result.show.slice(1)} of ${numbers(targets, column)}`
  return [tidy(best), whose, `${what}: ${tidy(best)} (${listed(whose.map((one) => one.label))})`]
}

const OPERATIONS = {
  mean(result, targets, column) {
    const value = tenths(add(column.map((one) => one.value)) / column.length)
    return [value, [], `Average of ${numbers(targets, column)}: ${value}`]
  },
  sum(result, targets, column) {
    const value = tidy(add(column.map((one) => one.value)))
    return [value, [], `Sum of ${numbers(targets, column)}: ${value}`]
  },
  difference(result, targets, column) {
    const [{ key, value, rest: [first, second] }] = column
    if (!key) return [value, [], `${first} minus ${second} is ${value}`]
    const mean = tenths(add(column.map((one) => one.value)) / column.length)
    const what = some(column.length, targets[0].field.type === 'table' ? 'row' : 'part')
    return [mean, [], `${minus(targets)}, average of ${what}: ${mean}`]
  },
  largest: extreme,
  smallest: extreme,
  count(result, targets, column) {
    if (!result.is) return [column.length, [], `${some(column.length, 'answer')} given`]
    const wanted = result.is.map(alike)
    const number = column.filter((one) => wanted.includes(alike(inWords(null, one.value)))).length
    const labels = new Map(targets.flatMap((target) => optionsOf(asked(target))).map((one) => [one.id, one.label]))
    const names = result.is.map((one) => `“${labels.get(one) ?? one}”`).join(' or ')
    return [number, [], `${number} of ${some(column.length, 'answer')}: ${names}`]
  },
  rank: (result, targets, column) => [null, items(column), `In order of “${targets[0].label}”, the largest first`],
  tally(result, targets, column) {
    const names = new Map(targets.flatMap((target) => optionsOf(asked(target))).map((one) => [alike(one.id), one.label]))
    const times = new Map([...names.keys()].map((same) => [same, 0]))
    for (const one of column) {
      const written = inWords(null, one.value)
      const same = alike(written)
      if (!names.has(same)) names.set(same, written)
      times.set(same, (times.get(same) ?? 0) + 1)
    }
    const list = falling([...times].map(([same, value]) => ({ label: names.get(same), value, rest: [] })))
    const most = list.filter((one) => one.value === list[0].value).map((one) => one.label)
    const each = most.length > 1 ? ' each' : ''
    return [null, list, `${listed(most)} came up most: ${list[0].value} of ${some(column.length, 'answer')}${each}`]
  },
  gap: (result, targets, column) => [null, items(column), `${minus(targets)}, the largest first`],
}

function tooFew(result, targets, number) {
  if (result.needs === 1) return 'No answers yet'
  const byRow = targets[0]?.field.type === 'table' &&
    (targets.length === 1 || ['difference', 'gap', 'rank'].includes(result.show))
  const need = spelled(result.needs)
  return `${need[0].toUpperCase()}${need.slice(1)} ${byRow ? 'rows show a pattern' : 'answers are needed'}. You have ${spelled(number)}.`
}

const inRange = (say, number) =>
  (say.under === undefined || number < say.under) && (say.at_least === undefined || number >= say.at_least)

/** What a result shows for some answers: { value, items, words, say, enough }. */
export function workOut(result, fields, answers) {
  result = { needs: 1, say: [], ...result }
  const targets = result.of.map((path) => find(fields, path)).filter(Boolean)
  const column = found(result, targets, fields, answers)
  if (!targets.length || column.length < result.needs) {
    return { value: null, items: [], words: tooFew(result, targets, column.length), say: [], enough: false }
  }
  const [value, list, words] = OPERATIONS[result.show](result, targets, column)
  const say = value === null ? [] : result.say.filter((one) => inRange(one, value)).map((one) => one.text)
  return { value, items: list, words, say, enough: true }
}
