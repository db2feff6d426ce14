// Moves what stands in a ranked list up and down: by buttons, by arrow keys on them, or by dragging a number.
// Without it one writes, or picks, the words again in another place.
import { hidden, make, say } from './live.js'

export function start({ form }) {
  const lists = [...form.querySelectorAll('.places')]
  for (const list of lists) dress(list)
  return () => { for (const list of lists) name(list) }
}

const controls = (list) => [...list.querySelectorAll('[name]')]
const indexOf = (element) => [...element.closest('.places').children].indexOf(element.closest('li'))

function dress(list) {
  for (const item of list.children) {
    item.append(...[-1, 1].map((by) => make('button', { type: 'button', class: 'move', 'data-by': by }, hidden(''))))
    item.querySelector('label').classList.add('grip')
    drag(item)
  }
  list.addEventListener('click', ({ target }) => {
    const button = target.closest('.move')
    if (button) step(list, button, Number(button.dataset.by))
  })
  list.addEventListener('keydown', (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!by || !event.target.matches('.move')) return
    event.preventDefault()
    step(list, event.target, by)
  })
}

/** The buttons are named by what they move. */
function name(list) {
  controls(list).forEach((control, at) => {
    for (const button of list.children[at].querySelectorAll('.move')) {
      const by = Number(button.dataset.by)
      button.lastChild.textContent = by < 0 ? WORDS`rank.move_up what=${words(control, at)}` : WORDS`rank.move_down what=${words(control, at)}`
      button.setAttribute('aria-disabled', String(!list.children[at + by]))
    }
  })
}

function words(control, at) {
  const text = (control.selectedOptions?.[0]?.textContent ?? control.value).trim() // nothing, after an option that is not in the list
  return text ? '“' + (text.length > 60 ? text.slice(0, 59) + '…' : text) + '”' : WORDS`rank.place number=${at + 1}`
}

function step(list, button, by) {
  const from = indexOf(button)
  if (!list.children[from + by]) return
  move(list, from, from + by)
  list.children[from + by].querySelector(`.move[data-by="${button.dataset.by}"]`).focus()
}

/** Takes one out of its place and puts it into another; those between move over. */
function move(list, from, to) {
  const all = controls(list)
  const what = words(all[from], from)
  const values = all.map((control) => control.value)
  values.splice(to, 0, ...values.splice(from, 1))
  all.forEach((control, at) => { control.value = values[at] })
  all[to].dispatchEvent(new Event('input', { bubbles: true }))
  say(WORDS`rank.moved first=${what[0].toUpperCase()} rest=${what.slice(1)} place=${to + 1} all=${all.length}`)
}

/** A finger or a mouse takes the number and carries the line along. Esc lets go. */
function drag(item) {
  const grip = item.querySelector('label')
  const list = item.parentNode
  let held

  const aim = () => list.querySelector('.aim')
  const drop = () => {
    held = undefined
    aim()?.classList.remove('aim')
    item.classList.remove('held')
    item.style.translate = ''
  }
  const escape = (event) => { if (event.key === 'Escape') drop() }
  grip.addEventListener('pointerdown', (event) => {
    if (event.button) return
    grip.setPointerCapture(event.pointerId)
    // measured from the list's own top, since the page may scroll meanwhile
    const { top } = list.getBoundingClientRect()
    held = { start: event.clientY - top, rooms: [...list.children].map((one) => one.getBoundingClientRect()).map((one) => ({ top: one.top - top, height: one.height })) }
    addEventListener('keydown', escape)
  })
  grip.addEventListener('pointermove', (event) => {
    if (!held) return
    const from = indexOf(item)
    const by = event.clientY - list.getBoundingClientRect().top - held.start
    const middle = held.rooms[from].top + held.rooms[from].height / 2 + by
    held.to = Math.max(0, held.rooms.findLastIndex((room) => room.top < middle))
    held.moved ||= Math.abs(by) > 4
    aim()?.classList.remove('aim')
    if (held.to !== from) list.children[held.to].classList.add('aim')
    item.classList.add('held')
    item.style.translate = `0 ${by}px`
  })
  grip.addEventListener('pointerup', () => {
    const [to, moved] = [held?.to, held?.moved]
    removeEventListener('keydown', escape)
    drop()
    grip.carried = moved
    if (moved && to !== indexOf(item)) move(list, indexOf(item), to)
  })
  grip.addEventListener('pointercancel', drop)
  grip.addEventListener('click', (event) => { if (grip.carried) event.preventDefault() })
}
