// Routes of frameworks: how their controls stand by the rules that speak to them.
import { z } from 'zod'
import { csvOrPage } from '@/app/_http/csv-or-page'
import { route, type AnyRoute } from '@/app/_http/route'
import { Instant } from '@/core/fact'
import { BASELINES } from '@/governance/frameworks/framework'
import { controlColumns, frameworkColumns } from '@/governance/frameworks/framework-columns'
import { CONTROL_STATES, ControlFilter } from '@/governance/frameworks/framework-filter'
import { getFramework, type FrameworkDetail } from '@/governance/frameworks/get-framework'
import { listFrameworks, type FrameworkRow } from '@/governance/frameworks/list-frameworks'
import { CSV, Export } from './export-query'
import { Completeness, of } from './schemas'

const NOT_COUNTED = 'Missing for readers who see only what they own.'
const Excepted = z.int().meta({ description: 'Of those that fail: under an approved exception.' })
const Framework = of<FrameworkRow>()(
  z.object({
    id: z.string(),
    title: z.string(),
    version: z.string(),
    publisher: z.string(),
    licence: z.string().meta({ description: 'What is shown of it, and whose words these are.' }),
    note: z.string().optional(),
    controls: z.int().meta({ description: 'Controls listed here; not every framework is listed whole.' }),
    spoken: z.int().meta({ description: 'Controls that at least one rule speaks to.' }),
    rules: z.int(),
    states: z.record(z.enum(CONTROL_STATES), z.int()).meta({ description: 'Controls in each state.' }),
    excepted: z
      .int()
      .meta({ description: 'Controls of which something that fails stands under an exception; they fail.' }),
  }),
)
const Rule = z.object({
  ruleId: z.string(),
  pass: z.int().optional().meta({ description: NOT_COUNTED }),
  fail: z.int(),
  excepted: Excepted,
  unknown: z.int(),
  notApplicable: z.int().optional(),
  exempt: z
    .int()
    .optional()
    .meta({ description: 'Left out because they are declared to be for emergencies.' }),
  off: z.string().optional().meta({ description: 'Why the rule is turned off, where it is.' }),
  notAsked: z
    .int()
    .optional()
    .meta({ description: `Scopes of which the rule was not asked. ${NOT_COUNTED}` }),
  stale: z.int(),
  stalePass: z.int().optional(),
  at: Instant.optional(),
})
const Control = of<FrameworkDetail['rows'][number]>()(
  z.object({
    id: z.string(),
    title: z.string(),
    group: z.string().optional(),
    text: z.string().optional().meta({ description: 'Its statement, where that is public domain.' }),
    gist: z.string().optional().meta({ description: 'What it is about, in our words.' }),
    baselines: z.array(z.enum(BASELINES)).readonly().optional(),
    control: z.string().meta({ description: 'The id with its prefix, as rules name it.' }),
    state: z.enum(CONTROL_STATES).meta({
      description:
        '`no-failure` only where every rule was asked everywhere and each answer is a pass that is up to date. `cannot-tell`: nothing fails, and something is unknown, out of date or was not asked.',
    }),
    counts: z.object({
      pass: z.int().optional().meta({ description: NOT_COUNTED }),
      fail: z.int(),
      excepted: Excepted,
      unknown: z.int(),
      notAsked: z.int().optional(),
      stalePass: z.int().optional(),
    }),
    rules: z.array(Rule),
    trend: z
      .array(z.object({ at: Instant, pass: z.int(), fail: z.int(), unknown: z.int() }))
      .meta({ description: 'The end of each of the last 30 days on which a rule had been asked, and now.' }),
  }),
)

export const frameworkRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/frameworks',
    past: true,
    permission: 'finding:read',
    summary: 'Lists the frameworks of controls and how many controls stand how',
    description: 'Counts are evidence toward a control. They are no statement that it is met.',
    query: z.object(Export),
    status: 200,
    answer: z.object({ rows: z.array(Framework), completeness: Completeness }),
    also: CSV,
    handle: ({ actor, query: { format, cols }, request }) =>
      csvOrPage({
        request,
        format,
        cols,
        name: 'frameworks',
        columns: frameworkColumns,
        each: async function* () {
          yield (await listFrameworks(actor)).rows
        },
        page: () => listFrameworks(actor),
      }),
  }),
  route({
    method: 'GET',
    path: '/frameworks/{id}',
    past: true,
    permission: 'finding:read',
    summary: 'Shows the controls of a framework with what the rules say of each',
    description:
      'As JSON or CSV. An id of CSF 1.1 as `q` finds the controls that took its place. Findings of a control are those of its rules.',
    places: { id: 'Its id, such as `csf`.' },
    query: ControlFilter.extend(Export),
    status: 200,
    answer: z.object({
      framework: Framework,
      rows: z.array(Control),
      successors: z
        .object({ withdrawn: z.string(), now: z.array(z.string()).readonly() })
        .optional()
        .meta({ description: 'Where `q` is an id that was withdrawn: what took its place.' }),
      completeness: Completeness,
    }),
    also: CSV,
    fails: ['not-found'],
    handle: async ({ actor, params, query: { format, cols, ...filter }, request }) => {
      // Before the first byte of a file: a framework that does not exist is refused as a problem.
      const detail = await getFramework(actor, params.id ?? '', filter)
      return csvOrPage({
        request,
        format,
        cols,
        name: detail.framework.id,
        columns: controlColumns,
        each: async function* () {
          yield await Promise.resolve(detail.rows)
        },
        page: () => Promise.resolve(detail),
      })
    },
  }),
]
