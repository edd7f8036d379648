// What is asked, read from the address: which question, what stands in its fields, and what of that is not understood.
import type { z } from 'zod'
import { RollcallError, type Issue } from '@/core/errors'
import { ChokePointsQuestion } from '@/governance/access/choke-points/input'
import { UnusedQuestion } from '@/governance/access/unused/input'
import { BecomeQuestion, CanQuestion, PathQuestion, ReachQuestion } from '@/governance/access/questions/input'
import { QUESTIONS, type QuestionName } from '@/app/_access/address'
import { flatParams, type RawParams } from '@/app/_list/query'
import { contextOf } from './context'

export type Fields = Readonly<Record<string, string>>
export type Asked = { question: QuestionName; fields: Fields }

type Shape = { schema: z.ZodObject; needed: readonly [subject: string, ...others: string[]] }
const SHAPES: Record<QuestionName, Shape> = {
  can: { schema: CanQuestion, needed: ['identity', 'action', 'resource'] },
  become: { schema: BecomeQuestion, needed: ['identity'] },
  reach: { schema: ReachQuestion, needed: ['from'] },
  ways: { schema: PathQuestion, needed: ['from', 'to'] },
  cut: { schema: ChokePointsQuestion, needed: ['to'] },
  unused: { schema: UnusedQuestion, needed: ['identity'] },
}
const isQuestion = (text: string | undefined): text is QuestionName =>
  QUESTIONS.some((question) => question === text)

export function readAsked(raw: RawParams): Asked {
  const { question, ...given } = flatParams(raw)
  const name = isQuestion(question) ? question : 'can'
  const known = { ...SHAPES[name].schema.shape, view: true }
  return { question: name, fields: Object.fromEntries(Object.entries(given).filter(([key]) => key in known)) }
}

/** Whom it is about, to be carried over to the next question. */
export const subjectOf = ({ question, fields }: Asked): string | undefined =>
  fields[SHAPES[question].needed[0]]
export const withSubject = (question: QuestionName, subject: string | undefined): Fields =>
  subject === undefined ? {} : { [SHAPES[question].needed[0]]: subject }

/** Whom it is about alone is a beginning: only what follows makes it a question, where more is needed. */
export function isAsked({ question, fields }: Asked): boolean {
  const [subject, ...others] = SHAPES[question].needed
  return (others.length ? others : [subject]).some((name) => fields[name] !== undefined)
}

export type Refused = { message: string; issues: Issue[] }
export type Outcome<A> = { answer: A } | { refused: Refused }

const FIX = 'This cannot be asked as it stands.'

/** Reads the fields by the schema of the question and asks it; what is refused is handed back in words. */
export async function ask<S extends z.ZodObject, A>(
  schema: S,
  fields: Fields,
  answer: (asked: z.output<S>) => Promise<A>,
): Promise<Outcome<A>> {
  const { context, ...plain } = fields
  const told = context === undefined ? {} : contextOf(context)
  if ('issue' in told)
    return { refused: { message: FIX, issues: [{ path: 'context', message: told.issue }] } }
  const parsed = schema.safeParse({ ...plain, ...told })
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => ({ path: String(path[0] ?? ''), message }))
    return { refused: { message: FIX, issues } }
  }
  try {
    return { answer: await answer(parsed.data) }
  } catch (error) {
    if (!(error instanceof RollcallError) || error.code === 'forbidden' || error.code === 'bug') throw error
    return { refused: { message: error.message, issues: error.issues } }
  }
}
