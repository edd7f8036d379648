// OSCAL assessment results (NIST, version 1.2.1) of a pack. What the format cannot say is said in words beside it: docs/formats.md.
import type { FindingLine, ReportFacts } from '../report/facts'
import { inChunks } from '../stream/in-chunks'
import { jsonPieces, Later, type Streamed } from '../stream/json-pieces'
import { namedUuid } from '../stream/named-uuid'
import { aboutSources, attestations, backMatter, parties, planUuid, tool } from './document-parts'
import { controlFindings, isAssessed, reviewedControls, ruleObservations, ruleRisks } from './control-results'
import { instant, markup, orNone, paragraphs, prop } from './fields'
import { observations, subjectItems, VERDICTS_MAX } from './verdict-observations'

const OSCAL = '1.2.1'

/** The same question about the same moment is the same document. */
const documentUuid = ({ title, asOf, period, scope, controls }: ReportFacts) =>
  namedUuid(
    'pack',
    JSON.stringify([title, asOf.valid, asOf.known, period?.from, scope]),
    ...controls.map(({ framework, control }) => `${framework.id}:${control}`),
  )

/**
 * The file, in bounded memory and with the same bytes for the same facts. Verdicts are gone through twice.
 * @param most how many verdicts are listed one by one
 */
export const assessmentResults = (
  facts: ReportFacts,
  findings: () => AsyncIterable<FindingLine[]>,
  most = VERDICTS_MAX,
): AsyncIterable<Uint8Array> => inChunks(jsonPieces(documentOf(facts, findings, most)))

function documentOf(
  facts: ReportFacts,
  findings: () => AsyncIterable<FindingLine[]>,
  most: number,
): Streamed {
  const uuid = documentUuid(facts)
  return {
    'assessment-results': {
      uuid,
      metadata: {
        title: markup(facts.title),
        'last-modified': instant(facts.asOf.known),
        version: facts.asOf.known,
        'oscal-version': OSCAL,
        props: [
          prop('product', `${facts.product.name} ${facts.product.version}`),
          prop('built-by', facts.by),
          prop('complete', facts.complete),
        ],
        ...parties(uuid, facts),
        ...(!facts.complete && { remarks: paragraphs(['INCOMPLETE.', ...facts.gaps]) }),
      },
      'import-ap': {
        href: `#${planUuid(uuid)}`,
        remarks:
          'No assessment plan exists apart from the question that the pack was asked: see its manifest.',
      },
      results: [resultOf(uuid, facts, findings, most)],
      'back-matter': backMatter(uuid, facts),
    },
  }
}

function resultOf(
  uuid: string,
  facts: ReportFacts,
  findings: () => AsyncIterable<FindingLine[]>,
  most: number,
): Streamed {
  let all = 0
  const told = (count: number) => {
    all = count
  }
  return {
    uuid: namedUuid(uuid, 'result'),
    title: markup(facts.title),
    description: paragraphs([
      `As of ${facts.asOf.valid}, as it was known at ${facts.asOf.known}.`,
      ...facts.scope,
    ]),
    start: instant(facts.period?.from ?? facts.asOf.valid),
    end: instant(facts.period?.to ?? facts.asOf.valid),
    props: [
      prop('complete', facts.complete),
      prop('as-of', facts.asOf.valid),
      prop('known', facts.asOf.known),
      ...Object.entries(facts.totals).map(([name, count]) => prop(`total-${name}`, count)),
    ],
    'local-definitions': {
      components: orNone(aboutSources(uuid, facts)),
      'inventory-items': subjectItems(findings, most),
      'assessment-assets': tool(uuid, facts),
    },
    'reviewed-controls': reviewedControls(facts),
    attestations: orNone(attestations(uuid, facts)),
    observations: observations(uuid, facts, ruleObservations(uuid, facts), { findings, most, told }),
    risks: orNone(ruleRisks(uuid, facts)),
    findings: orNone(controlFindings(uuid, facts)),
    remarks: new Later(() => paragraphs(remarksOf(facts, all, most))),
  }
}

function remarksOf(facts: ReportFacts, all: number, most: number): string[] {
  const unassessed = facts.controls.filter((result) => !isAssessed(result))
  return [
    ...(facts.complete ? [] : ['INCOMPLETE: not everything was seen that was asked about.', ...facts.gaps]),
    ...(unassessed.length
      ? [
          `Not assessed, and therefore without a finding of either kind: ${unassessed.map(({ control }) => control).join(', ')}.`,
        ]
      : []),
    ...(all > most
      ? [
          `Of ${all} verdicts the first ${most} are observations of their own; all of them are in findings.csv.`,
        ]
      : []),
    ...facts.redacted.map((what) => `Left out: ${what}.`),
    ...facts.method,
  ]
}
