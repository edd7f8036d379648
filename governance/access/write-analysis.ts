// Writes what an analysis found where it differs from what is held, and takes away what it did not find again.
import { hashedUuid, idOf } from '@/inventory/content-hash'
import { db, type Tx } from '@/prisma/client'
import type { Analysed } from './analyse-realm'
import { JudgedTable } from './judged-table'
import type { StepRow } from './step-row'

/** Goes up whenever equal findings are to be written otherwise. */
const REVISION = 1

type Held = { fingerprint: string | null; restsOn: string | null }
/** Digests sent at a time. */
const CHUNK = 20_000

/**
 * Of a principal that rests on the same as before all is kept, unseen; of one that was judged, and of whom the same is found
 * as before, no more is sent to the database than what it rests on now. Made and used while nobody else can analyse the scope.
 */
export class Writer {
  /** Held, and not found yet. */
  private readonly gone: Set<string>
  /** Held, and found otherwise. */
  private readonly changed: string[] = []

  /** What those who were judged rest on, where that is not what is held. */
  private readonly rests = new Map<string, string | undefined>()
  judged = 0

  private constructor(
    private readonly scopeId: string,
    private readonly held: ReadonlyMap<string, Held>,
    private readonly steps: JudgedTable,
    private readonly verdicts: JudgedTable,
  ) {
    this.gone = new Set(held.keys())
  }

  static async begin(scopeId: string): Promise<Writer> {
    const rows = await db.$queryRaw<(Held & { id: string })[]>`
      SELECT v.identity_id AS id, v.fingerprint, r.rests_on AS "restsOn"
      FROM access_verdict v LEFT JOIN access_rests r ON r.identity_id = v.identity_id WHERE v.scope_id = ${scopeId}::uuid`
    const held = new Map(rows.map(({ id, ...one }) => [id, one]))
    const [steps, verdicts] = [
      await JudgedTable.make(scopeId, 'step'),
      await JudgedTable.make(scopeId, 'verdict'),
    ]
    return new Writer(scopeId, held, steps, verdicts)
  }

  /** What the held verdict of an identity was made from. */
  heldOn(identityId: string): string | undefined {
    return this.held.get(identityId)?.restsOn ?? undefined
  }

  /** All that is held of it, its steps included, stays. */
  keep(identityId: string): void {
    this.gone.delete(identityId)
  }

  async addPrincipal({ verdict, steps, restsOn }: Analysed): Promise<void> {
    const id = verdict.identityId
    const fingerprint = hashedUuid(JSON.stringify([REVISION, verdict, steps]))
    this.judged++
    this.gone.delete(id)
    if (this.heldOn(id) !== restsOn) this.rests.set(id, restsOn)
    if (this.held.get(id)?.fingerprint === fingerprint) return
    if (this.held.has(id)) this.changed.push(id)
    const { platform, certain, possible, because, missing, pitfalls, more } = verdict
    const rest = [JSON.stringify(pitfalls), String(more), fingerprint]
    await this.verdicts.add([id, platform, certain, possible, because, missing, ...rest])
    for (const step of steps) await this.addStep(step)
  }

  /** Of those that rest on nobody's rights, each is told every time. */
  async addStep(step: StepRow): Promise<void> {
    const { fromId, fromKind, fromScopeId, toId, toKind, toScopeId, origin, by } = step
    const id = idOf(this.scopeId, 'step', [fromId, toId ?? toKind, origin, by].join('|'))
    const ends = [fromId, fromKind, fromScopeId, toId, toKind, toScopeId]
    await this.steps.add([id, ...ends, origin, by, step.certainty, step.because, step.missing])
  }

  /** @returns how many rows were written or taken away */
  async finish(tx: Tx): Promise<{ steps: number; verdicts: number }> {
    await this.steps.close()
    await this.verdicts.close()
    const written = { steps: await this.mergeSteps(tx), verdicts: await this.mergeVerdicts(tx) }
    await this.mergeRests(tx)
    return written
  }

