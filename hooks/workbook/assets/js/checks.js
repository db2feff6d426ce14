// Says what a box cannot read, clears a marked number, and keeps "none of these" alone.
// Without it the browser says some of this in its own words, and nothing is ever refused.
import { controlOf } from './answers.js'
import { complain, make, say } from './live.js'

const EXAMPLE = { date: WORDS`checks.no_such_day`, time: WORDS`checks.no_such_time` }

export function start({ form, sheet: { fields } }) {
  for (const one of form.querySelectorAll('.none')) makeButton(form, one)
  form.addEventListener('focusout', ({ target }) => { if (readable(target)) check(target) })
  form.addEventListener('change', ({ target }) => {
    if (target.type === 'checkbox') onlyNone(form, target)
  })
  return (answers, event) => {
    for (const field of Object.values(fields)) {
      if (field.max && field.type === 'choices') count(field, answers[field.id] ?? [])
      if (field.type === 'rank') twice(field, answers[field.id] ?? [])
    }
    if (event && event.target.ariaInvalid === 'true') check(event.target)
    if (event?.target === form) for (const one of form.querySelectorAll('[aria-invalid]')) check(one)
  }
}

const readable = (control) => ['date', 'time', 'number'].includes(control.type)

/** Arrow keys go through radio buttons, so one that clears is better a button. */
function makeButton(form, label) {
  const radio = label.querySelector('input')
  const button = make('button', { type: 'button', class: 'none' }, label.querySelector('span'))
  label.replaceWith(button)
  button.addEventListener('click', () => {
    const group = [...controlOf(form, radio.name)]
    for (const one of group) one.checked = false
    group[0].focus()
    group[0].dispatchEvent(new Event('input', { bubbles: true }))
    say(WORDS`checks.cleared`)
  })
}

/** What is wrong with a control, in plain words; '' when nothing is. */
function fault({ type, min, max, step, validity }) {
  if (validity.valid) return ''
  if (EXAMPLE[type]) return EXAMPLE[type]
  if (validity.stepMismatch) return whole(step)
  if (min && max) return WORDS`checks.number_between min=${min} max=${max}`
  if (min) return WORDS`checks.number_or_more min=${min}`
  return max ? WORDS`checks.number_or_less max=${max}` : WORDS`checks.any_number`
}

function whole(step) {
  if (!step || step === '1') return WORDS`checks.whole_number`
  if (!/^0?\.0*1$/.test(step)) return WORDS`checks.steps step=${step}`
  return WORDS`checks.digits number=${step.length - 2}`
}

/** Marks a control that cannot be read. What was typed stays. */
function check(control) {
  const field = control.closest('.field')
  const slot = `${field.dataset.field}_err`
  const text = fault(control)
  if (!text && control.ariaInvalid !== 'true') return
  const cell = control.closest('tr')
  const others = text ? [] : [...field.querySelectorAll('[aria-invalid]')].filter((one) => one !== control)
  if (text) control.setAttribute('aria-invalid', 'true')
  else control.removeAttribute('aria-invalid')
  if (cell && text) control.setAttribute('aria-describedby', slot)
  else if (cell) control.removeAttribute('aria-describedby')
  if (others.length) check(others[0])
  else complain(field.dataset.field, text && cell ? `${named(control)}: ${text}` : text)
}

const named = (control) => control.labels[0].textContent.replace(': ', ', ')

function count({ id, max }, ticked) {
  complain(id, ticked.length > max ? WORDS`checks.too_many_ticks max=${max} number=${ticked.length}` : '')
}

function twice({ id, options = [] }, list) {
  const again = list.find((one, at) => one && list.indexOf(one) < at)
  const { label } = options.find((one) => one.id === again) ?? { label: again }
  complain(id, again ? WORDS`checks.twice label=${label}` : '')
}

/** "None of these" and the others exclude each other. */
function onlyNone(form, box) {
  const boxes = [...form.querySelectorAll(`[name="${box.name}"]`)]
  const none = boxes.find((one) => one.value === 'none')
  if (!none || !box.checked) return
  const odd = boxes.filter((one) => one.checked && one !== box && (box === none || one === none))
  for (const one of odd) one.checked = false
  if (!odd.length) return
  box.dispatchEvent(new Event('input', { bubbles: true }))
  say(box === none ? WORDS`checks.others_unticked` : WORDS`checks.is_unticked option=${none.labels[0].textContent.trim()}`)
}
