// Writing answers into the fillable PDF of a sheet. It stays fillable. Without it the PDF can be filled in by hand. No page needed.
import { leaves, tooMany } from './leaves.js'
import { typesetter } from './pdftext.js'
import { PDFArray, PDFHexString, PDFName, PDFParser, PDFRawStream, PDFStreamWriter } from './vendor/pdf-lib.js'

const MULTILINE = 1 << 12
const key = (name) => PDFName.of(name)

/**
 * The bytes of `blank` with the answers in it, in letters of `points` or as many as fit. `results` are lines of words by field id.
 * Also what could not be done: `missed` in sentences, and the characters that its letters cannot draw.
 */
export async function fill(blank, fields, answers, results = {}, points = 11) {
  const context = await PDFParser.forBytesWithOptions(blank).parseDocument()
  const form = context.lookup(context.trailerInfo.Root).lookup(key('AcroForm'))
  const places = new Map(placesOf(context, form.lookup(key('Fields'))))
  const type = typesetter(context, form, points)
  const long = new Set()
  const without = []
  const given = [...leaves(fields, answers), ...Object.entries(results).map(([id, lines]) => [id, lines.join('\n')])]
  for (const [name, value] of given) {
    const place = places.get(name)
    if (!place) without.push(name)
    else if (!put(context, place, value, type)) long.add(fields[name.split('.')[0]].label)
  }
  const missed = [...tooMany(fields, without), ...[...long].map((label) => WORDS`pdf.too_long_for_box label=${label}`)]
  return { bytes: await PDFStreamWriter.forContext(context, 50).serializeToBuffer(), missed, undrawn: [...type.undrawn].slice(0, 12).join(' ') }
}

/** Every field by its whole name: its dictionary and those of its widgets. */
function placesOf(context, kids, above = '') {
  return [...each(context, kids)].flatMap((field) => {
    const name = above + field.lookup(key('T')).decodeText()
    const below = field.lookup(key('Kids'))
    const children = below ? [...each(context, below)] : []
    if (children.some((one) => one.has(key('T')))) return placesOf(context, below, `${name}.`)
    return [[name, { field, widgets: children.length ? children : [field] }]]
  })
}

function* each(context, array) {
  for (let n = 0; n < array.size(); n++) yield context.lookup(array.get(n))
}

/** What a field says, or what it inherits. */
function inherited(field, name) {
  for (let at = field; at; at = at.lookup(key('Parent'))) if (at.has(key(name))) return at.lookup(key(name))
  return undefined
}

/** Set one field and draw it. False when the answer is longer than its box. */
function put(context, { field, widgets }, value, type) {
  const kind = inherited(field, 'FT').decodeText()
  if (kind === 'Btn') return mark(field, widgets, value === true ? 'Yes' : String(value))
  field.set(key('V'), PDFHexString.fromText(String(value)))
  const words = kind === 'Ch' ? labelOf(context, field, String(value)) : String(value)
  const many = kind === 'Tx' && Boolean((inherited(field, 'Ff')?.asNumber() ?? 0) & MULTILINE)
  return widgets.map((widget) => draw(context, widget, words, many, type)).every(Boolean)
}

function mark(field, widgets, state) {
  const states = (widget) => widget.lookup(key('AP')).lookup(key('N'))
  const known = widgets.some((widget) => states(widget).has(key(state)))
  if (known) field.set(key('V'), key(state))
  for (const widget of widgets) widget.set(key('AS'), key(states(widget).has(key(state)) ? state : 'Off'))
  return true
}

function labelOf(context, field, value) {
  const pairs = [...each(context, field.lookup(key('Opt')))].filter((one) => one instanceof PDFArray)
  const found = pairs.find((one) => one.lookup(0).decodeText() === value)
  return found ? found.lookup(1).decodeText() : value
}

function draw(context, widget, words, many, type) {
  const [x0, y0, x1, y1] = widget.lookup(key('Rect')).asArray().map((one) => one.asNumber())
  const [width, height] = [x1 - x0, y1 - y0]
  const ground = widget.lookup(key('MK'))?.lookup(key('BG'))?.asArray().map((one) => one.asNumber())
  const { content, whole } = type.set(words, width, height, many)
  const paint = ground?.length === 3 ? `${ground.join(' ')} rg 0 0 ${width.toFixed(2)} ${height.toFixed(2)} re f ` : ''
  const dict = context.obj({ Type: 'XObject', Subtype: 'Form', BBox: [0, 0, width, height], Resources: { Font: type.fonts } })
  const bytes = new TextEncoder().encode(`q ${paint}Q /Tx BMC q ${content} Q EMC`)
  const stream = context.register(PDFRawStream.of(dict, bytes))
  widget.set(key('AP'), context.obj({ N: stream }))
  return whole
}
