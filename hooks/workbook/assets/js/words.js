// The answers as plain text, to paste anywhere. No page needed.
import { day, shown } from './given.js'

/** Every given answer under its question; `results` are lines already in words, by field id. */
export function toWords(sheet, answers, results = {}, now = new Date()) {
  const parts = Object.values(sheet.fields)
    .filter((field) => shown(field, sheet.fields, answers))
    .map((field) => [field.label, results[field.id] ?? lines(field, answers[field.id])])
    .filter(([, found]) => found.length)
  const day_ = now.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
  return [`${sheet.title}\n${day_}`, ...parts.map(([label, found]) => [label, ...found.map(indented)].join('\n')), ''].join('\n\n').slice(0, -1)
}

const indented = (text) => '  ' + text.replaceAll('\n', '\n  ')
const blank = (value) => value === undefined || value === ''
const labelled = (parts, id) => parts?.find((one) => one.id === id)?.label ?? String(id)

/** One value as people read it. */
export function word(field, value) {
  if (field.options) return labelled(field.options, value)
  if (field.type === 'scale' && field.words) return `${value} (${field.words[value - (field.min ?? 0)]})`
  if (field.type === 'scale') return WORDS`shared.out_of value=${value} most=${field.max ?? 10}`
  if (field.type === 'number' && field.unit) return `${value} ${field.unit}`
  return field.type === 'date' ? day(value) : String(value)
}

function lines(field, value) {
  if (blank(value)) return []
  return LINES[field.type]?.(field, value) ?? [word(field, value)]
}

const cells = (columns, row) => columns.filter((column) => !blank(row[column.id])).map((column) => `${column.label}: ${word(column, row[column.id])}`)

const LINES = {
  choices: (field, value) => value.map((one) => word(field, one)),
  rank: (field, value) => value.map((one, n) => (blank(one) ? '' : `${n + 1}. ${word(field, one)}`)).filter(Boolean),
  table: (field, value) => value.map((row, n) => [n + 1, cells(field.columns, row)]).filter(([, found]) => found.length)
    .map(([n, found]) => `${n}. ${found.join('; ')}`),
  grid: (field, value) => field.rows.filter((row) => value[row.id])
    .map((row) => `${row.label}. ${cells(field.columns, value[row.id]).join('; ')}`),
  wheel: (field, value) => field.scales.filter((scale) => !blank(value[scale.id])).map((scale) => `${scale.label}: ${value[scale.id]}`),
}
