// A person's answers, as far as they can be used: what counts as given, and which fields are shown. The twin of workbook/answers.py.
// Fields are plain objects as the worksheet's definition has them; answers are { field id: value }.
import { workOut } from './results.js' // each needs the other: a field may be shown for what others add up to

const MOST = 1e12
const SPACE = /[\s\x1c-\x1f\x85]+/g
const BELOW = { table: 'columns', grid: 'columns', wheel: 'scales' }
const CHOSEN = ['choice', 'choices', 'rank']

/** To three decimals: 0.1 + 0.2 is 0.3. */
export const tidy = (number) => (Number.isInteger(number) ? number : Math.floor(number * 1000 + 0.5) / 1000)
const trimmed = (text) => text.replace(SPACE, ' ').replace(/^ +| +$/g, '')
/** The same for ' Café' and 'CAFÉ'. */
export const alike = (text) => trimmed(text).normalize('NFC').toUpperCase().toLowerCase()
const isNumber = (value) => typeof value === 'number' && Math.abs(value) <= MOST
const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a path of a result leads to: a field, or one of its columns or scales. */
export function find(fields, path) {
  const [first, second] = path.split('.')
  const field = fields[first]
  if (!field || (second === undefined && field.type === 'table')) return undefined
  const part = second && field[BELOW[field.type]]?.find((one) => one.id === second)
  return second && !part ? undefined : { field, part, label: (part ?? field).label }
}

/** The field that asks at a target: the column of a table, or the field itself. */
export const asked = (target) => (target.part?.type ? target.part : target.field)
/** What can be chosen there. The numbers of a scale are no choice here. */
export const optionsOf = (field) => (CHOSEN.includes(field.type) && field.options) || []

function numeric(target) {
  return ['number', 'scale', 'wheel'].includes(asked(target).type)
}

function raw({ field, part }, answer) {
  const ids = part ? [part.id] : (field[BELOW[field.type]] ?? []).map((one) => one.id)
  switch (field.type) {
    case 'table':
      return Array.isArray(answer)
        ? answer.flatMap((row, n) => (isMap(row) ? ids.map((id) => ({ key: String(n + 1), value: row[id] })) : []))
        : []
    case 'grid':
      return isMap(answer)
        ? field.rows.flatMap(({ id: row }) =>
          isMap(answer[row]) ? ids.map((id) => ({ key: `${row}.${id}`, value: answer[row][id] })) : [])
        : []
    case 'wheel':
      return isMap(answer) ? ids.map((id) => ({ key: part ? '' : id, value: answer[id] })) : []
    case 'choices':
      return Array.isArray(answer)
        ? answer.map((value, n) => ({ key: String(n + 1), value })).filter(({ value }, n) => answer.indexOf(value) === n)
        : []
    case 'rank':
      return Array.isArray(answer) ? answer.map((value, n) => ({ key: String(n + 1), value })) : []
    default:
      return [{ key: '', value: answer }]
  }
}

function counts(value, isNumeric, options) {
  if (isNumeric) return isNumber(value)
  return typeof value === 'string' && (options.length ? options.includes(value) : trimmed(value) !== '')
}

/** The answers at a target, in order. Blank, hidden and impossible ones are left out. */
export function given(target, fields, answers) {
  if (!shown(target.field, fields, answers)) return []
  const options = optionsOf(asked(target)).map((one) => one.id)
  return raw(target, answers[target.field.id]).filter(({ value }) => counts(value, numeric(target), options))
}

/** Whether the conditions of a field hold. An answer that is itself hidden fulfils none. */
export const shown = (field, fields, answers) => (field.when ?? []).every((one) => holds(one, fields, answers))

/** Whether the answer is one that the condition looks for. Without an answer it is not. */
export function holds(condition, fields, answers) {
  const field = fields[condition.field]
  const found = field ? compared(field, fields, answers) : []
  if (condition.is) return found.some((value) => condition.is.includes(value))
  if (condition.under !== undefined) return found.some((value) => isNumber(value) && value < condition.under)
  return found.some((value) => isNumber(value) && value >= condition.at_least)
}

/** What there is to compare: the answers of a field, or the number of a result that is shown. */
function compared(field, fields, answers) {
  if (field.type !== 'result') return given({ field, label: field.label }, fields, answers).map((one) => one.value)
  return shown(field, fields, answers) ? [workOut(field, fields, answers).value] : []
}

/** One given answer as people read it: an option's label, a number with its unit, a day. */
export function inWords(field, value) {
  if (isNumber(value)) return field?.unit ? `${tidy(value)} ${field.unit}` : String(tidy(value))
  const option = field && optionsOf(field).find((one) => one.id === value)
  return option?.label ?? (field?.type === 'date' ? day(value) : trimmed(value))
}

/** '2026-11-17' as '17 November 2026'; what is no day as it is. */
export function day(text) {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(trimmed(text)) ?? []
  const made = new Date(Date.UTC(Number(year), Number(month) - 1, Number(date)))
  made.setUTCFullYear(Number(year)) // years below 100 are not in the 1900s
  if (!date || Number(year) < 1 || made.getUTCDate() !== Number(date) || made.getUTCMonth() !== month - 1) return trimmed(text)
  return `${Number(date)} ${made.toLocaleString('en', { month: 'long', timeZone: 'UTC' })} ${Number(year)}`
}
