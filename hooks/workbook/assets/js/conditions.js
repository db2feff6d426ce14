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
        if (event && hide !== part.hidden) mention(field.id, hide ? '' : WORDS`conditions.now_on_the_sheet label=${field.label}`)
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
  if (needed && !sentence) part.after(make('p', { class: 'kept' }, WORDS`conditions.does_not_apply_now label=${field.label}`))
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

/** The lines that answers call for show below the answer, and first on the page. Returns the box of one that is new. */
function watchSafety(form, fields) {
  const lines = [...form.querySelectorAll('[data-when]')]
    .map((line) => ({ line, when: JSON.parse(line.dataset.when), box: line.closest('.called'), copy: undefined }))
  if (!lines.length) return () => {}
  const boxes = [...form.querySelectorAll('.called')].map((box) => ({ box, before: box.previousElementSibling }))
  const back = make('button', { type: 'button', class: 'btn second' }, WORDS`conditions.go_back`)
  const inner = make('div', {}, back)
  const top = make('div', { class: 'safety now', role: 'group', 'aria-label': WORDS`conditions.safety_from_your_answers`, tabindex: -1, hidden: '' })
  top.append(boxes[0].box.firstElementChild.cloneNode(true), inner)
  document.querySelector('main').prepend(top)
  back.addEventListener('click', () => (top.from.offsetParent ? top.from : form.querySelector('.called:not([hidden]) .btn')).focus())
  for (const { box } of boxes) {
    const up = make('button', { type: 'button', class: 'btn second' }, WORDS`conditions.see_at_the_top`)
    up.addEventListener('click', () => {
      top.from = up
      top.focus()
    })
    box.lastElementChild.setAttribute('role', 'alert')
    box.lastElementChild.setAttribute('aria-atomic', 'false')
    box.append(up)
  }

  return (answers) => {
    let called
    for (const one of lines) {
      const now = one.when.every((condition) => holds(condition, fields, answers))
      if (now === !one.line.hidden) continue
      one.line.hidden = !now
      if (now) {
        called = one.box
        spot(one.when.at(-1))?.after(called)
        top.from = called.lastElementChild
        back.before(one.copy = copied(one.line))
      } else one.copy.remove()
    }
    for (const { box, before } of boxes) {
      box.hidden = !box.querySelector('p:not([hidden])')
      if (box.hidden) before.after(box)
    }
    top.hidden = !inner.querySelector('p')
    return called
  }
}

function copied(line) {
  const copy = make('p')
  copy.append(...[...line.cloneNode(true).childNodes].filter((node) => !node.classList?.contains('if')))
  return copy
}

/** What the box follows: the row of options with the one that was marked. Nothing where there are no options. */
function spot({ field, is = [] }) {
  const marked = [...document.querySelectorAll(`[data-field="${field}"] .option :checked`)].find((input) => is.includes(input.value))
  return marked && [...marked.closest('.options').children].filter((one) => one.offsetTop === marked.parentNode.offsetTop).at(-1)
}
