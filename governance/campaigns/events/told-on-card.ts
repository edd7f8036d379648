// Why a card is there: what has happened, and whether it still is so.
import { causeTitle } from '@/core/campaign'
import type { Instant } from '@/core/fact'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { holdsNow, type Held } from './sort-out'

const SHOWN_MAX = 20

export type CardCause = {
  cause: string
  title: string
  /** How many things have happened; the first of them, each with how it is now. */
  count: number
  happened: {
    words: string
    at: Instant
    now: Held
    /** In words: that it still is so, that it passes since, or that it is not asked or cannot be told. */
    nowWords: string
  }[]
}

const WORDS: Record<Held, string> = {
  holds: 'It is still so.',
  over: 'It is not so any more.',
  unasked: 'Whether it still is so is not asked any more: the rule that told of it is off.',
  unknown: 'Whether it still is so cannot be told now.',
}

export async function causeOfCard(itemId: string, cause: string, now: Date): Promise<CardCause> {
  const rows = await db.$queryRaw<
    { words: string; at: Date; now: Held; over: Date | null; why: string | null; total: number }[]
  >(Prisma.sql`
    SELECT e.words, e.at, ${holdsNow(now)} AS now, coalesce(f.resolved_at, t.retired_at) AS over, f.resolved_why AS why, (count(*) OVER ())::int AS total
    FROM review_event e LEFT JOIN finding f ON f.id = e.finding_id LEFT JOIN trust t ON t.id = e.trust_id
    WHERE e.item_id = ${itemId}::uuid ORDER BY e.at, e.id LIMIT ${SHOWN_MAX}::int`)
  return {
    cause,
    title: causeTitle(cause),
    count: rows[0]?.total ?? 0,
    happened: rows.map(({ words, at, now: held, over, why }) => ({
      words,
      at: at.toISOString(),
      now: held,
      nowWords:
        held === 'over' && over
          ? `It is not so any more, since ${over.toISOString().slice(0, 16)}Z${why ? `: ${why}` : ''}.`
          : WORDS[held],
    })),
  }
}
