// Runs a connector. The one place where a look is called complete or partial.
import { ZodError } from 'zod'
import type { About, Connector, News, Scope, Stream } from './connector'
import type { Instant } from './fact'
import { Ended, isEnded, Observation, type Kind, type Observed, type Of } from './observation'
import type { Session } from './session'
import { UpstreamError, type Coverage, type Gap } from './upstream'

export type Collected<T = Observed> =
  | { type: 'scope'; scope: Scope }
  | { type: 'observations'; scope: Scope; stream: string; observations: T[] }
  | { type: 'coverage'; scope: Scope; stream: string; kinds: Partial<Record<Kind, Coverage>>; count: number }
  /** Every stream of the scope was read, as far as it could be. */
  | { type: 'read'; scope: Scope }
  /** Last event: whether the list of scopes itself was seen whole. */
  | { type: 'scopes'; coverage: Coverage; count: number }

/** What was understood, up to the first observation that was not, and what is wrong with that one. */
export type Checked<T> = { good: T[]; bad?: unknown }
export type Check<T> = (at: { scope: Scope; stream: string; batch: Observed[] }) => Promise<Checked<T>>

/** Observations handed on at a time: bounds memory, whatever the size of the source. */
const BATCH = 1000

/** Each observation against the allow-list of its kind. */
const parse: Check<Observed> = async ({ batch }) => {
  const good: Observed[] = []
  for (const one of batch) {
    const parsed = isEnded(one) ? Ended.safeParse(one) : Observation.safeParse(one)
    if (!parsed.success) return { good, bad: parsed.error }
    good.push(parsed.data)
  }
  return { good }
}

/** Which streams are read, where the source itself tells what has changed. */
export type Selection = {
  /** Undefined: not read. What is handed in is taken first, as if the stream had said it. */
  choose(scope: Scope, stream: string): Pick<News, 'passed' | 'gaps'> | undefined
  /** Called before a stream of a scope is read. */
  begin(scope: Scope, stream: string): void
}
const EVERYTHING: Selection = { choose: () => ({ passed: [], gaps: [] }), begin: () => {} }

/** Reads every stream of every scope. A stream that returns is complete; one that throws is partial. */
export function collect(connector: Connector, session: Session, now: Instant): AsyncGenerator<Collected>
/** @param check what is done with each batch; nothing that it has not let through counts as seen */
export function collect<T>(
  connector: Connector,
  session: Session,
  now: Instant,
  check: Check<T>,
  selection?: Selection,
): AsyncGenerator<Collected<T>>
export async function* collect(
  connector: Connector,
  session: Session,
  now: Instant,
  check: Check<unknown> = parse,
  selection: Selection = EVERYTHING,
): AsyncGenerator<Collected<unknown>> {
  let count = 0
  let coverage: Coverage
  const gaps: Gap[] = []
  try {
    for await (const scope of connector.scopes(session)) {
      count++
      gaps.push(...session.drainGaps())
      const chosen = Object.keys(connector.streams).flatMap((name) => {
        const news = selection.choose(scope, name)
        return news ? [{ name, ...news }] : []
      })
      if (!chosen.length) continue
      yield { type: 'scope', scope }
      for (const one of chosen) {
        selection.begin(scope, one.name)
        yield* collectStream(connector, { ...one, session, scope, now, check })
      }
      yield { type: 'read', scope }
    }
    coverage = { state: 'complete', gaps: [...gaps, ...session.drainGaps()] }
  } catch (error) {
    coverage = partial(error, [...gaps, ...session.drainGaps()])
  }
  yield { type: 'scopes', coverage, count }
}

type StreamOf = Pick<News, 'passed' | 'gaps'> & {
  session: Session
  scope: Scope
  now: Instant
  name: string
  check: Check<unknown>
}

async function* after(passed: readonly Observed[], observed: AsyncIterable<Observed>) {
  yield* passed
  yield* observed
}

