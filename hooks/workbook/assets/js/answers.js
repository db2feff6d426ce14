// Between the form and its answers, both ways. One shape everywhere: { field id: value }, values as JSON.
// text, paragraph, date, time: text · number, scale: a number · choice: an option's id · choices: a list of ids
// table: a list of { column id: value } · grid: { row id: { column id: text } } · rank: a list · wheel: { scale id: number }

const NUMBERS = ['number', 'scale']
const unanswered = (value) => value === undefined || value === null || value === '' || (typeof value === 'object' && !Object.keys(value).length)

/** The sheet's definition, as the page carries it: { id, version, title, fields: { id: field } }. */
export function definition(form) {
  const sheet = JSON.parse(document.getElementById('definition_').textContent)
  return { ...sheet, fields: Object.fromEntries(sheet.fields.map((field) => [field.id, field])) }
}

/** Every answer given so far. What is left blank is left out. */
export function read(form, fields) {
  const answers = {}
  for (const field of Object.values(fields)) {
    const value = READ[field.type]?.(form, field, field.id) ?? readOne(form, field, field.id)
    if (!unanswered(value)) answers[field.id] = value
  }
  return answers
}

const READ = {
  note: () => '',
  result: () => '',
  choices: (form, field, name) => controls(form, name).filter((one) => one.checked).map((one) => one.value),
  table: (form, field, name) => trimmed(rowsOf(form, name).map((row) => filled(field.columns.map((column) => {
    return [column.id, readOne(form, column, `${name}.${row}.${column.id}`)]
  })))),
  grid: (form, field, name) => filled(field.rows.map((row) => [row.id, filled(field.columns.map((column) => {
    return [column.id, readOne(form, column, `${name}.${row.id}.${column.id}`)]
  }))])),
  rank: (form, field, name) => trimmed(places(field).map((place) => readOne(form, field, `${name}.${place}`))),
  wheel: (form, field, name) => filled(field.scales.map((scale) => {
    return [scale.id, readOne(form, { type: 'scale' }, `${name}.${scale.id}`)]
  })),
}

function readOne(form, field, name) {
  const value = controlOf(form, name)?.value ?? ''
  return NUMBERS.includes(field.type) && value !== '' ? Number(value) : value
}

/** Put answers into the form. Gives back what has no place on this sheet: [[field id, value]]. */
export function write(form, fields, answers, addRow) {
  const strangers = []
  for (const [id, value] of Object.entries(answers)) {
    const field = Object.hasOwn(fields, id) ? fields[id] : undefined
    const rest = field && READ[field.type]?.length !== 0 ? put(form, field, value, addRow) : value
    if (!unanswered(rest)) strangers.push([id, rest])
  }
  return strangers
}

/** Sets one field; whatever part of `value` does not fit comes back. */
function put(form, field, value, addRow) {
  const write_ = WRITE[field.type]
  return write_ ? write_(form, field, value, addRow) : putOne(form, field.id, value)
}

const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)

const WRITE = {
  choices(form, field, value) {
    if (!Array.isArray(value)) return value
    for (const one of controls(form, field.id)) one.checked = value.includes(one.value)
    const known = controls(form, field.id).map((one) => one.value)
    return value.filter((one) => !known.includes(one))
  },
  table(form, field, value, addRow) {
    if (!Array.isArray(value)) return value
    while (rowsOf(form, field.id).length < value.length && addRow?.(field.id));
    const rows = rowsOf(form, field.id)
    return value.map((row, n) => (isMap(row) && rows[n] ? each(row, (column, one) => {
      return putOne(form, `${field.id}.${rows[n]}.${column}`, one)
    }) : row)).filter((one) => !unanswered(one))
  },
  grid: (form, field, value) => (isMap(value) ? each(value, (row, cells) => (isMap(cells)
    ? each(cells, (column, one) => putOne(form, `${field.id}.${row}.${column}`, one)) : cells)) : value),
  rank: (form, field, value) => (Array.isArray(value)
    ? value.filter((one, n) => !unanswered(one) && !unanswered(putOne(form, `${field.id}.${n + 1}`, one))) : value),
  wheel: (form, field, value) => (isMap(value)
    ? each(value, (scale, one) => putOne(form, `${field.id}.${scale}`, one)) : value),
}

/** Sets one control. Gives the value back when there is no such control, or when it would not take it. */
function putOne(form, name, value) {
  const control = controlOf(form, name)
  if (!control || !['string', 'number'].includes(typeof value)) return value
  const text = String(value)
  control.value = text
  if (control instanceof HTMLTextAreaElement) return control.value === text.replace(/\r\n?/g, '\n') ? undefined : value
  return control.value === text || (control.value !== '' && Number(control.value) === value) ? undefined : value
}

/** Blank every control. */
export function clear(form) {
  for (const control of everyControl(form)) {
    if (control.type === 'radio' || control.type === 'checkbox') control.checked = false
    else if ('value' in control && control.name) control.value = ''
  }
}

/** The numbers of a table's rows, in the order in which they stand on the page. */
export function rowsOf(form, id) {
  const body = form.querySelector(`[data-field="${id}"] tbody`)
  return [...(body?.rows ?? [])].map((row) => row.querySelector('[name]')?.name.split('.')[1]).filter(Boolean)
}

const places = (field) => Array.from({ length: field.places }, (_, n) => n + 1)

function controls(form, name) {
  const found = controlOf(form, name)
  return found instanceof RadioNodeList ? [...found] : found ? [found] : []
}

const filled = (entries) => Object.fromEntries(entries.filter(([, value]) => !unanswered(value)))
const each = (map, work) => filled(Object.entries(map).map(([key, value]) => [key, work(key, value)]))

/** A list without its blank end. Blanks inside keep their place, so that row 3 stays row 3. */
function trimmed(list) {
  const last = list.findLastIndex((one) => !unanswered(one))
  return list.slice(0, last + 1)
}

/** The form's controls. `form.elements` would be the field with the id `elements`, if a sheet has one. */
const everyControl = (form) => Reflect.get(HTMLFormElement.prototype, 'elements', form)

/** The control with this name, or the radios. Also for a name such as `length`, which the list itself has. */
export const controlOf = (form, name) => everyControl(form).namedItem(name)
