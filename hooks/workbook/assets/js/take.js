// Taking the answers elsewhere: a filled PDF, plain text, FHIR, a reminder. What is large is loaded when it is asked for.
// Without it a sheet can be printed, and the blank PDF can be filled in.
import { ask, download, say, shortDay, today } from './ask.js'
import { choose } from './file.js'
import { shown } from './given.js'
import { make } from './live.js'
import { days, reminder } from './reminder.js'
import { toWords } from './words.js'

const [NORMAL, LARGE] = [11, 18] // points: what is filled in is as large as what is printed
const OFFLINE = location.protocol === 'file:' ? WORDS`take.not_from_a_disk`
  : WORDS`take.file_did_not_arrive`
const PAPERS = [['letter', WORDS`shared.letter`], ['a4', 'A4'], ['large-letter', WORDS`shared.large_print_letter`], ['large-a4', WORDS`shared.large_print_a4`]]
const MAKES = {
  ...Object.fromEntries(PAPERS.map(([size]) => [size, (page) => filled(page, size)])),
  text: copy,
  fhir: asFhir,
  load: choose,
}

/** The More button. */
export async function open(page) {
  const week = new Date()
  week.setDate(week.getDate() + 7)
  const offered = [...new Set([...days(page.sheet.fields, page.answers(), today()), today(week)])]
  const button = ([value, words]) => make('li', {}, make('button', { type: 'submit', class: 'btn second', value }, words))
  const list = (title, ...buttons) => [make('h3', {}, title), make('ul', { class: 'ways' }, ...buttons.map(button))]
  const asked = await ask(WORDS`take.take_it_away`, [
    ...list(WORDS`take.your_answers`, ...PAPERS.map(([size, words]) => [size, WORDS`take.filled_pdf paper=${words}`]), ['text', WORDS`take.copy_as_plain_text`], ['fhir', WORDS`take.for_a_health_record`]),
    ...list(WORDS`take.reminder`, ...offered.map((day) => [day, day === today(week) ? WORDS`take.in_a_week` : shortDay(`${day}T12:00`)])),
    ...list(WORDS`take.saved_before`, ['load', WORDS`shared.load_a_file`]),
  ], [['', WORDS`shared.go_back`]])
  if (/^\d/.test(asked)) await remind(page, asked)
  else if (asked) await MAKES[asked](page)?.catch((error) => {
    if (error instanceof Missing) return page.missing()
    page.say(OFFLINE)
    throw error
  })
}

class Missing extends Error {}

/** What a module gives that is loaded now. */
const part = (coming) => coming.catch(({ message }) => { throw new Missing(message) })

async function remind(page, day) {
  download('reminder.ics', reminder(day), 'text/calendar')
  page.say(WORDS`take.saved_reminder`)
}

/** Something published beside this page. Nothing else is ever fetched, and nothing is sent with it. */
async function beside(page, ending) {
  const answer = await fetch(`${page.sheet.id}${ending}`, { credentials: 'omit', referrerPolicy: 'no-referrer' })
  if (!answer.ok) throw new Error(`${answer.status} for ${ending}`)
  return answer
}

async function filled(page, size) {
  const [blank, { fill }] = await Promise.all([beside(page, `-${size}.pdf`).then((one) => one.arrayBuffer()), part(import('./pdf.js'))])
  const { fields } = page.sheet
  const all = page.answers()
  const answers = Object.fromEntries(Object.entries(all).filter(([id]) => shown(fields[id], fields, all)))
  const { bytes, missed, undrawn } = await fill(new Uint8Array(blank), fields, answers, await results(page), size.startsWith('large') ? LARGE : NORMAL)
  download(`${page.sheet.id}-filled.pdf`, bytes, 'application/pdf')
  page.say([WORDS`take.saved_pdf id=${page.sheet.id}`, ...missed, undrawn && WORDS`take.undrawn undrawn=${undrawn}`].filter(Boolean).join(' '))
}

async function results(page) {
  const { fields } = page.sheet
  const answers = page.answers()
  const asked = Object.values(fields).filter((field) => field.type === 'result' && shown(field, fields, answers))
  if (!asked.length) return {}
  const [{ workOut }, { inLines }] = await Promise.all([part(import('./results.js')), part(import('./outcome.js'))])
  const found = asked.map((field) => [field, workOut(field, fields, answers)])
  return Object.fromEntries(found.filter(([, one]) => one.enough).map(([field, one]) => [field.id, inLines(field, one)]))
}

async function copy(page) {
  const text = toWords(page.sheet, page.answers(), await results(page))
  try {
    await navigator.clipboard.writeText(text)
    page.say(WORDS`take.copied`)
  } catch {
    const area = make('textarea', { rows: '8', readonly: '', 'aria-label': WORDS`take.as_plain_text` })
    area.value = text
    area.addEventListener('focus', () => area.select())
    await ask(WORDS`take.as_plain_text`, [say(WORDS`take.select_and_copy`), area], [['', WORDS`shared.done`]])
  }
}

async function asFhir(page) {
  const [questionnaire, { response }] = await Promise.all([beside(page, '.fhir.json').then((one) => one.json()), part(import('./response.js'))])
  const made = response(questionnaire, page.sheet.fields, page.answers())
  download(`${page.sheet.id}-response.fhir.json`, `${JSON.stringify(made, null, 2)}\n`, 'application/fhir+json')
  page.say(WORDS`take.saved_fhir id=${page.sheet.id}`)
}
