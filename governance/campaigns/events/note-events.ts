// Notes what has happened to identities and may be asked about: rules that fail now and did not, and trust in somebody from
// outside that was not there. What a first look brings is no change, and what is not known opens nothing.
import type { Cause } from '@/core/campaign'
import { db, type Tx } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { eventPolicy, seenUpTo, setSeen, settledUpTo } from './event-policy'

/** Rules that say by opening that something of the kind has happened. */
export const RULES_OF: Record<Exclude<Cause, 'still-there'>, readonly string[]> = {
  'owner-left': ['identity-owner-left'],
  'gained-power': ['identity-administrator', 'identity-escalates'],
  'external-trust': ['identity-trusts-anyone', 'identity-vendor-unregistered', 'identity-issuer-unlisted'],
  'credential-past-policy': ['credential-long-lived', 'credential-lifetime-long'],
  dormant: ['identity-dormant', 'identity-never-used'],
}
const OUTSIDE = ['anyone', 'federated']
const TX_MS = 60_000

type Window = { from: Prisma.Sql; upTo: Prisma.Sql; now: Date }

/** The version of a row as it was known at an instant. */
const knownAt = (alias: string, at: Prisma.Sql): Prisma.Sql => {
  const v = Prisma.raw(alias)
  return Prisma.sql`(${v}.known_from <= ${at} AND (${v}.known_to IS NULL OR ${v}.known_to > ${at}))`
}
const FAILS = (alias: string): Prisma.Sql =>
  Prisma.raw(`(${alias}.state = 'open' AND ${alias}.verdict = 'fail' AND ${alias}.latent IS NULL)`)

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

/**
 * Over `s` (scope): whether what came to be known of it at an instant is a change. It is once the source was looked at again
 * after the first time, or a day later at the latest; what was throttled and is read after all still belongs to the first look.
 * Looks are asked about only where the day is not over: there are very many of them.
 */
const isChange = (at: string): Prisma.Sql => {
  const known = Prisma.raw(at)
  return Prisma.sql`CASE WHEN ${known} >= (SELECT min(v.known_from) FROM version.scope v WHERE v.id = s.id) + interval '1 day' THEN TRUE
    ELSE EXISTS (SELECT 1 FROM version.look l JOIN run r ON r.id = l.run_id
      WHERE l.scope_id = s.id AND l.at > s.first_seen_at AND l.known_from <= ${known} AND r.trigger <> 'resume') END`
}

/** Versions that came to be known within the window, and were so at its end. */
const within = (alias: string, { from, upTo }: Window): Prisma.Sql =>
  Prisma.sql`${Prisma.raw(alias)}.known_from > ${from} AND ${knownAt(alias, upTo)}`

function noteFindings(tx: Tx, causes: readonly Cause[], window: Window): Promise<number> {
  const rules = causes.flatMap((cause) =>
    cause === 'still-there' ? [] : RULES_OF[cause].map((rule) => ({ rule, cause })),
  )
  return tx.$executeRaw(Prisma.sql`
    INSERT INTO review_event (id, cause, key, identity_id, words, finding_id, at, noticed_at)
    SELECT gen_random_uuid(), m.cause, concat_ws(' ', 'finding', f.id, extract(epoch FROM f.known_from)), f.identity_id, left(f.message, 1000),
      f.id, f.valid_from, ${window.now}
    FROM version.finding f JOIN jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) AS m (rule text, cause text) ON m.rule = f.rule_id
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
    WHERE ${within('t', window)} AND t.effect = 'allow' AND t.retired_at IS NULL AND t.principal_type = ANY(${OUTSIDE}::text[])
      AND ${isChange('t.known_from')}
      AND EXISTS (SELECT 1 FROM version.look l JOIN run r ON r.id = l.complete_run_id WHERE l.scope_id = t.scope_id AND l.stream = t.stream AND l.kind = 'trust'
        AND l.known_from < t.known_from AND r.id <> t.run_id)
      AND NOT EXISTS (SELECT 1 FROM version.trust b WHERE b.identity_id = t.identity_id AND b.principal_type = t.principal_type
        AND b.principal = t.principal AND b.effect = 'allow' AND b.retired_at IS NULL AND ${knownAt('b', window.from)})
    ON CONFLICT DO NOTHING`)
}
