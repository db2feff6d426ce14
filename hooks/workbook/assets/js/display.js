// Text size, light and dark, contrast. A choice holds on the open page; it is kept on the device only when that is asked for.
// early.js reads what was kept before a page is drawn; tokens.css says what each choice does.
import { show } from './dialog.js'

const NAME = 'display'
const root = document.documentElement
const CHOICES = [
  ['size', WORDS`display.text_size`, [['', WORDS`display.as_it_is`], ['large', WORDS`display.large`], ['largest', WORDS`display.largest`]]],
  ['theme', WORDS`display.light_or_dark`, [['', WORDS`display.as_on_my_device`], ['light', WORDS`display.light`], ['dark', WORDS`display.dark`]]],
  ['contrast', WORDS`display.contrast`, [['', WORDS`display.as_on_my_device`], ['more', WORDS`display.more`]]],
]

function kept() {
  try { return localStorage.getItem(NAME) !== null } catch { return false }
}

/** Put the choices on the device, or take them off it. False: this browser keeps nothing. */
function keep(yes) {
  try {
    const chosen = Object.fromEntries(CHOICES.map(([name]) => [name, root.dataset[name]]).filter(([, value]) => value))
    if (yes) localStorage.setItem(NAME, JSON.stringify(chosen))
    else localStorage.removeItem(NAME)
    return true
  } catch {
    return !yes
  }
}

function group([name, legend, options]) {
  const one = ([value, words]) => `<label><input type="radio" name="${name}" value="${value}"${(root.dataset[name] ?? '') === value ? ' checked' : ''}>${words}</label>`
  return `<fieldset><legend>${legend}</legend>${options.map(one).join('')}</fieldset>`
}

export function open() {
  if (document.querySelector('dialog.display')) return
  const dialog = document.createElement('dialog')
  dialog.className = 'ask display'
  dialog.setAttribute('aria-labelledby', 'display_')
  const [title, keeping, done] = [WORDS`display.display`, WORDS`display.keep_these_choices`, WORDS`shared.done`]
  dialog.innerHTML = `<form method="dialog" autocomplete="off"><h2 id="display_">${title}</h2>${CHOICES.map(group).join('')}
<div><label class="keep"><input type="checkbox" name="keep"${kept() ? ' checked' : ''}>${keeping}</label>
<p class="soft" role="status"></p></div><p class="buttons"><button class="btn">${done}</button></p></form>`
  const choices = dialog.firstChild
  const said = choices.querySelector('[role=status]')
  const says = (yes) => yes ? WORDS`display.kept`
    : WORDS`display.not_kept`
  said.textContent = says(kept())
  choices.addEventListener('change', () => {
    for (const [name] of CHOICES) {
      const { value } = choices.elements[name]
      if (value) root.dataset[name] = value
      else delete root.dataset[name]
    }
    const box = choices.elements.keep
    if (keep(box.checked)) return void (said.textContent = says(box.checked))
    box.checked = false
    said.textContent = WORDS`display.cannot_keep`
  })
  dialog.addEventListener('close', () => {
    dialog.remove()
    // The way here may have been in a menu that has closed since.
    if (document.activeElement === document.body) document.querySelector('.menu > summary')?.focus()
  })
  document.body.append(dialog)
  show(dialog)
}