async function* collectStream(
  connector: Connector,
  { session, scope, now, name, check, passed, gaps: noted }: StreamOf,
): AsyncGenerator<Collected<unknown>> {
  const stream = connector.streams[name]
  if (!stream) return
  const lacking = new Map<Kind, Coverage>()
  const own = stream.about && new Own(name, stream.about)
  let batch: Observed[] = []
  let count = 0
  let failure: unknown
  const lack = (kinds: readonly Kind[], { why, source, detail = '' }: Refused) => {
    const foreign = kinds.find((kind) => !stream.kinds.includes(kind))
    if (foreign) throw new Error(`stream ${name} lacks ${foreign}, which it does not declare`)
    for (const kind of kinds)
      lacking.set(kind, { state: 'partial', why, permission: source, detail, gaps: [] })
  }
  const checked = async () => {
    const { good, bad } = await check({ scope, stream: name, batch })
    batch = []
    failure ??= bad
    return { type: 'observations' as const, scope, stream: name, observations: good }
  }
  try {
    const observed = stream.collect({
      session,
      scope,
      now,
      lacking: (kinds, refusal) => refusal.state === 'unknown' && lack(kinds, refusal),
    })
    for await (const one of after(passed, observed)) {
      const kind = isEnded(one) ? one.of : one.kind
      if (!stream.kinds.includes(kind)) throw new Error(`stream ${name} yields ${kind} without declaring it`)
      if (!isEnded(one)) own?.refuseForeign(one)
      if (++count > session.limits.observationsMax)
        throw new UpstreamError('limited', name, `more than ${session.limits.observationsMax} observations`)
      batch.push(one)
      if (batch.length < BATCH) continue
      yield await checked()
      if (failure !== undefined) break
    }
  } catch (error) {
    failure ??= error
  }
  if (batch.length) yield await checked()
  const gaps = [...noted, ...session.drainGaps()]
  const whole = failure === undefined ? returned(stream, name, gaps) : partial(failure, gaps)
  const kinds = Object.fromEntries(
    stream.kinds.map((kind) => [kind, failure === undefined ? (lacking.get(kind) ?? whole) : whole]),
  )
  yield { type: 'coverage', scope, stream: name, kinds, count }
}

/** What a stream that returned has seen: everything, unless it is one that can only add. */
const returned = ({ neverWhole }: Stream, name: string, gaps: Gap[]): Coverage =>
  neverWhole === undefined
    ? { state: 'complete', gaps }
    : { state: 'partial', why: 'not-offered', permission: name, detail: neverWhole, gaps }

/** Holds a stream to what it declares to be about: others are said to be whole without it. */
class Own {
  private readonly ids = new Set<string>()

  constructor(
    private readonly stream: string,
    private readonly about: About,
  ) {}

  refuseForeign(one: Observation): void {
    if (one.kind === 'identity') this.takeIdentity(one)
    if (one.kind === 'identity' || one.kind === 'issuer') this.refuseKeys(one)
    const holder = holderOf(one)
    if (holder === undefined || !this.about[holder.kind] || this.ids.has(holder.id)) return
    throw new Error(
      `stream ${this.stream} yields ${one.kind} ${one.nativeId} of an identity that is not its own`,
    )
  }

  private takeIdentity({ nativeId, type }: Of<'identity'>): void {
    this.ids.add(nativeId)
    if (this.about.identity && !this.about.identity.includes(type))
      throw new Error(`stream ${this.stream} yields an identity of type ${type}, which it is not about`)
  }

  private refuseKeys({ kind, keys }: Of<'identity'> | Of<'issuer'>): void {
    const { keys: declared } = this.about
    const key = declared && keys?.find(({ type }) => !declared.includes(type))
    if (key)
      throw new Error(
        `stream ${this.stream} yields an ${kind} with a key ${key.type}, which it does not declare`,
      )
  }
}

/** The identity that a row belongs to, where its stream may have to say of which types that is. */
function holderOf(one: Observation): { kind: 'grant' | 'owner-hint' | 'credential'; id: string } | undefined {
  if (one.kind === 'grant') return { kind: one.kind, id: one.identity }
  // What names an owner of a stored secret is about no identity.
  if (one.kind === 'owner-hint')
    return one.identity === undefined ? undefined : { kind: one.kind, id: one.identity }
  if (one.kind !== 'credential' || one.identity.state === 'absent') return undefined
  return { kind: one.kind, id: one.identity.state === 'known' ? one.identity.value : '' }
}

type Refused = Extract<
  Parameters<Parameters<Connector['streams'][string]['collect']>[0]['lacking']>[1],
  { state: 'unknown' }
>

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
