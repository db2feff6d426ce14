// Draws the course of the numbers in a table of dated rows, with the same numbers as a table behind it.
// Without it the rows themselves hold all of it.
import { day, inWords, shown } from './given.js'
import { make } from './live.js'
import { draw, short } from './svg.js'

const DASHES = ['none', '8 4', '2 4', '11 4 2 4']
const MARKS = ['M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z', 'M-4.5-4.5h9v9h-9z', 'M0-6 5.5 4.5h-11z', 'M0-6.5 6.5 0 0 6.5-6.5 0z']
const DAY = 86400000
const HEIGHT = 210
const PLOT = { left: 40, right: 14, top: 14, bottom: 46 }

export function start({ form, sheet: { fields } }) {
  const logs = Object.values(fields).filter((field) => field.type === 'table').flatMap((field) => place(form, field))
  let latest = {}
  const redraw = (answers) => {
    latest = answers
    for (const log of logs) show(log, shown(log.field, fields, answers) ? answers[log.field.id] ?? [] : [])
  }
  addEventListener('resize', () => {
    for (const log of logs) log.was = ''
    redraw(latest)
  })
  return redraw
}

/** Room for a chart in the fields that have a date and numbers. */
function place(form, field) {
  const date = field.columns.find((column) => column.type === 'date')
  const numbers = field.columns.filter((column) => ['number', 'scale'].includes(column.type)).slice(0, DASHES.length)
  if (!date || !numbers.length) return []
  const figure = make('figure', { class: 'course', hidden: '' })
  const behind = make('details', { class: 'behind' }, make('summary', {}, WORDS`chart.as_a_table`), make('table'))
  figure.append(make('figcaption', {}, WORDS`chart.how_it_went`), make('div'), behind)
  form.querySelector(`[data-field="${field.id}"] .add`).after(figure)
  return [{ field, date, numbers, figure, was: '' }]
}

function show(log, answer) {
  const rows = dated(log, answer)
  const now = JSON.stringify(rows)
  if (now === log.was) return
  log.was = now
  const { figure, numbers, field } = log
  figure.hidden = rows.length < 2
  if (figure.hidden) return
  const groups = grouped(numbers)
  figure.children[1].replaceChildren(...groups.flatMap((columns) => [
    legend(numbers, columns), chart(field, numbers, columns, rows, figure.clientWidth || 328),
  ]))
  figure.querySelector('table').replaceChildren(...tableOf(log, rows))
}

const scaleOf = ({ type, min, max, unit }) => [type, min, max, unit].join()

function grouped(numbers) {
  const groups = {}
  for (const one of numbers) (groups[scaleOf(one)] ??= []).push(one)
  return Object.values(groups)
}

/** The rows with a day and a number, in order; several on one day share it out among them. */
function dated({ field, date, numbers }, answer) {
  const clock = field.columns.find((column) => column.type === 'time')?.id
  const rows = answer.map((row) => ({ row, time: Date.parse(row[date.id] ?? '') }))
    .filter(({ row, time }) => Number.isFinite(time) && numbers.some((column) => Number.isFinite(row[column.id])))
    .sort((a, b) => a.time - b.time || (a.row[clock] ?? '').localeCompare(b.row[clock] ?? ''))
  return rows.map(({ row, time }) => {
    const same = rows.filter((one) => one.time === time)
    return { row, time: time / DAY + same.findIndex((one) => one.row === row) / same.length }
  })
}

