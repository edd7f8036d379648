// What an OSCAL document says of whoever made it, of where it comes from, and of the files beside it.
import type { ReportFacts, SignedOff, SourceLine } from '../report/facts'
import { namedUuid } from '../stream/named-uuid'
import { toolUuid } from './control-results'
import { line, markup, orNone, paragraphs, prop } from './fields'

export const planUuid = (document: string): string => namedUuid(document, 'plan')
const partyUuid = (document: string, name: string) => namedUuid(document, 'party', name)

/** Each sign-off once, although it speaks to several controls. */
function signOffs({ controls }: ReportFacts): SignedOff[] {
  const all = controls.flatMap((result) => result.signOffs)
  return [...new Map(all.map((one) => [JSON.stringify([one.campaign, one.by, one.at]), one])).values()]
}

/** Whoever signed. Left out where nobody did. */
export function parties(document: string, facts: ReportFacts) {
  const names = [...new Set(signOffs(facts).map(({ by }) => by))]
  if (!names.length) return {}
  return {
    roles: [{ id: 'reviewer', title: 'Signed for decisions of a campaign' }],
    parties: names.map((name) => ({ uuid: partyUuid(document, name), type: 'person', name: line(name) })),
  }
}

export const attestations = (document: string, facts: ReportFacts) =>
  signOffs(facts).map(({ campaign, by, at, decisions, statement }) => ({
    'responsible-parties': [{ 'role-id': 'reviewer', 'party-uuids': [partyUuid(document, by)] }],
    parts: [
      {
        name: 'sign-off',
        ns: 'urn:rollcall:oscal',
        title: markup(campaign),
        props: [prop('signed-at', at), prop('decisions', decisions)],
        prose: paragraphs([statement]),
      },
    ],
  }))

export const tool = (document: string, { product }: ReportFacts) => ({
  components: [
    {
      uuid: toolUuid(document),
      type: 'software',
      title: markup(product.name),
      description: 'Asked the rules and kept the record.',
      props: [{ name: 'version', value: line(product.version) }],
      status: { state: 'operational' },
    },
  ],
  'assessment-platforms': [
    {
      uuid: namedUuid(document, 'platform'),
      title: markup(product.name),
      'uses-components': [{ 'component-uuid': toolUuid(document) }],
    },
  ],
})

const STATES = {
  complete: 'The last look at it was complete.',
  partial: 'The last look at it was not complete.',
  never: 'It was never looked at completely.',
}

/** Each scope of each source, with how well each of its kinds was seen. */
export function aboutSources(document: string, { sources }: ReportFacts) {
  const scopes = new Map<string, SourceLine[]>()
  for (const one of sources) {
    const key = JSON.stringify([one.connection, one.scopeNativeId])
    scopes.set(key, [...(scopes.get(key) ?? []), one])
  }
  return [...scopes].map(([key, lines]) => ({
    uuid: namedUuid(document, 'source', key),
    type: 'service',
    title: markup(lines[0]!.scope),
    description: markup(
      `${lines[0]!.scopeNativeId}, read by ${lines[0]!.connector} as ${lines[0]!.connection}`,
    ),
    props: lines.map(({ kind, state }) => prop('look', `${kind}: ${state}`)),
    status: {
      state: 'other',
      remarks: paragraphs(
        lines.map(({ kind, state, why }) => `${kind}: ${STATES[state]}${why ? ` ${why}` : ''}`),
      ),
    },
  }))
}

const MEDIA: Record<string, string> = {
  csv: 'text/csv',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  html: 'text/html',
  pdf: 'application/pdf',
}

/** The files beside it, and the question in place of an assessment plan. */
export const backMatter = (document: string, { files, period }: ReportFacts) => ({
  resources: [
    {
      uuid: planUuid(document),
      title: 'The question that the pack was asked',
      description: paragraphs([
        'In place of an assessment plan: the manifest holds the filter, the controls and the instants.',
        period ? `It is about the time from ${period.from} to ${period.to}.` : 'It is about one instant.',
      ]),
      rlinks: [{ href: 'manifest.json', 'media-type': 'application/json' }],
    },
    ...files.map(({ name, about, rows }) => ({
      uuid: namedUuid(document, 'file', name),
      title: markup(name),
      description: markup(about),
      props: orNone(rows === undefined ? [] : [prop('rows', rows)]),
      rlinks: [
        {
          href: name,
          'media-type': MEDIA[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
        },
      ],
    })),
  ],
})
