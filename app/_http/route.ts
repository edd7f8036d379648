// One route of the API as data: the handler answers by it, and the description of the API is made from it.
import type { Actor, Permission } from '@/core/permissions'
import type { z } from 'zod'

export const METHODS = ['GET', 'POST', 'PUT', 'DELETE'] as const
export type Method = (typeof METHODS)[number]

export type Asked<Q = unknown, B = unknown> = {
  actor: Actor
  /** Values of the places in the path, by name. */
  params: Readonly<Record<string, string>>
  query: Q
  body: B
  request: Request
}
/** A status and headers for an answer that is not simply 200. */
export class Answer {
  constructor(
    readonly status: number,
    readonly body: unknown,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}
}

export type Route<Q extends z.ZodObject = z.ZodObject, B extends z.ZodType = z.ZodType> = {
  method: Method
  /** Below /api/v1. `{name}` is one segment, `{name...}` the rest of the path. */
  path: string
  /** Who may: null for anyone, signed in or not. */
  permission: Permission | null
  summary: string
  description?: string
  /** What the places in the path mean. */
  places?: Readonly<Record<string, string>>
  query?: Q
  /** Whether it can be asked about an earlier moment, with `asOf` and `known`. */
  past?: true
  body?: B
  /** For bodies that are not JSON: the handler reads the request itself. */
  takes?: readonly string[]
  status: number
  answer: z.ZodType
  /** Other media types it can answer in. */
  also?: readonly string[]
  /** Codes of expected failures beyond those of every route. `limited`: too large; `later`: too much at the moment. */
  fails?: readonly ('not-found' | 'conflict' | 'limited' | 'later' | 'upstream')[]
  handle: (asked: Asked<z.output<Q>, z.output<B>>) => Promise<unknown>
}
/** A route with any query and body, as the registry holds it. */
export type AnyRoute = Omit<Route, 'handle'> & { handle: (asked: Asked<never, never>) => Promise<unknown> }

export const route = <Q extends z.ZodObject, B extends z.ZodType>(one: Route<Q, B>): AnyRoute =>
  one as unknown as AnyRoute
