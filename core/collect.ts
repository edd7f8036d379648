// Runs a connector. The one place where a look is called complete or partial.
import { ZodError } from 'zod'
import type { Connector, Scope } from './connector'
import type { Instant } from './fact'
import { Observation, type Kind } from './observation'
import type { Session } from './session'
import { UpstreamError, type Coverage, type Gap } from './upstream'

export type Collected =
  | { type: 'scope'; scope: Scope }
  | { type: 'observations'; scope: Scope; stream: string; observations: Observation[] }
  | { type: 'coverage'; scope: Scope; stream: string; kinds: Partial<Record<Kind, Coverage>>; count: number }
  /** Last event: whether the list of scopes itself was seen whole. */
  | { type: 'scopes'; coverage: Coverage; count: number }

/** Observations handed on at a time: bounds memory, whatever the size of the source. */
const BATCH = 500

/** Reads every stream of every scope. A stream that returns is complete; one that throws is partial. */
export async function* collect(
  connector: Connector,
  session: Session,
  now: Instant,
): AsyncGenerator<Collected> {
  let count = 0
  let coverage: Coverage
  const gaps: Gap[] = []
  try {
    for await (const scope of connector.scopes(session)) {
      count++
      gaps.push(...session.drainGaps())
      yield { type: 'scope', scope }
      for (const stream of Object.keys(connector.streams))
        yield* collectStream(connector, session, scope, stream, now)
    }
    coverage = { state: 'complete', gaps: [...gaps, ...session.drainGaps()] }
  } catch (error) {
    coverage = partial(error, [...gaps, ...session.drainGaps()])
  }
  yield { type: 'scopes', coverage, count }
}

async function* collectStream(
  connector: Connector,
  session: Session,
  scope: Scope,
  name: string,
  now: Instant,
): AsyncGenerator<Collected> {
  const stream = connector.streams[name]
  if (!stream) return
  const lacking = new Map<Kind, Coverage>()
  let batch: Observation[] = []
  let count = 0
  let failure: unknown
  try {
    const observed = stream.collect({
      session,
      scope,
      now,
      lacking: (kinds, refusal) => {
        const foreign = kinds.find((kind) => !stream.kinds.includes(kind))
        if (foreign) throw new Error(`stream ${name} lacks ${foreign}, which it does not declare`)
        if (refusal.state !== 'unknown') return
        const { why, source, detail = '' } = refusal
        for (const kind of kinds)
          lacking.set(kind, { state: 'partial', why, permission: source, detail, gaps: [] })
      },
    })
    for await (const one of observed) {
      if (!stream.kinds.includes(one.kind))
        throw new Error(`stream ${name} yields ${one.kind} without declaring it`)
      if (++count > session.limits.observationsMax)
        throw new UpstreamError('limited', name, `more than ${session.limits.observationsMax} observations`)
      batch.push(Observation.parse(one))
      if (batch.length < BATCH) continue
      yield { type: 'observations', scope, stream: name, observations: batch }
      batch = []
    }
  } catch (error) {
    failure = error
  }
  if (batch.length) yield { type: 'observations', scope, stream: name, observations: batch }
  const gaps = session.drainGaps()
  const whole: Coverage = failure === undefined ? { state: 'complete', gaps } : partial(failure, gaps)
  const kinds = Object.fromEntries(
    stream.kinds.map((kind) => [kind, whole.state === 'partial' ? whole : (lacking.get(kind) ?? whole)]),
  )
  yield { type: 'coverage', scope, stream: name, kinds, count }
}

/** A failure of the source as coverage. Anything else is a bug and goes on up. */
function partial(error: unknown, gaps: Gap[]): Coverage {
  if (error instanceof UpstreamError)
    return { state: 'partial', why: error.why, permission: error.permission, detail: error.detail, gaps }
  if (error instanceof ZodError) {
    const [issue] = error.issues
    const detail = `an observation was not understood: ${issue?.path.join('.')}: ${issue?.message}`
    return { state: 'partial', why: 'malformed', permission: 'observation', detail, gaps }
  }
  throw error
}
