// Facts as a person reads them: each with the time it was last confirmed. Pure, but for reading the looks.
import type { Fact, Instant } from '@/core/fact'
import type { Why } from '@/core/fact'
import type { Gap } from '@/core/upstream'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { staleSince } from './freshness'
import { compact, iso, isoOr } from './sql'
import type { FactView, LookView } from './types'

/** A fact without a time of its own is as old as the look that last confirmed its row. */
export function factView<T>(fact: Fact<T>, confirmedAt: Instant): FactView<T> {
  return fact.state === 'unknown' ? fact : { ...fact, at: fact.at ?? confirmedAt }
}

/** Of a fact that not every source has, under its name. */
export const factViewIf = <N extends string, T>(
  name: N,
  fact: Fact<T> | undefined,
  confirmedAt: Instant,
): { [K in N]?: FactView<T> } =>
  (fact === undefined ? {} : { [name]: factView(fact, confirmedAt) }) as { [K in N]?: FactView<T> }

/** Facts by name, each marked where it is out of date for a scope that is meant to be read every so many minutes. */
export function withAge<F extends object>(facts: F, minutes: number | undefined, now: Date): F {
  const marked = Object.entries(facts as Record<string, FactView>).map(([name, fact]) => {
    const since = fact.state === 'unknown' ? undefined : staleSince(fact.at, minutes, now)
    return [name, since ? { ...fact, stale: { since } } : fact]
  })
  return Object.fromEntries(marked) as F
}

type Row = { stream: string; validFrom: Date; retiredAt: Date | null }

/**
 * When a row was last confirmed: by the look that wrote this version of it, or by a later complete one.
 * One that is gone was confirmed when its version was written, and at some time after that which nobody kept.
 */
export function confirmedAt(row: Row, kind: string, looks: readonly LookView[]): Instant {
  const from = iso(row.validFrom)
  const completeAt = looks.find((l) => l.stream === row.stream && l.kind === kind)?.completeAt
  return !row.retiredAt && completeAt && completeAt > from ? completeAt : from
}

export type RawLook = {
  scopeId: string
  scopeName: string
  sample: boolean
  stream: string
  kind: string
  state: LookView['state']
  at: Date
  completeAt: Date | null
  why: Why | null
  permission: string | null
  detail: string | null
  gaps: Gap[]
  about: string[]
}

/** The looks at scopes, by scope. */
export async function looksByScope(scopeIds: readonly string[]): Promise<Map<string, LookView[]>> {
  const looks = new Map<string, LookView[]>()
  if (!scopeIds.length) return looks
  const rows = await reader.$queryRaw<RawLook[]>(Prisma.sql`
    SELECT s.id AS "scopeId", s.name AS "scopeName", s.sample, l.stream, l.kind, l.state, l.at, l.complete_at AS "completeAt",
      l.why, l.permission, l.detail, l.gaps, l.about
    FROM look l JOIN scope s ON s.id = l.scope_id WHERE l.scope_id = ANY(${[...scopeIds]}::uuid[])
    ORDER BY s.id, l.stream, l.kind`)
  for (const row of rows) looks.set(row.scopeId, [...(looks.get(row.scopeId) ?? []), lookView(row)])
  return looks
}

/** The looks at one scope. */
export const looksOf = async (scopeId: string): Promise<LookView[]> =>
  (await looksByScope([scopeId])).get(scopeId) ?? []

export const lookView = (look: RawLook): LookView =>
  compact({
    scope: { id: look.scopeId, name: look.scopeName, sample: look.sample },
    stream: look.stream,
    kind: look.kind,
    state: look.state,
    at: iso(look.at),
    completeAt: isoOr(look.completeAt),
    why: look.why ?? undefined,
    permission: look.permission ?? undefined,
    detail: look.detail ?? undefined,
    gaps: look.gaps,
    about: look.about.length ? look.about : undefined,
  })
