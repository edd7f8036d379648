// OCSF events of a pack, one a line: every control that was asked about, then every verdict.
import type { FindingLine, ReportFacts } from '../report/facts'
import { inChunks } from '../stream/in-chunks'
import { controlEvent } from './control-event'
import { verdictEvent } from './verdict-event'

/** Half of a letter, which a name may hold, is no text in any other program. */
const whole = (_: string, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value)
const lineOf = (event: object) => `${JSON.stringify(event, whole)}\n`

/** NDJSON, in bounded memory and with the same bytes for the same facts. */
export const ocsfEvents = (
  facts: ReportFacts,
  findings: () => AsyncIterable<FindingLine[]>,
): AsyncIterable<Uint8Array> => inChunks(linesOf(facts, findings))

async function* linesOf(
  facts: ReportFacts,
  findings: () => AsyncIterable<FindingLine[]>,
): AsyncGenerator<string> {
  for (const result of facts.controls) yield lineOf(controlEvent(facts, result))
  for await (const batch of findings()) for (const one of batch) yield lineOf(verdictEvent(facts, one))
}
