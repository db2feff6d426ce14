// Setting words in a box of a PDF, in the font that the form brings with it.
import { PDFName } from './vendor/pdf-lib.js'

const SMALLEST = 6
const LEADING = 1.2
const PAD = 2
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ' // 128 to 159 of Windows-1252

const key = (name) => PDFName.of(name)

/** Sets words in the form's own font, at most `largest` points high: { set, fonts, undrawn }. */
export function typesetter(context, form, largest) {
  const [, name, , colour = '0 g'] = /\/(\S+)\s+(\S+)\s+Tf\s*(.*)/.exec(form.lookup(key('DA')).decodeText())
  const fonts = form.lookup(key('DR')).get(key('Font'))
  const font = context.lookup(fonts).lookup(key(name))
  const widths = font.lookup(key('Widths')).asArray().map((one) => one.asNumber())
  const first = font.lookup(key('FirstChar')).asNumber()
  const undrawn = new Set()
  const encode = (text) => [...text.normalize('NFC')].flatMap((one) => codeOf(one, undrawn))
  const wide = (codes) => codes.reduce((sum, code) => sum + (widths[code - first] ?? 500), 0) / 1000
  return { fonts, undrawn, set: (words, width, height, many) => setIn(encode, wide, words, { width, height, many, name, colour, largest }) }
}

function codeOf(character, undrawn) {
  const code = character.codePointAt(0)
  if (code === 9) return [32]
  if (code >= 32 && code < 127) return [code]
  if (code >= 160 && code < 256) return [code]
  if (HIGH.includes(character) && code > 159) return [128 + HIGH.indexOf(character)]
  const plain = character.normalize('NFD')[0]
  if (plain !== character && plain.codePointAt(0) < 127) { undrawn.add(character); return [plain.codePointAt(0)] }
  if (/\p{M}|\p{Cf}/u.test(character)) return []
  undrawn.add(character)
  return [63]
}

/** The drawing, in the largest size that fits; `whole` is false when even the smallest does not. */
function setIn(encode, wide, words, { width, height, many, name, colour, largest }) {
  const room = width - 2 * PAD
  const paragraphs = (many ? words.split(/\r\n?|\n/) : [words.replace(/\s+/g, ' ')]).map(encode)
  const broken = (size) => (many ? paragraphs.flatMap((one) => wrap(one, room / size, wide)) : paragraphs)
  const fits = (size, lines) => lines.length * size * LEADING <= height - PAD && lines.every((line) => wide(line) * size <= room + 0.01)
  let size = Math.min(largest, many ? largest : (height - PAD) / LEADING)
  while (size > SMALLEST && !fits(size, broken(size))) size = Math.max(SMALLEST, size - 0.5)
  const lines = broken(size)
  const top = many ? height - PAD - size * 0.92 : (height - size * 0.7) / 2
  const hex = (line) => line.map((code) => code.toString(16).padStart(2, '0')).join('')
  const drawn = lines.map((line) => `<${hex(line)}> Tj`).join(` 0 ${(-size * LEADING).toFixed(2)} Td `)
  const clip = `${PAD / 2} 0 ${(width - PAD).toFixed(2)} ${height.toFixed(2)} re W n `
  return { content: `${clip}BT ${colour} /${name} ${size.toFixed(2)} Tf ${PAD} ${top.toFixed(2)} Td ${drawn} ET`, whole: fits(size, lines) }
}

/** Codes broken into lines at spaces; a word longer than a line is broken where the line ends. */
function wrap(codes, room, wide) {
  const lines = []
  let line = []
  for (const word of wordsOf(codes)) {
    if (line.length && wide([...line, ...trimmed(word)]) > room) { lines.push(line); line = [] }
    for (const code of word) {
      if (code !== 32 && line.length && wide([...line, code]) > room) { lines.push(line); line = [] }
      line.push(code)
    }
  }
  return [...lines, line].map(trimmed)
}

function wordsOf(codes) {
  const words = [[]]
  for (const code of codes) {
    words.at(-1).push(code)
    if (code === 32) words.push([])
  }
  return words
}

const trimmed = (line) => (line.at(-1) === 32 ? line.slice(0, -1) : line)