function chart(field, numbers, columns, rows, width) {
  const given = columns.flatMap((column) => rows.map(({ row }) => row[column.id])).filter(Number.isFinite)
  const scale = columns[0].type === 'scale'
  // A number out of its range is kept as it was written, so the frame has room for it.
  const low = Math.min(columns[0].min ?? 0, ...given)
  const high = Math.max(columns[0].max ?? (scale ? 10 : low + 1), ...given)
  const [from, to] = [rows[0].time, rows.at(-1).time]
  const x = ({ time }) => short(PLOT.left + ((time - from) / (to - from || 1)) * (width - PLOT.left - PLOT.right))
  const y = (value) => short(HEIGHT - PLOT.bottom - ((value - low) / (high - low)) * (HEIGHT - PLOT.top - PLOT.bottom))
  const name = `${field.id}_course_${columns[0].id}`
  return draw('svg', { class: 'chart', role: 'img', viewBox: `0 0 ${width} ${HEIGHT}`, 'aria-labelledby': `${name} ${name}_words` },
    draw('title', { id: name }, WORDS`chart.course_of label=${field.label}`),
    draw('desc', { id: `${name}_words` }, inSentences(columns, rows)),
    ...[low, (low + high) / 2, high].map((value) => draw('path', { class: 'grid', d: `M${PLOT.left} ${y(value)}H${width - PLOT.right}` })),
    ...[low, high].map((value) => draw('text', { x: PLOT.left - 12, y: y(value) + 5, 'text-anchor': 'end' }, String(value))),
    ...ends(rows, width),
    ...columns.flatMap((column) => series(numbers.indexOf(column), rows.map((one) => ({ x: x(one), value: one.row[column.id] })), y)))
}

/** The first and the last day. */
function ends(rows, width) {
  const says = [rows[0], rows.at(-1)].map(({ time }) => dayOf(time).split(' '))
  const sameYear = says[0][2] === says[1][2]
  const [first, last] = says.map(([date, month, year]) => [date, month.slice(0, 3), ...(sameYear ? [] : [year])].join(' '))
  return [
    draw('text', { x: PLOT.left, y: HEIGHT - 16 }, first),
    ...(first === last ? [] : [draw('text', { x: width - PLOT.right, y: HEIGHT - 16, 'text-anchor': 'end' }, last)]),
  ]
}

const dayOf = (time) => day(new Date(Math.floor(time) * DAY).toISOString().slice(0, 10))

/** A line that breaks where a row has no number, and a mark for each number. */
function series(style, points, y) {
  let line = ''
  let open = false
  const marks = []
  for (const { x, value } of points) {
    const has = Number.isFinite(value)
    if (has) {
      line += `${open ? 'L' : 'M'}${x} ${y(value)}`
      marks.push(draw('path', { class: `mark-${style}`, d: MARKS[style], transform: `translate(${x} ${y(value)})` }))
    }
    open = has
  }
  return [draw('path', { class: 'line', d: line, 'stroke-dasharray': DASHES[style] }), ...marks]
}

function inSentences(columns, rows) {
  const about = columns.map((column) => {
    const given = rows.map(({ row }) => row[column.id]).filter(Number.isFinite)
    if (!given.length) return WORDS`chart.no_numbers label=${column.label}`
    const [least, most] = [Math.min(...given), Math.max(...given)]
    if (given.length === 1) return WORDS`chart.one_number label=${column.label} least=${least}`
    const count = given.length
    return least === most ? WORDS`chart.each_number label=${column.label} count=${count} least=${least}`
      : WORDS`chart.some_numbers label=${column.label} count=${count} least=${least} most=${most}`
  })
  return [WORDS`chart.to first=${dayOf(rows[0].time)} last=${dayOf(rows.at(-1).time)}`, ...about, WORDS`chart.see_the_table`].join(' ')
}

function legend(numbers, columns) {
  return make('ul', { class: 'legend' }, ...columns.map((column) => {
    const style = numbers.indexOf(column)
    const sample = draw('svg', { viewBox: '-22 -9 44 18', 'aria-hidden': 'true', class: 'chart' },
      draw('path', { class: 'line', d: 'M-22 0H22', 'stroke-dasharray': DASHES[style] }),
      draw('path', { class: `mark-${style}`, d: MARKS[style] }))
    return make('li', {}, sample, column.unit ? `${column.label}, ${column.unit}` : column.label)
  }))
}

function tableOf({ field, date, numbers }, rows) {
  const head = [date, ...numbers].map((column) => make('th', { scope: 'col' }, column.label))
  const body = rows.map(({ row }) => make('tr', {}, make('th', { scope: 'row' }, day(row[date.id])),
    ...numbers.map((column) => make('td', {}, Number.isFinite(row[column.id]) ? inWords(column, row[column.id]) : '–'))))
  return [make('caption', { class: 'vh' }, field.label), make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...body)]
}
