// Lets the wheel be set on its picture, by touch, mouse or arrow keys, and draws it as the list is filled in.
// Without it the list beside the picture holds the same answers.
import { controlOf } from './answers.js'
import { draw, short } from './svg.js'

const STEPS = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 2, PageDown: -2, Home: -Infinity, End: Infinity }
const RIM = 10 // how far outside the outer circle a finger still counts

export function start({ form, sheet: { fields } }) {
  const wheels = [...form.querySelectorAll('.wheel')].map((picture) => {
    return dress(form, fields[picture.closest('.field').dataset.field], picture)
  })
  return () => { for (const redraw of wheels) redraw() }
}

/** Puts a handle on every spoke; gives the function that draws anew. */
function dress(form, { id, label, scales, min = 0, max = 10 }, picture) {
  const radius = Number(picture.dataset.radius)
  const lists = scales.map((scale) => controlOf(form, `${id}.${scale.id}`))
  const turns = scales.map((scale, at) => (at * 2 * Math.PI) / scales.length)
  const shape = draw('path', { class: 'shape' })
  const handles = scales.map((scale) => draw('g', {
    class: 'handle', role: 'slider', tabindex: 0, 'aria-label': scale.label, 'aria-valuemin': min, 'aria-valuemax': max,
  }, draw('circle', { class: 'hit', r: 24 }), draw('circle', { class: 'dot', r: 6 })))
  for (const spoke of picture.querySelectorAll('g')) spoke.setAttribute('aria-hidden', 'true')
  picture.setAttribute('role', 'group')
  picture.append(shape, ...handles)

  const set = (at, value) => {
    const kept = value === '' ? '' : String(Math.min(max, Math.max(min, Math.round(value))))
    if (lists[at].value === kept) return
    lists[at].value = kept
    lists[at].dispatchEvent(new Event('input', { bubbles: true }))
  }
  const along = (at, { x, y }) => min + ((x * Math.sin(turns[at]) - y * Math.cos(turns[at])) / radius) * (max - min)
  const place = (at, value) => {
    const length = (radius * (value - min)) / (max - min)
    return [short(length * Math.sin(turns[at])), short(-length * Math.cos(turns[at]))]
  }
  listen(picture, handles, { lists, min, set, along, radius })
  return () => redraw({ label, scales, lists, min, max }, { picture, shape, handles, place })
}

/** Between two spokes with numbers there is a line. A spoke without one leaves a gap. */
function redraw({ label, scales, lists, min, max }, { picture, shape, handles, place }) {
  const values = lists.map((list) => (list.value === '' ? undefined : Number(list.value)))
  const whole = values.every((value) => value !== undefined)
  const lines = values.map((value, at) => {
    const next = (at + 1) % values.length
    if (value === undefined || values[next] === undefined) return ''
    return whole && at ? `L${place(next, values[next])}` : `M${place(at, value)}L${place(next, values[next])}`
  })
  shape.setAttribute('d', lines.join(''))
  shape.classList.toggle('whole', whole)
  handles.forEach((handle, at) => {
    const value = values[at]
    handle.setAttribute('transform', `translate(${place(at, value ?? max)})`)
    handle.setAttribute('aria-valuenow', value ?? min)
    handle.setAttribute('aria-valuetext', value === undefined ? WORDS`wheel.no_number_yet` : WORDS`shared.out_of value=${value} most=${max}`)
    handle.classList.toggle('unset', value === undefined)
  })
  const said = scales.map((scale, at) => `${scale.label} ${values[at] ?? WORDS`wheel.no_number_yet`}`)
  picture.setAttribute('aria-label', `${label} ${said.join(', ')}.`)
}

function listen(picture, handles, { lists, min, set, along, radius }) {
  const at = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse())
  const nearest = ({ x, y }) => {
    const part = Math.atan2(x, -y) / (2 * Math.PI) * handles.length
    return (Math.round(part) + handles.length) % handles.length
  }
  let held
  let carried
  let pressed // a browser may move a tap to what it thinks was meant; the press itself is where the finger was

  picture.addEventListener('pointerdown', (event) => {
    const handle = handles.indexOf(event.target.closest('.handle'))
    carried = false
    pressed = at(event)
    // A finger beside the handles may want to scroll; one on a handle moves it.
    if (event.button || (event.pointerType !== 'mouse' && handle < 0)) return
    const far = Math.hypot(pressed.x, pressed.y)
    if (far > radius + 2 * RIM) return
    held = far > 4 * RIM || handle < 0 ? nearest(pressed) : handle
    handles[held].focus({ preventScroll: true })
    picture.setPointerCapture(event.pointerId)
    event.preventDefault()
  })
  picture.addEventListener('pointermove', (event) => {
    if (held === undefined) return
    carried = true
    set(held, along(held, at(event)))
  })
  for (const type of ['pointerup', 'pointercancel']) picture.addEventListener(type, () => { held = undefined })
  picture.addEventListener('click', (event) => {
    const point = pressed ?? at(event)
    pressed = undefined
    if (carried || Math.hypot(point.x, point.y) > radius + RIM) return
    const spoke = nearest(point)
    set(spoke, along(spoke, point))
    handles[spoke].focus({ preventScroll: true })
  })
  picture.addEventListener('keydown', (event) => {
    const spoke = handles.indexOf(event.target.closest('.handle'))
    if (spoke < 0 || event.ctrlKey || event.metaKey || event.altKey) return
    const { value } = lists[spoke]
    if (['Delete', 'Backspace'].includes(event.key)) set(spoke, '')
    else if (event.key in STEPS) set(spoke, value === '' && Number.isFinite(STEPS[event.key]) ? min : Number(value) + STEPS[event.key])
    else return
    event.preventDefault()
  })
}