  /** In the transaction of what was made from it: nobody takes the one for that of the other. */
  private async mergeRests(tx: Tx): Promise<void> {
    const all = [...this.rests]
    for (let at = 0; at < all.length; at += CHUNK) {
      const some = all.slice(at, at + CHUNK)
      await tx.$executeRaw`
        DELETE FROM access_rests WHERE identity_id = ANY(${some.map(([id]) => id)}::uuid[])`
      const told = some.filter(([, restsOn]) => restsOn !== undefined)
      await tx.$executeRaw`
        INSERT INTO access_rests (identity_id, rests_on)
        SELECT * FROM unnest(${told.map(([id]) => id)}::uuid[], ${told.map(([, restsOn]) => restsOn)}::uuid[])`
    }
  }

  private async mergeSteps(tx: Tx): Promise<number> {
    const { scopeId, steps } = this
    const judgedOtherwise = [...this.changed, ...this.gone]
    const gone = await tx.$executeRaw`
      DELETE FROM access_step s WHERE s.scope_id = ${scopeId}::uuid
        AND (s.origin <> 'platform' OR s.from_id = ANY(${judgedOtherwise}::uuid[]))
        AND NOT EXISTS (SELECT 1 FROM ${steps.sql} n WHERE n.id = s.id)`
    const written = await tx.$executeRaw`
      INSERT INTO access_step AS s (id, scope_id, from_id, from_kind, from_scope_id, to_id, to_kind, to_scope_id, origin, by, certainty,
        because, missing)
      SELECT DISTINCT ON (id) id, ${scopeId}::uuid, from_id, from_kind, from_scope_id, to_id, to_kind, to_scope_id, origin, by,
        certainty, because, missing
      FROM ${steps.sql} ORDER BY id, array_position(ARRAY['observed', 'possible', 'depends'], certainty), because, missing
      ON CONFLICT (id) DO UPDATE SET certainty = excluded.certainty, because = excluded.because, missing = excluded.missing,
        from_scope_id = excluded.from_scope_id, to_scope_id = excluded.to_scope_id,
        since = CASE WHEN s.certainty = excluded.certainty THEN s.since ELSE excluded.since END
      WHERE (s.certainty, s.because, s.missing, s.from_scope_id, s.to_scope_id)
        IS DISTINCT FROM (excluded.certainty, excluded.because, excluded.missing, excluded.from_scope_id, excluded.to_scope_id)`
    return gone + written
  }

  private async mergeVerdicts(tx: Tx): Promise<number> {
    const { scopeId, verdicts } = this
    const gone = await tx.$executeRaw`
      DELETE FROM access_verdict WHERE scope_id = ${scopeId}::uuid AND identity_id = ANY(${[...this.gone]}::uuid[])`
    const [written] = await tx.$queryRaw<{ count: number }[]>`
      WITH before AS (
        SELECT v.identity_id, (v.platform, v.certain, v.possible, v.because, v.missing, v.pitfalls, v.more)
          IS DISTINCT FROM (n.platform, n.certain, n.possible, n.because, n.missing, n.pitfalls, n.more) AS differs
        FROM access_verdict v JOIN ${verdicts.sql} n ON n.identity_id = v.identity_id
      ), written AS (
        INSERT INTO access_verdict (identity_id, scope_id, platform, certain, possible, because, missing, pitfalls, more, fingerprint)
        SELECT identity_id, ${scopeId}::uuid, platform, certain, possible, because, missing, pitfalls, more, fingerprint
        FROM ${verdicts.sql}
        ON CONFLICT (identity_id) DO UPDATE SET scope_id = excluded.scope_id, platform = excluded.platform,
          certain = excluded.certain, possible = excluded.possible, because = excluded.because, missing = excluded.missing,
          pitfalls = excluded.pitfalls, more = excluded.more, fingerprint = excluded.fingerprint
        RETURNING identity_id
      ) SELECT (count(*) FILTER (WHERE coalesce(b.differs, true)))::int AS count
      FROM written w LEFT JOIN before b ON b.identity_id = w.identity_id`
    return gone + (written?.count ?? 0)
  }

  async end(): Promise<void> {
    await this.steps.drop()
    await this.verdicts.drop()
  }
}
