// Several fillable PDFs as one. Each field keeps its name below that of its sheet, as in the packets that we make ourselves.
// What is lost are the tags for screen readers: a single sheet has them. No page needed.
import { PDFContext, PDFHexString, PDFName, PDFObjectCopier, PDFParser, PDFStreamWriter } from './vendor/pdf-lib.js'

const key = (name) => PDFName.of(name)
const MARKS = ['StructParents', 'StructParent'] // what ties a page or a box to tags that do not come along

/** The bytes of one PDF. `files` are { id, bytes }, in order; no id twice. */
export async function merge(files) {
  const whole = PDFContext.create()
  const [kids, fields] = [whole.obj([]), whole.obj([])]
  const tree = whole.register(whole.obj({ Type: 'Pages', Kids: kids }))
  let form
  for (const { id, bytes } of files) {
    const from = await PDFParser.forBytesWithOptions(bytes).parseDocument()
    const copier = PDFObjectCopier.for(from, whole)
    const root = from.lookup(from.trailerInfo.Root)
    for (const page of pages(from, root.get(key('Pages')))) {
      bare(from, from.lookup(page))
      const copied = copier.copy(page)
      whole.lookup(copied).set(key('Parent'), tree)
      kids.push(copied)
    }
    const own = root.lookup(key('AcroForm'))
    form ??= { DA: copier.copy(own.get(key('DA'))), DR: copier.copy(own.get(key('DR'))) }
    fields.push(group(whole, id, own.lookup(key('Fields')).asArray().map(copier.copy)))
  }
  whole.lookup(tree).set(key('Count'), whole.obj(kids.size()))
  whole.trailerInfo.Root = whole.register(whole.obj({
    Type: 'Catalog', Pages: tree, Lang: PDFHexString.fromText('en'), AcroForm: { ...form, Fields: fields },
    ViewerPreferences: { DisplayDocTitle: true },
  }))
  whole.trailerInfo.Info = whole.register(whole.obj({ Title: PDFHexString.fromText(WORDS`packetmerge.a_packet_of_worksheets`) }))
  return PDFStreamWriter.forContext(whole, 50).serializeToBuffer()
}

function* pages(context, node) {
  const kids = context.lookup(node).lookup(key('Kids'))
  if (!kids) yield node
  else for (const kid of kids.asArray()) yield* pages(context, kid)
}

function bare(context, page) {
  page.delete(key(MARKS[0]))
  const boxes = page.lookup(key('Annots'))
  for (const box of boxes?.asArray() ?? []) context.lookup(box).delete(key(MARKS[1]))
}

function group(whole, id, kids) {
  const made = whole.register(whole.obj({ T: PDFHexString.fromText(id), Kids: kids }))
  for (const kid of kids) whole.lookup(kid).set(key('Parent'), made)
  return made
}
