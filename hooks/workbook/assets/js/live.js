// What helps while one writes: rows to add, fields that come when they apply, results, a wheel that draws.
// Without it every field is there at once, with words for when it applies and how to work a result out.
// Little is loaded before a person shows; then the parts that this sheet has a use for.

const PARTS = {
  conditions: ['.conditional, [data-when]', () => import('./conditions.js')],
  outcome: ['.field--result', () => import('./outcome.js')],
  rows: ['.field--table', () => import('./rows.js')],
  rank: ['.places', () => import('./rank.js')],
  wheel: ['.wheel', () => import('./wheel.js')],
  chart: ['thead .is-date', () => import('./chart.js')],
  checks: ['.field', () => import('./checks.js')],
}
const PRESENCE = ['pointerdown', 'pointermove', 'wheel', 'keydown', 'focusin', 'input']
const MOST = 200
const FEW = { 2: 'two', 3: 'three', 4: 'four', 5: 'five', 6: 'six', 7: 'seven', 8: 'eight', 9: 'nine', 10: 'ten' }

const region = make('p', { class: 'vh', role: 'status' })

export function start(page) {
  const { form } = page
  document.body.append(region)
  for (const field of form.querySelectorAll('.field--table')) dress(field)
  for (const field of form.querySelectorAll('.field--result')) awaitResult(field, page.sheet.fields[field.dataset.field])
  for (const one of conditional()) one.hidden = true
  spare(form)
  form.addEventListener('input', ({ target }) => (target === form ? spare(form) : target.closest('tr')?.classList.remove('spare')))
  form.addEventListener('click', (event) => press(page, event.target.closest?.('.add, .remove')))
  addEventListener('beforeprint', () => toPaper(form, !Object.keys(page.answers()).length))
  addEventListener('afterprint', () => document.documentElement.classList.remove('blank'))
  if (!CSS.supports('field-sizing: content')) import('./grow.js').then((part) => part.start(page))
  const wake = () => {
    for (const type of PRESENCE) removeEventListener(type, wake)
    load(page)
  }
  for (const type of PRESENCE) addEventListener(type, wake)
  if (Object.keys(page.answers()).length) wake()
}

/** Each part gives a function that is called with the answers whenever they change. */
function load(page) {
  const parts = []
  let last // what was done before a part came is news to it
  page.form.addEventListener('input', (event) => {
    last = event
    const answers = page.answers()
    for (const update of parts) update(answers, event)
  })
  for (const [name, [has, part]] of Object.entries(PARTS)) {
    if (!document.querySelector(has)) continue
    Promise.all([part(), style()]).then(([{ start }]) => {
      const update = start(page)
      update(page.answers(), last)
      parts.push(update)
    }).catch(() => {
      WITHOUT[name]?.()
      page.say(WORDS`live.parts_did_not_arrive`)
    })
  }
}

let styled

/** The style of all that comes later, loaded once. Should it not come, they do without. */
export function style() {
  styled ??= new Promise((done) => {
    const link = make('link', { rel: 'stylesheet', href: new URL('../parts.css', import.meta.url) })
    link.onload = link.onerror = done
    document.head.append(link)
  })
  return styled
}

// What cannot be loaded is as it would be without script.
const WITHOUT = {
  conditions: () => { for (const one of conditional()) one.hidden = false },
  outcome: () => { for (const one of document.querySelectorAll('.worked')) one.remove() },
  rows: () => { for (const one of document.querySelectorAll('.remove')) one.remove() },
}

const conditional = () => document.querySelectorAll('.conditional, [data-when], .called')
const isBlank = (row) => [...row.querySelectorAll('[name]')].every((control) => !control.value)
const tables = (form) => form.querySelectorAll('.rows tbody')

/** Cards in a column are long: of the blank rows the first is enough, until more are asked for. A table shows all. */
function spare(form) {
  for (const body of tables(form)) {
    const blank = liveRows(body).filter(isBlank)
    for (const row of liveRows(body)) {
      row.classList.toggle('spare', blank.indexOf(row) > 0 && !row.contains(document.activeElement))
    }
  }
}

