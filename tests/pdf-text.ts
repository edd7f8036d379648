// Reads the text of a PDF back as a viewer would, page by page: enough for those that are written here.
import { inflateSync } from 'node:zlib'

type Objects = Map<string, { head: string; stream: string }>

function objectsOf(pdf: Buffer): Objects {
  const all: Objects = new Map()
  const text = pdf.toString('latin1')
  for (const [, id, body] of text.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [, head, raw] = /^([\s\S]*?)(?:\nstream\n([\s\S]*)\nendstream)?$/.exec(body!)!
    const bytes = raw === undefined ? '' : Buffer.from(raw, 'latin1')
    const isPacked = /\/Filter \/FlateDecode/.test(head!)
    all.set(id!, {
      head: head!,
      stream: bytes && isPacked ? inflateSync(bytes).toString('latin1') : String(bytes),
    })
  }
  return all
}

/** Letters of a font by the numbers of its glyphs. */
function lettersOf(cmap: string): Map<number, string> {
  const letters = new Map<number, string>()
  for (const [, first, list] of cmap.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/gi))
    for (const [n, [, hex]] of [...list!.matchAll(/<([0-9a-f ]+)>/gi)].entries())
      letters.set(
        parseInt(first!, 16) + n,
        Buffer.from(hex!.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
      )
  return letters
}

const reference = (head: string, key: string) => new RegExp(`/${key} (\\d+) 0 R`).exec(head)?.[1]

/** The text of each page, in the order in which it is drawn. */
export function pdfPages(pdf: Buffer): string[] {
  const objects = objectsOf(pdf)
  const fonts = new Map<string, Map<number, string>>()
  for (const [id, { head }] of objects) {
    const unicode = reference(head, 'ToUnicode')
    if (unicode) fonts.set(id, lettersOf(objects.get(unicode)!.stream))
  }
  return [...objects.values()]
    .filter(({ head }) => /\/Type \/Page\n/.test(head))
    .map(({ head }) => {
      const resources = objects.get(reference(head, 'Resources')!)!.head
      const { stream } = objects.get(reference(head, 'Contents')!)!
      return textOf(stream, (name) => fonts.get(reference(resources, name)!)!)
    })
}

function textOf(stream: string, fontOf: (name: string) => Map<number, string>): string {
  let font = new Map<number, string>()
  let text = ''
  for (const [, name, list] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name) font = fontOf(name)
    else
      for (const [, hex] of list!.matchAll(/<([0-9a-f]+)>/g))
        text += hex!.replace(/.{4}/g, (glyph) => font.get(parseInt(glyph, 16)) ?? '\ufffd')
    if (list) text += ' '
  }
  return text.replace(/ +/g, ' ')
}
