// Verdicts one by one, with whom they are about. So many that tools can still open the file; the rest is counted.
import type { FindingLine, ReportFacts } from '../report/facts'
import { Items } from '../stream/json-pieces'
import { namedUuid } from '../stream/named-uuid'
import { originOf, type ruleObservations } from './control-results'
import { instant, line, markup, prop } from './fields'

/** Bounds the size of the file, and what is remembered of it while it is written. */
export const VERDICTS_MAX = 20_000

export type Findings = () => AsyncIterable<FindingLine[]>

const subjectUuid = ({ id }: FindingLine['subject']) => namedUuid('subject', id)

async function* firstOf(findings: Findings, most: number): AsyncGenerator<FindingLine> {
  let left = most
  for await (const batch of findings())
    for (const one of batch) {
      if (!left--) return
      yield one
    }
}

/** Whom the verdicts that are listed are about, each once. */
export const subjectItems = (findings: Findings, most: number) =>
  new Items(async function* () {
    const seen = new Set<string>()
    for await (const { subject, scope, identityId } of firstOf(findings, most)) {
      const uuid = subjectUuid(subject)
      if (seen.has(uuid)) continue
      seen.add(uuid)
      yield {
        uuid,
        description: markup(`${subject.kind} ${subject.name} of ${scope.name}`),
        props: [
          { name: 'asset-id', value: line(subject.nativeId) },
          prop('name', subject.name),
          prop('kind', subject.kind),
          prop('scope', scope.nativeId),
          prop('connector', scope.connector),
          prop('subject-id', subject.id),
          ...(identityId ? [prop('identity-id', identityId)] : []),
        ],
      }
    }
  })

function observationOf(document: string, { asOf }: ReportFacts, one: FindingLine) {
  const { excepted } = one
  return {
    uuid: namedUuid(document, 'verdict', one.id),
    title: markup(`${one.ruleTitle}: ${one.subject.name}`),
    description: markup(`${one.verdict === 'unknown' ? 'Cannot be told. ' : ''}${one.message}`),
    props: [
      prop('finding-id', one.id),
      prop('rule-id', one.ruleId),
      prop('rule-revision', one.revision),
      prop('verdict', one.verdict),
      prop('severity', one.severity),
      prop('state', one.state),
      prop('opened-at', one.openedAt),
      prop('changed-at', one.changedAt),
      ...(one.resolvedAt ? [prop('resolved-at', one.resolvedAt)] : []),
      ...(excepted ? [prop('excepted-until', excepted.until), prop('excepted-by', excepted.approvedBy)] : []),
      ...one.controls.map((control) => prop('printed-control', control)),
    ],
    methods: ['TEST'],
    types: [one.state === 'resolved' ? 'historic' : one.verdict === 'fail' ? 'finding' : 'control-objective'],
    origins: originOf(document),
    subjects: [{ 'subject-uuid': subjectUuid(one.subject), type: 'inventory-item' }],
    collected: instant(asOf.valid),
    ...(excepted && {
      remarks: markup(`Under an approved exception until ${excepted.until}: ${excepted.reason}`),
    }),
  }
}

/** Observations of rules, then verdicts one by one. `told` gets how many verdicts there are in all. */
export const observations = (
  document: string,
  facts: ReportFacts,
  ofRules: ReturnType<typeof ruleObservations>,
  { findings, most, told }: { findings: Findings; most: number; told: (all: number) => void },
) =>
  new Items(async function* () {
    yield* ofRules
    let all = 0
    for await (const batch of findings()) {
      for (const one of batch.slice(0, Math.max(0, most - all))) yield observationOf(document, facts, one)
      all += batch.length
    }
    told(all)
  })
