// How it was come by, who signed, which files there are, and how all of it is checked.
import type { Content } from 'pdfmake/interfaces'
import type { ReportFacts, SignedOff } from '../facts'
import { counted, firstOf, grid, head, minute, paragraph, section } from './look'

const SIGNED_MAX = 300
const FILES_MAX = 100

export const method = ({ method: sentences }: ReportFacts): Content[] => [
  section('Method', 'method'),
  { ul: sentences.map((text) => ({ text, margin: [0, 0, 0, 4] })) },
]

export function signOffs({ controls }: ReportFacts): Content[] {
  const all = controls.flatMap((result) => result.signOffs)
  const once = [...new Map(all.map((one): [string, SignedOff] => [JSON.stringify(one), one])).values()]
  const { first, more } = firstOf(once, SIGNED_MAX, 'decisions.csv')
  return [
    section('Sign-offs', 'sign-offs'),
    paragraph(
      once.length
        ? 'Who signed for decisions about what is here.'
        : 'Nobody signed for decisions about what is here.',
    ),
    ...(once.length
      ? [
          grid({
            shares: [1.6, 1.8, 1.4, 0.9, 3.2],
            heads: [head('Campaign', 'Signed by', 'When', '#Decisions', 'Statement')],
            rows: first.map((one) => [
              { text: one.campaign },
              { text: one.by },
              { text: minute(one.at) },
              { text: counted(one.decisions), alignment: 'right' },
              { text: one.statement },
            ]),
          }),
        ]
      : []),
    ...more,
  ]
}

const VERIFY = [
  'Keep the archive as it came: the seal at its end is a signature over every byte before it.',
  'With Rollcall, without a database and without a network: rollcall verify pack.zip --key KEY, with the public key as the installation publishes it.',
  'In a browser: the page /verify of any installation. The file is read where you are and goes nowhere.',
  'With other programs: the SHA-256 of each file stands in manifest.json, and manifest.sig is an Ed25519 signature of that file.',
  'Ask for the public key by another way than the one the pack came by. A seal alone says that nothing was changed since, not who made it.',
  'Asked again with what the manifest says, the same record gives the same files, byte by byte, but for the time in the seal.',
]

export function verifying({ files }: ReportFacts): Content[] {
  const { first, more } = firstOf(files, FILES_MAX, 'the manifest')
  return [
    section('Files, and how to verify them', 'verify', true),
    { ol: VERIFY.map((text) => ({ text, margin: [0, 0, 0, 4] })), margin: [0, 0, 0, 12] },
    grid({
      shares: [2.2, 4, 0.9],
      heads: [head('File', 'What it holds', '#Rows')],
      rows: first.map(({ name, about, rows }) => [
        { text: name, bold: true },
        { text: about },
        { text: rows === undefined ? '–' : counted(rows), alignment: 'right' },
      ]),
    }),
    ...more,
    {
      text: 'This report prints names with one font. A letter that the font has none for is written as its code points, ‹U+…›; a text that is very long is cut and says so. Exact values are in the tables.',
      style: 'small',
    },
  ]
}
