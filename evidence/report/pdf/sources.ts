// Where all of it comes from, how well it was seen, and what was let be for a time.
import type { Content, TableCell } from 'pdfmake/interfaces'
import type { ReportFacts, SourceLine } from '../facts'
import { counted, firstOf, grid, head, minute, paragraph, section } from './look'

const SOURCES_MAX = 400
const GAPS_MAX = 200
const EXCEPTIONS_MAX = 300

const STATES = { complete: 'Complete', partial: 'In part', never: 'Never completely' }
/** That nobody told a number is no zero. */
const told = (count: number | undefined): TableCell => ({
  text: count === undefined ? 'not told' : counted(count),
  alignment: 'right',
})

export function exceptions({ exceptions: list }: ReportFacts): Content[] {
  const { first, more } = firstOf(list, EXCEPTIONS_MAX, 'exceptions.csv')
  return [
    section('Exceptions', 'exceptions'),
    paragraph(
      list.length
        ? 'What was let be for a time, by whom. It is counted among what fails.'
        : 'No exception was in force.',
    ),
    ...(list.length
      ? [
          grid({
            shares: [3.2, 1.4, 1.4, 1.4, 1.4, 0.8],
            heads: [head('Reason', 'Asked for by', 'Approved by', 'From', 'Until', '#Verdicts')],
            rows: first.map((one) => [
              { stack: [one.reason, { text: one.id, style: 'small' }] },
              { text: one.askedBy },
              { text: one.approvedBy ?? 'nobody yet' },
              { text: minute(one.from) },
              { text: minute(one.until) },
              { text: counted(one.findings), alignment: 'right' },
            ]),
          }),
        ]
      : []),
    ...more,
  ]
}

export function sources({ sources: list, gaps, complete }: ReportFacts): Content[] {
  const lines = firstOf(list, SOURCES_MAX, 'reconciliation.csv')
  const open = firstOf(gaps, GAPS_MAX, 'the manifest')
  return [
    section('Sources and gaps', 'sources', true),
    paragraph(
      complete
        ? 'Everything that was asked about was seen completely.'
        : 'INCOMPLETE. What was not seen is no evidence that it is not there.',
    ),
    ...(gaps.length ? [{ ul: [...open.first], margin: [0, 0, 0, 10] } as Content] : []),
    ...open.more,
    grid({
      shares: [2.4, 1, 0.85, 0.75, 0.75, 0.75, 3.5],
      heads: [head('Source', 'Kind', '#Told by the source', '#Read', '#Held', '#Left out', 'Look')],
      rows: lines.first.map(sourceRow),
    }),
    ...lines.more,
  ]
}

function sourceRow(one: SourceLine): TableCell[] {
  const out = one.excluded.reduce((sum, { count }) => sum + count, 0)
  return [
    {
      stack: [
        { text: one.scope, bold: true },
        { text: `${one.scopeNativeId}, ${one.connection} (${one.connector})`, style: 'small' },
      ],
    },
    { text: one.kind },
    told(one.reported),
    told(one.read),
    told(one.held),
    told(out),
    {
      stack: [
        { text: STATES[one.state], bold: one.state !== 'complete' },
        { text: `Last ${minute(one.lookedAt)}; complete ${minute(one.completeAt)}`, style: 'small' },
        ...(one.why ? [{ text: one.why, style: 'small' }] : []),
        ...one.excluded.map(({ count, why }) => ({
          text: `Left out ${counted(count)}: ${why}`,
          style: 'small',
        })),
        ...one.refused.map(({ call, permission, times }) => ({
          text: `Refused ${counted(times)} times: ${call} (${permission})`,
          style: 'small',
        })),
      ],
    },
  ]
}
