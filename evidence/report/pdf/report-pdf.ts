// The report as PDF: the same bytes for the same facts, so that a pack can be built again.
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces'
import type { FindingLine, ReportFacts } from '../facts'
import { method, signOffs, verifying } from './closing'
import { results, summary } from './controls'
import { contents, cover } from './cover'
import { DEFAULT_STYLE, INK, LAYOUTS, minute, PAGE, STYLES } from './look'
import { inPrint, printable } from './printable'
import { exceptions, sources } from './sources'
import { mostSevere, verdicts, VERDICTS_MAX } from './verdicts'

/**
 * The file. What is listed in it is bounded, and says where the rest is: it is held in memory until it is written.
 * @param most how many verdicts are listed
 */
export async function* reportPdf(
  facts: ReportFacts,
  findings: () => AsyncIterable<FindingLine[]>,
  most = VERDICTS_MAX,
): AsyncGenerator<Uint8Array> {
  const chosen = await mostSevere(findings(), most)
  const definition = definitionOf(
    facts,
    inPrint<Content[]>([
      cover(facts),
      contents(),
      summary(facts),
      method(facts),
      results(facts),
      verdicts(chosen),
      exceptions(facts),
      sources(facts),
      signOffs(facts),
      verifying(facts),
    ]),
  )
  const stream = await drawn(definition)
  stream.end()
  for await (const chunk of stream) yield chunk as Uint8Array
}

/** Loaded when it is needed: it is large. It may open its own fonts and nothing else, here or in the network. */
async function drawn(definition: TDocumentDefinitions) {
  const { default: pdfmake } = await import('pdfmake')
  const { default: fonts } = await import('pdfmake/fonts/Roboto.js')
  const files = new Set(Object.values(fonts.Roboto))
  pdfmake.setFonts(fonts)
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((file: string) => files.has(file))
  pdfmake.setTableLayouts(LAYOUTS)
  return pdfmake.createPdf(definition).getStream()
}

type Page = Pick<TDocumentDefinitions, 'header' | 'footer'>

/** Stands on every page: what it is, as of when, that it is not complete, and which page it is. */
function everyPage({ asOf, complete }: ReportFacts, title: string, made: string): Page {
  const width = PAGE.width - 2 * PAGE.side
  const incomplete = 'INCOMPLETE: not everything that was asked about was seen'
  return {
    header: () => ({
      margin: [PAGE.side, 26, PAGE.side, 0],
      stack: [
        {
          columns: [
            { text: title, bold: true, width: '*' },
            { text: `As of ${minute(asOf.valid)}`, alignment: 'right', width: 150 },
          ],
          fontSize: 8,
        },
        ...(complete ? [] : [{ text: incomplete, style: 'warning', fontSize: 8 }]),
        { canvas: [{ type: 'line', x1: 0, y1: 5, x2: width, y2: 5, lineWidth: 0.6, lineColor: INK }] },
      ],
    }),
    footer: (page, pages) => ({
      margin: [PAGE.side, 20, PAGE.side, 0],
      columns: [
        { text: `${made} · evidence report`, style: 'small' },
        { text: `Page ${page} of ${pages}`, alignment: 'right', style: 'small' },
      ],
    }),
  }
}

function definitionOf(facts: ReportFacts, content: Content[]): TDocumentDefinitions {
  const { product, asOf } = facts
  const [title, by] = [printable(facts.title, 110), printable(facts.by, 110)]
  const made = printable(`${product.name} ${product.version}`, 60)
  return {
    pageSize: 'A4',
    pageMargins: [PAGE.side, PAGE.top, PAGE.side, PAGE.bottom],
    version: '1.7',
    language: 'en',
    displayTitle: true,
    info: {
      title,
      author: by,
      subject: `Evidence as of ${asOf.valid}`,
      creator: made,
      producer: 'pdfmake',
      // Not the time of writing: a pack that is built again is the same.
      creationDate: new Date(asOf.known),
    },
    defaultStyle: DEFAULT_STYLE,
    styles: STYLES,
    ...everyPage(facts, title, made),
    content,
  }
}
