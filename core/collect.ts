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

/** Whether anything is held whose native id begins so: only then is a part that cannot be looked at missing from a look. */
export type Holds = (at: Part & { scope: Scope; stream: string }) => Promise<boolean>
type Part = { kind: Kind; beginnings: readonly string[] }

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

/** Which streams are read, where not all are: what the source says has changed, or what was throttled before. */
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
  holds?: Holds,
): AsyncGenerator<Collected<T>>
export async function* collect(
  connector: Connector,
  session: Session,
  now: Instant,
  check: Check<unknown> = parse,
  selection: Selection = EVERYTHING,
  holds: Holds = async () => true,
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
        yield* collectStream(connector, { ...one, session, scope, now, check, holds })
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
  holds: Holds
}

async function* after(passed: readonly Observed[], observed: AsyncIterable<Observed>) {
  yield* passed
  yield* observed
}

async function* collectStream(
  connector: Connector,
  { session, scope, now, name, check, holds, passed, gaps: noted }: StreamOf,
): AsyncGenerator<Collected<unknown>> {
  const stream = connector.streams[name]
  if (!stream) return
  const lacks = new Lacks(stream, name)
  const own = stream.about && new Own(name, stream.about)
  let batch: Observed[] = []
  let count = 0
  let failure: unknown
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
      lacking: (kinds, refusal) => refusal.state === 'unknown' && lacks.whole(kinds, refusal),
      unlooked: (kinds, beginnings, refusal) =>
        refusal.state === 'unknown' && lacks.part(kinds, beginnings, refusal),
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
  const lacking = await lacks.settled((part) => holds({ ...part, scope, stream: name }))
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

/** What a stream says of itself that it has not seen. */
class Lacks {
  private readonly kinds = new Map<Kind, Coverage>()
  private readonly parts: (Part & { coverage: Coverage })[] = []

  constructor(
    private readonly stream: Stream,
    private readonly name: string,
  ) {}

  whole(kinds: readonly Kind[], refusal: Refused): void {
    for (const kind of this.declared(kinds)) this.kinds.set(kind, refusedAs(refusal))
  }

  part(kinds: readonly Kind[], beginnings: readonly string[], refusal: Refused): void {
    for (const kind of this.declared(kinds))
      this.parts.push({ kind, beginnings, coverage: refusedAs(refusal) })
  }

  /** By kind, once it is known of which parts anything is held. */
  async settled(holds: (part: Part) => Promise<boolean>): Promise<ReadonlyMap<Kind, Coverage>> {
    for (const { kind, beginnings, coverage } of this.parts)
      if (!this.kinds.has(kind) && (await holds({ kind, beginnings }))) this.kinds.set(kind, coverage)
    return this.kinds
  }

  private declared(kinds: readonly Kind[]): readonly Kind[] {
    const foreign = kinds.find((kind) => !this.stream.kinds.includes(kind))
    if (foreign) throw new Error(`stream ${this.name} lacks ${foreign}, which it does not declare`)
    return kinds
  }
}

const refusedAs = ({ why, source, detail = '' }: Refused): Coverage => ({
  state: 'partial',
  why,
  permission: source,
  detail,
  gaps: [],
})

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