/** Paper shows what is filled in, or with no answers at all everything there is to fill in. */
function toPaper(form, blank) {
  document.documentElement.classList.toggle('blank', blank)
  for (const body of tables(form)) {
    const written = liveRows(body).some((row) => !isBlank(row))
    for (const row of liveRows(body)) row.classList.toggle('unused', written && isBlank(row))
  }
  for (const one of form.querySelectorAll('[type=date], [type=time]')) one.classList.toggle('unset', !one.value)
}

function awaitResult(field, { needs = 1 }) {
  const when = needs > 1 ? WORDS`live.fills_in_once number=${FEW[needs] ?? needs}` : WORDS`live.fills_in_as_you_write`
  field.querySelector('.how').before(make('div', { class: 'worked' }, make('p', {}, when)))
}

function dress(field) {
  const { tHead: head, tBodies: [body] } = field.querySelector('.rows')
  const name = head.querySelector('.row-name').textContent
  head.rows[0].append(make('th', { class: 'cell is-remove', scope: 'col' }, hidden(WORDS`live.remove`)))
  for (const row of body.rows) {
    const button = make('button', { type: 'button', class: 'remove' }, hidden(''))
    row.append(make('td', { class: 'cell is-remove' }, button))
  }
  const label = field.querySelector('legend').lastChild.textContent.trim()
  const add = WORDS`live.add_another name=${name.replace(/^.(?=[^A-Z])/, (first) => first.toLowerCase())}`
  field.querySelector('.rows').after(make('button', { type: 'button', class: 'btn second add' }, add, hidden(WORDS`live.to_this label=${label}`)))
  number(body)
}

function press(page, button) {
  const field = button?.closest('.field')
  if (button?.matches('.remove')) import('./rows.js').then((part) => part.remove(page, button.closest('tr')))
  else if (!field) return
  else if (showSpare(field)) return
  else if (addRow(page.form, field.dataset.field)) liveRows(field.querySelector('tbody')).at(-1).querySelector('[name]').focus()
  else complain(field.dataset.field, WORDS`live.table_is_full most=${MOST}`)
}

/** Show the next blank row that is out of sight, and go there. False when all are in sight. */
function showSpare(field) {
  const row = liveRows(field.querySelector('tbody')).find((one) => !one.getClientRects().length)
  row?.classList.remove('spare')
  row?.querySelector('[name]').focus()
  return Boolean(row)
}

/** One more blank row at the end of a table. False when it holds as many as it may. */
export function addRow(form, id) {
  const body = form.querySelector(`[data-field="${id}"] tbody`)
  const rows = liveRows(body)
  if (rows.length >= MOST) return false
  const row = rows.at(-1).cloneNode(true)
  row.className = 'row'
  for (const control of row.querySelectorAll('[name]')) {
    control.value = ''
    for (const name of ['aria-invalid', 'aria-describedby', 'style']) control.removeAttribute(name)
  }
  body.append(row)
  number(body)
  return true
}

/** The rows one can write in. A removed row keeps its place until it is brought back. */
export const liveRows = (body) => [...body.rows].filter((row) => !row.matches('.gone'))

/** Number the rows as they stand: names, ids, labels and buttons. */
export function number(body) {
  const rows = liveRows(body)
  rows.forEach((row, at) => {
    const head = row.querySelector('th')
    const button = row.querySelector('.remove').lastChild
    if (head.lastChild.data === String(at + 1) && button.textContent) return
    head.lastChild.data = at + 1
    button.textContent = WORDS`live.remove_column column=${head.textContent}`
    for (const control of row.querySelectorAll('[name]')) {
      const label = row.querySelector(`label[for="${control.id}"]`)
      const name = control.name.replace(/\.\d+\./, `.${at + 1}.`)
      if (name === control.name) continue
      control.name = control.id = label.htmlFor = name
      label.firstChild.textContent = `${head.textContent}: `
    }
  })
  body.classList.toggle('one', rows.length === 1)
}

/** An element with attributes and children. */
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

/** Words for screen readers alone. */
export const hidden = (text) => make('span', { class: 'vh' }, text)

/** Tell a screen reader now. */
export function say(text) {
  region.textContent = region.textContent === text ? `${text}\u00a0` : text
}

/** A sentence under a field; an empty one takes it away. */
export function complain(id, text) {
  const slot = document.getElementById(`${id}_err`)
  if (slot.textContent === text) return
  slot.textContent = text
  if (text) say(text)
}
