// Routes of identities, findings and rules: what people look at.
import { z } from 'zod'
import { route, type AnyRoute } from '@/app/_http/route'
import { csvOrPage } from '@/app/_http/csv-or-page'
import { FindingFilter, IdentityFilter } from '@/core/list'
import { SEVERITIES, TOPICS, type Topic } from '@/core/rule'
import { findingColumns, identityColumns } from '@/inventory/queries/columns'
import { eachFinding } from '@/inventory/queries/each-finding'
import { eachIdentity } from '@/inventory/queries/each-identity'
import { getFinding } from '@/inventory/queries/get-finding'
import { getIdentity } from '@/inventory/queries/get-identity'
import { listFindings } from '@/inventory/queries/list-findings'
import { listIdentities } from '@/inventory/queries/list-identities'
import { resolveIdentity } from '@/inventory/queries/resolve-identity'
import { ruleTallies } from '@/inventory/queries/rule-tallies'
import { rulesOfTopics } from '@/governance/triage/rules-of-topics'
import { rules } from '@/rules'
import { CSV, Export } from './export-query'
import { Finding, FindingDetail, Identity, IdentityDetail, pageOf } from './schemas'

const Rule = z.object({
  id: z.string(),
  title: z.string(),
  severity: z.enum(SEVERITIES),
  topic: z.enum(Object.keys(TOPICS) as [Topic, ...Topic[]]),
  subject: z.enum(['identity', 'credential', 'secret', 'scope']),
  needs: z.array(z.string()),
  controls: z.array(z.string()),
  remedy: z.string(),
  tally: z
    .object({
      pass: z.int().optional(),
      fail: z.int(),
      unknown: z.int(),
      notApplicable: z.int().optional(),
      exempt: z.int().optional().meta({ description: 'Left out, since declared to be for emergencies.' }),
      off: z.string().optional().meta({ description: 'Why the rule is turned off, where it is.' }),
      at: z.string().optional(),
      stale: z.int().meta({ description: 'Verdicts that rest on looks that are out of date.' }),
      stalePass: z.int().optional().meta({ description: 'How many of the passes do.' }),
    })
    .optional(),
})

export const listRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/identities',
    past: true,
    permission: 'identity:read',
    summary: 'Lists identities',
    description: 'One page as JSON, or every matching row as CSV. The parameters are those of the page.',
    query: IdentityFilter.extend(Export),
    status: 200,
    answer: pageOf(Identity),
    also: CSV,
    handle: ({ actor, query: { format, cols, ...filter }, request }) =>
      csvOrPage({
        request,
        format,
        cols,
        name: 'identities',
        columns: identityColumns,
        each: () => eachIdentity(actor, filter),
        page: () => listIdentities(actor, filter),
      }),
  }),
  route({
    method: 'GET',
    path: '/identities/{reference...}',
    past: true,
    permission: 'identity:read',
    summary: 'Shows one identity with every fact, its source and its time',
    places: {
      reference:
        'Its id, the id at its source, an alias such as an ARN, or its name; `scope:` in front tells namesakes apart.',
    },
    status: 200,
    answer: IdentityDetail,
    fails: ['not-found', 'conflict'],
    handle: async ({ actor, params }) =>
      getIdentity(actor, await resolveIdentity(actor, params.reference ?? '')),
  }),
  route({
    method: 'GET',
    path: '/findings',
    past: true,
    permission: 'finding:read',
    summary: 'Lists findings',
    description:
      'One page as JSON, or every matching row as CSV. A finding says `fail`, or `unknown` where nobody can tell.',
    query: FindingFilter.extend(Export),
    status: 200,
    answer: pageOf(Finding),
    also: CSV,
    handle: ({ actor, query: { format, cols, ...filter }, request }) =>
      csvOrPage({
        request,
        format,
        cols,
        name: 'findings',
        columns: findingColumns,
        each: () => eachFinding(actor, rulesOfTopics(filter)),
        page: () => listFindings(actor, rulesOfTopics(filter)),
      }),
  }),
  route({
    method: 'GET',
    path: '/findings/{id}',
    past: true,
    permission: 'finding:read',
    summary: 'Shows one finding with its evidence',
    places: { id: 'Its id.' },
    status: 200,
    answer: FindingDetail,
    fails: ['not-found'],
    handle: ({ actor, params }) => getFinding(actor, params.id ?? ''),
  }),
  route({
    method: 'GET',
    path: '/rules',
    past: true,
    permission: 'finding:read',
    summary: 'Lists the rules and how many subjects pass, fail or cannot be judged',
    status: 200,
    answer: z.object({ rows: z.array(Rule) }),
    handle: async ({ actor }) => {
      const tallies = await ruleTallies(actor)
      return {
        rows: rules.map(({ meta: { id, title, severity, topic, subject, needs, controls, remedy } }) => {
          const { ruleId: _, ...tally } = tallies.find((t) => t.ruleId === id) ?? { ruleId: id }
          const told = { id, title, severity, topic, subject, needs, controls, remedy }
          return { ...told, ...('fail' in tally && { tally }) }
        }),
      }
    },
  }),
]
