// Facts as a person reads them: each with the time it was last confirmed. Pure, but for reading the looks.
import type { Fact, Instant } from '@/core/fact'
import type { Why } from '@/core/fact'
import type { Gap } from '@/core/upstream'
import { reader } from '@/inventory/moment/at-moment'
import { staleSince } from './freshness'
import { compact, iso, isoOr } from './sql'
import type { FactView, LookView } from './types'

/** A fact without a time of its own is as old as the look that last confirmed its row. */
export function factView<T>(fact: Fact<T>, confirmedAt: Instant): FactView<T> {
  return fact.state === 'unknown' ? fact : { ...fact, at: fact.at ?? confirmedAt }
}

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

/** The looks at one scope. */
export async function looksOf(scopeId: string): Promise<LookView[]> {
  const rows = await reader.look.findMany({
    where: { scopeId },
    include: { scope: { select: { id: true, name: true, sample: true } } },
    orderBy: [{ stream: 'asc' }, { kind: 'asc' }],
  })
  return rows.map(lookView)
}

type RawLook = Awaited<ReturnType<typeof reader.look.findMany>>[number] & { scope: LookView['scope'] }
export const lookView = (look: RawLook): LookView =>
  compact({
    scope: look.scope,
    stream: look.stream,
    kind: look.kind,
    state: look.state as LookView['state'],
    at: iso(look.at),
    completeAt: isoOr(look.completeAt),
    why: (look.why as Why | null) ?? undefined,
    permission: look.permission ?? undefined,
    detail: look.detail ?? undefined,
    gaps: look.gaps as Gap[],
  })
