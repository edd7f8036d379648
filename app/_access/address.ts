// Where a question about access is asked: the address is the question, so that it can be shared and gone back to.
import { hrefWith } from '@/app/_list/query'

export const QUESTIONS = ['can', 'become', 'reach', 'ways', 'cut', 'unused'] as const
export type QuestionName = (typeof QUESTIONS)[number]

export const accessHref = (question: QuestionName, asked: Record<string, string | undefined>): string =>
  hrefWith('/access', {}, { question, ...asked })

export const waysHref = (from: string, to: string): string => accessHref('ways', { from, to })
/** Where the same ways can be cut. */
export const cutHref = (from: string | undefined, to: string): string => accessHref('cut', { from, to })
/** By which ways somebody comes to everything in a scope. */
export const waysToAll = (from: string, scopeId: string): string => waysHref(from, `administrator:${scopeId}`)
