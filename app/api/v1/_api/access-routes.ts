// Questions about access: what somebody may do, who can become them, and how far that reaches.
import { z } from 'zod'
import { csvOrPage } from '@/app/_http/csv-or-page'
import { route, type AnyRoute } from '@/app/_http/route'
import { chokePoints } from '@/governance/access/choke-points/choke-points'
import { ChokePointsQuestion } from '@/governance/access/choke-points/input'
import { can } from '@/governance/access/questions/can'
import {
  becomeRows,
  cutColumns,
  cutRows,
  pathColumns,
  pathRows,
  placedColumns,
  reachRows,
  unusedColumns,
  unusedRows,
} from '@/governance/access/questions/columns'
import { BecomeQuestion, CanQuestion, PathQuestion, ReachQuestion } from '@/governance/access/questions/input'
import { paths, reach, whoCanBecome } from '@/governance/access/questions/reach'
import type { Column } from '@/inventory/queries/columns'
import { UnusedQuestion } from '@/governance/access/unused/input'
import { unused } from '@/governance/access/unused/unused'
import {
  BecomeAnswer,
  CanAnswer,
  ChokePointsAnswer,
  PathAnswer,
  ReachAnswer,
  UnusedAnswer,
} from './access-schemas'
import { CSV, Export } from './export-query'

/** A query is text: what is known of the request comes as a JSON object. */
const Context = z
  .string()
  .transform((text, at): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      at.addIssue({ code: 'custom', message: 'is not JSON: write {"key": "value"}' })
      return z.NEVER
    }
  })
  .pipe(CanQuestion.shape.context.unwrap())
  .optional()
  .describe('What is known of the request, by condition key, as a JSON object.')

type AsFile<A, R> = {
  request: Request
  format: 'json' | 'csv' | undefined
  cols: string[] | undefined
  name: string
  columns: readonly Column<R>[]
  rows: (answer: A) => R[]
}
/** The question is answered before the first byte: what is refused is refused as a problem, not in the middle of a file. */
const asFile = <A, R>(answer: A, { rows, ...list }: AsFile<A, R>): Promise<unknown> =>
  csvOrPage({
    ...list,
    page: () => Promise.resolve(answer),
    each: async function* () {
      yield rows(answer)
    },
  })

export const accessRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/access/can',
    permission: 'access:read',
    summary: 'Whether an identity may do something: yes, no, or depends and on what',
    description: 'Judged over everything it holds together, statement by statement.',
    query: CanQuestion.extend({ context: Context }),
    status: 200,
    answer: CanAnswer,
    fails: ['not-found', 'conflict'],
    handle: ({ actor, query: { context, ...asked } }) =>
      can(actor, { ...asked, ...(context && { context }) }),
  }),
  route({
    method: 'GET',
    path: '/access/who-can-become',
    permission: 'access:read',
    summary: 'Who can act as an identity, directly or over others',
    query: BecomeQuestion.extend(Export),
    status: 200,
    answer: BecomeAnswer,
    also: CSV,
    fails: ['not-found', 'conflict'],
    handle: async ({ actor, query: { format, cols, ...asked }, request }) =>
      asFile(await whoCanBecome(actor, asked), {
        ...{ request, format, cols },
        name: 'who-can-become',
        columns: placedColumns,
        rows: becomeRows,
      }),
  }),
  route({
    method: 'GET',
    path: '/access/reach',
    permission: 'access:read',
    summary: 'Everything that whoever has something can come to',
    query: ReachQuestion.extend(Export),
    status: 200,
    answer: ReachAnswer,
    also: CSV,
    fails: ['not-found', 'conflict'],
    handle: async ({ actor, query: { format, cols, ...asked }, request }) =>
      asFile(await reach(actor, asked), {
        ...{ request, format, cols },
        name: 'reach',
        columns: placedColumns,
        rows: reachRows,
      }),
  }),
  route({
    method: 'GET',
    path: '/access/paths',
    permission: 'access:read',
    summary: 'The shortest ways from one thing to another, or to everything in a scope',
    query: PathQuestion.extend(Export),
    status: 200,
    answer: PathAnswer,
    also: CSV,
    fails: ['not-found', 'conflict'],
    handle: async ({ actor, query: { format, cols, ...asked }, request }) =>
      asFile(await paths(actor, asked), {
        ...{ request, format, cols },
        name: 'ways',
        columns: pathColumns,
        rows: pathRows,
      }),
  }),
  route({
    method: 'GET',
    path: '/access/choke-points',
    permission: 'access:read',
    summary: 'The least to take away so that nobody comes to a target any more',
    description:
      'The smallest set of grants, trusts and other steps that cuts every way of the given length, tried out by walking again without them, each with what was seen using it.',
    query: ChokePointsQuestion.extend(Export),
    status: 200,
    answer: ChokePointsAnswer,
    also: CSV,
    fails: ['not-found', 'conflict'],
    handle: async ({ actor, query: { format, cols, ...asked }, request }) =>
      asFile(await chokePoints(actor, asked), {
        ...{ request, format, cols },
        name: 'choke-points',
        columns: cutColumns,
        rows: cutRows,
      }),
  }),
  route({
    method: 'GET',
    path: '/access/unused',
    permission: 'access:read',
    summary: 'What of its rights an identity was seen using, and what would be enough',
    description:
      'Rights that no source speaks of are unknown, and never unused. A proposal is told only where it was found to allow everything that was seen.',
    query: UnusedQuestion.extend(Export),
    status: 200,
    answer: UnusedAnswer,
    also: CSV,
    fails: ['not-found', 'conflict'],
    handle: async ({ actor, query: { format, cols, ...asked }, request }) =>
      asFile(await unused(actor, asked), {
        ...{ request, format, cols },
        name: 'use-of-rights',
        columns: unusedColumns,
        rows: unusedRows,
      }),
  }),
]
