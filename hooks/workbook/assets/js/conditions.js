// Shows fields and safety lines when the answers ask for them. Without it all are there, with the condition in words.
import { holds, shown } from './given.js'
import { make } from './live.js'
import { mention } from './mention.js'

export function start({ form, sheet: { fields } }) {
  const parts = [...form.querySelectorAll('.conditional')]
  const safety = watchSafety(form, fields)
  return (answers, event) => {
    const seen = event && event.target !== form ? event.target : document.activeElement
    let called
    steady(seen, () => {
      called = safety(answers)
      for (const part of parts) {
        const field = fields[part.dataset.field]
        const hide = !shown(field, fields, answers)
        if (event && hide !== part.hidden) mention(field.id, hide ? '' : `Now on the sheet: ${field.label}`)
        part.hidden = hide
        keep(part, field, answers)
      }
    })
    if (event && called) uncover(called, seen)
  }
}

/** Says that what was written in a hidden field is still there. */
function keep(part, field, answers) {
  const sentence = part.nextElementSibling?.matches('.kept') && part.nextElementSibling
  const needed = part.hidden && field.id in answers
  if (sentence && !needed) sentence.remove()
  if (needed && !sentence) part.after(make('p', { class: 'kept' }, `“${field.label}” does not apply now. Your answer is kept, out of sight.`))
}

/** Something comes or goes above; what the person looks at stays where it is. */
function steady(seen, work) {
  const place = () => seen.getBoundingClientRect().top
  const root = document.documentElement
  const before = place()
  root.style.overflowAnchor = 'none'
  work()
  if (seen !== document.body) scrollBy({ top: place() - before, behavior: 'instant' })
  requestAnimationFrame(() => { root.style.overflowAnchor = '' })
}

/** Brings the box into sight, as long as what the person looks at stays there too. */
function uncover(box, seen) {
  const bar = document.querySelector('.tools').getBoundingClientRect().top // at the foot of a small screen
  const below = box.getBoundingClientRect().bottom - (bar > innerHeight / 2 ? Math.min(bar, innerHeight) : innerHeight) + 8
  if (below > 0) scrollBy({ top: Math.min(below, Math.max(0, seen.getBoundingClientRect().top - 24)), behavior: 'instant' })
}

/** The lines that hold stand first on the page, and once more below the answer that called for them: that box is returned when it is new. */
function watchSafety(form, fields) {
  const home = document.querySelector('.safety > div')
  const lines = [...document.querySelectorAll('[data-line][data-when]')]
    .map((line) => ({ line, when: JSON.parse(line.dataset.when), here: undefined }))
  if (!lines.length) return () => {}
  const back = make('button', { type: 'button', class: 'btn second' }, 'Back to where I was')
  const inner = make('div', {}, back)
  const top = make('div', { class: 'safety now', role: 'group', 'aria-label': 'Safety, from your answers', tabindex: -1, hidden: '' })
  top.append(home.previousElementSibling.cloneNode(true), inner)
  document.querySelector('main').prepend(top)
  back.addEventListener('click', () => (top.from.isConnected ? top.from : form.querySelector('.here button')).focus())

  return (answers) => {
    let called
    for (const one of lines) {
      const now = one.when.every((condition) => holds(condition, fields, answers))
      if (now) back.before(one.line)
      else home.append(one.line)
      if (now === !one.line.hidden) continue
      one.line.hidden = !now
      if (now) called = (one.here = here(one, top)).closest('.here')
      else one.here.remove()
    }
    top.hidden = !inner.querySelector('p:not([hidden])')
    home.parentNode.hidden = !home.querySelector('p:not([hidden])')
    for (const box of form.querySelectorAll('.here')) if (!box.querySelector('p')) box.remove()
    return called
  }
}

/** A copy below the answer that was given last among those the line looks at. */
function here({ line, when }, top) {
  const after = spot(when.at(-1))
  let box = after.nextElementSibling
  if (!box?.matches('.here')) {
    const up = make('button', { type: 'button', class: 'btn second' }, 'See it at the top of the page')
    up.addEventListener('click', () => {
      top.from = up
      top.focus()
    })
    box = make('div', { class: 'safety here' }, line.closest('.safety').querySelector('.i').cloneNode(true),
      make('div', { role: 'alert', 'aria-atomic': 'false' }), up)
    after.after(box)
  }
  top.from = box.lastChild
  const copy = make('p')
  copy.append(...[...line.cloneNode(true).childNodes].filter((node) => !node.classList?.contains('if')))
  box.children[1].append(copy)
  return copy
}

/** What the copy follows: the row of options with the one that was marked, or the field's place for errors. */
function spot({ field, is = [] }) {
  const slot = document.getElementById(`${field}_err`)
  const marked = [...slot.parentNode.querySelectorAll('.option :checked')].find((input) => is.includes(input.value))
  if (!marked) return slot
  const row = [...marked.closest('.options').children].filter((one) => one.offsetTop === marked.parentNode.offsetTop)
  return row.at(-1)
}
