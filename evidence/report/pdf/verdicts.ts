// Verdicts one by one: the most severe of them. All are in the tables of the pack.
import type { Content } from 'pdfmake/interfaces'
import type { FindingLine } from '../facts'
import { counted, grid, head, minute, paragraph, section } from './look'

/** As many as a person would read; more make the report no better. */
export const VERDICTS_MAX = 400
const ORDER = ['critical', 'high', 'medium', 'low', 'info']
/** What fails before what cannot be told, the severe before the others. */
const rank = ({ verdict, severity }: FindingLine) =>
  (verdict === 'fail' ? 0 : ORDER.length + 1) + (ORDER.indexOf(severity) + 1 || ORDER.length + 1)

export type Chosen = { open: FindingLine[]; openCount: number; resolvedCount: number }

/** Goes through all of them and keeps no more than `most` of each rank. */
export async function mostSevere(
  findings: AsyncIterable<FindingLine[]>,
  most = VERDICTS_MAX,
): Promise<Chosen> {
  const kept = new Map<number, FindingLine[]>()
  let [openCount, resolvedCount] = [0, 0]
  for await (const batch of findings)
    for (const one of batch) {
      if (one.state === 'resolved') resolvedCount++
      else {
        openCount++
        const alike = kept.get(rank(one)) ?? []
        if (alike.length < most) alike.push(one)
        kept.set(rank(one), alike)
      }
    }
  const open = [...kept].sort(([a], [b]) => a - b).flatMap(([, alike]) => alike)
  return { open: open.slice(0, most), openCount, resolvedCount }
}

export function verdicts({ open, openCount, resolvedCount }: Chosen): Content[] {
  const shown =
    open.length < openCount
      ? `Of ${counted(openCount)} that are open, the ${counted(open.length)} most severe stand here: ${counted(openCount - open.length)} more are in findings.csv.`
      : `All ${counted(openCount)} that are open stand here.`
  const over = `${counted(resolvedCount)} were resolved, and are in findings.csv.`
  return [
    section('Verdicts', 'verdicts', true),
    paragraph(
      openCount
        ? `${shown}${resolvedCount ? ` ${over}` : ''}`
        : `None is open.${resolvedCount ? ` ${over}` : ''}`,
    ),
    ...(open.length
      ? [
          grid({
            shares: [0.95, 1.05, 3.1, 3.4, 1.4],
            heads: [head('Verdict', 'Severity', 'About', 'What was found', 'Since')],
            rows: open.map((one) => [
              { text: one.verdict === 'fail' ? 'Fails' : 'Cannot be told' },
              { text: one.severity },
              {
                stack: [
                  { text: one.subject.name || one.subject.nativeId, bold: true },
                  { text: `${one.subject.kind} of ${one.scope.name}`, style: 'small' },
                  ...(one.subject.nativeId === one.subject.name
                    ? []
                    : [{ text: one.subject.nativeId, style: 'small' }]),
                ],
              },
              {
                stack: [
                  one.message,
                  { text: one.ruleId, style: 'small' },
                  ...(one.excepted
                    ? [
                        {
                          text: `Excepted until ${minute(one.excepted.until)} by ${one.excepted.approvedBy}.`,
                          style: 'small',
                        },
                      ]
                    : []),
                ],
              },
              { text: minute(one.openedAt) },
            ]),
          }),
        ]
      : []),
  ]
}
