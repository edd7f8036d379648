// Notes what has happened to identities and may be asked about: rules that fail now and did not, and trust in somebody from
// outside that was not there. What a first look brings is no change, and what is not known opens nothing.
import type { Cause } from '@/core/campaign'
import { db, type Tx } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { OUTSIDE, rulesAsked } from './cause-rules'
import { eventPolicy, seenUpTo, setSeen, settledUpTo } from './event-policy'
import { FAILS, isChange, knownAt, trustSeenBefore } from './is-change'

const TX_MS = 60_000

type Window = { from: Prisma.Sql; upTo: Prisma.Sql; now: Date }

/** @returns how many were noted */
export async function noteEvents(now: Date): Promise<number> {
  return db.$transaction(
    async (tx) => {
      const policy = await eventPolicy(tx)
      const causes = policy?.causes ?? []
      if (!causes.length) return 0
      // Of two at once the second has nothing left to do.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(7307, 1)`
      const since = await seenUpTo(tx)
      const settled = await settledUpTo(tx)
      // A change that takes long holds it back: what was seen is not seen again.
      if (since !== undefined && settled <= since) return 0
      await setSeen(tx, settled)
      if (since === undefined) return 0
      const window = {
        from: Prisma.sql`${since}::timestamptz`,
        upTo: Prisma.sql`${settled}::timestamptz`,
        now,
      }
      const found = await noteFindings(tx, causes, window)
      return found + (causes.includes('external-trust') ? await noteTrust(tx, window) : 0)
    },
    { timeout: TX_MS, maxWait: TX_MS },
  )
}

/** Versions that came to be known within the window, and were so at its end. */
const within = (alias: string, { from, upTo }: Window): Prisma.Sql =>
  Prisma.sql`${Prisma.raw(alias)}.known_from > ${from} AND ${knownAt(alias, upTo)}`

function noteFindings(tx: Tx, causes: readonly Cause[], window: Window): Promise<number> {
  return tx.$executeRaw(Prisma.sql`
    INSERT INTO review_event (id, cause, key, identity_id, words, finding_id, at, noticed_at)
    SELECT gen_random_uuid(), m.cause, concat_ws(' ', 'finding', f.id, extract(epoch FROM f.known_from)), f.identity_id, left(f.message, 1000),
      f.id, f.valid_from, ${window.now}
    FROM version.finding f JOIN jsonb_to_recordset(${JSON.stringify(rulesAsked(causes))}::jsonb) AS m (rule text, cause text) ON m.rule = f.rule_id
      JOIN scope s ON s.id = f.scope_id
    WHERE ${within('f', window)} AND ${FAILS('f')} AND f.identity_id IS NOT NULL AND ${isChange('f.known_from')}
      AND NOT EXISTS (SELECT 1 FROM version.finding b WHERE b.id = f.id AND ${knownAt('b', window.from)} AND ${FAILS('b')})
    ON CONFLICT DO NOTHING`)
}

/** The same principal under another statement is nobody new, nor is who was let in before trust was first seen whole. */
function noteTrust(tx: Tx, window: Window): Promise<number> {
  return tx.$executeRaw(Prisma.sql`
    INSERT INTO review_event (id, cause, key, identity_id, words, trust_id, at, noticed_at)
    SELECT gen_random_uuid(), 'external-trust', concat_ws(' ', 'trust', t.id, extract(epoch FROM t.known_from)), t.identity_id,
      'It lets in ' || left(t.principal, 900) || '.', t.id, t.valid_from, ${window.now}
    FROM version.trust t JOIN identity i ON i.id = t.identity_id AND i.class IN ('machine', 'unclear')
      JOIN scope s ON s.id = t.scope_id
    WHERE ${within('t', window)} AND t.effect = 'allow' AND t.retired_at IS NULL AND t.principal_type = ANY(${[...OUTSIDE]}::text[])
      AND ${isChange('t.known_from')}
      AND ${trustSeenBefore}
      AND NOT EXISTS (SELECT 1 FROM version.trust b WHERE b.identity_id = t.identity_id AND b.principal_type = t.principal_type
        AND b.principal = t.principal AND b.effect = 'allow' AND b.retired_at IS NULL AND ${knownAt('b', window.from)})
    ON CONFLICT DO NOTHING`)
}
