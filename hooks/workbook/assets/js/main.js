// What script adds to a worksheet. Without it the form is complete: it can be filled in, printed, and left.
import { definition, read } from './answers.js'

const form = document.querySelector('form[data-worksheet]')
if (form) {
  const sheet = definition(form)
  const page = {
    form,
    sheet,
    answers: () => read(form, sheet.fields),
    /** Tell every part that answers have changed by other means than typing. */
    changed: () => form.dispatchEvent(new Event('input', { bubbles: true })),
  }
  document.documentElement.classList.add('js')

  live.start(page)
  tools.start(page)
}
