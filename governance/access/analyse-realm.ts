// What each principal of a realm may do and whom it can act as: asked one at a time, of whoever rests on something else than before.
import type { Access, Pitfall, Platform, Privileges, Step } from '@/core/access'
import type { Loaded } from './load-realm'
import { Digests } from './rests-on'
import { kept, platformStep, type StepRow } from './step-row'

export type VerdictRow = {
  identityId: string
  platform: string
  certain: Privileges['certain']
  possible: Privileges['possible']
  because: readonly string[]
  missing: readonly string[]
  pitfalls: readonly Pitfall[]
  /** Whether not all of its steps are told. */
  more: boolean
}
export type Analysed = {
  verdict: VerdictRow
  steps: StepRow[]
  /** Undefined where that is not known: it is judged every time. */
  restsOn: string | undefined
}
/** One of whom all that was found still holds, for it rests on the same. */
type StillHolds = { still: string }

/** Steps of one principal that are kept: more are counted as such, and asked for where they matter. */
const STEPS_MAX = 2000

/** @param heldOn what the held verdict of an identity was made from; undefined where none is held, or that is not known */
export function* analyseRealm(
  loaded: Loaded,
  platform: Pick<Platform, 'id' | 'parts'>,
  access: Access,
  heldOn: (identityId: string) => string | undefined,
): Generator<Analysed | StillHolds> {
  const digests = new Digests(platform.id, loaded)
  for (const { id } of loaded.realm.principals) {
    const row = loaded.rowOf.get(id)
    if (!row) continue
    const restsOn = digests.of(access.restsOn?.(id))
    if (restsOn !== undefined && restsOn === heldOn(row.id)) yield { still: row.id }
    else yield { ...analysed(loaded, platform, access, { native: id, ...row }), restsOn }
  }
}

type Of = { native: string; id: string; scopeId: string }
function analysed(
  loaded: Loaded,
  platform: Pick<Platform, 'id' | 'parts'>,
  access: Access,
  of: Of,
): Omit<Analysed, 'restsOn'> {
  const privileges = access.privileges(of.native)
  const { certain, possible } = privileges
  const told = access.steps(of.native)
  const steps: StepRow[] = []
  let more = told.more
  // Of a part only: the platform says so by a step where it is of the whole realm.
  const whole = platform.parts
    ? wholeOf(told.steps)
    : possible === 'administrator'
      ? wholly(privileges)
      : undefined
  if (whole && !platform.parts) steps.push(toEverything(of, privileges))
  for (const step of told.steps) {
    // Who may do everything here is one step from everything here: only what lies outside is worth telling.
    if (whole && !platform.parts && step.to.kind === 'administrator') continue
    const kept = platformStep(loaded, of, step)
    if (!kept) continue
    const inside = kept.toScopeId === of.scopeId
    if (
      inside &&
      kept.toKind !== 'administrator' &&
      (whole === 'yes' || (whole && kept.certainty === 'depends'))
    )
      continue
    if (steps.length >= STEPS_MAX) {
      more = true
      break
    }
    steps.push(kept)
  }
  const verdict = {
    identityId: of.id,
    platform: platform.id,
    certain,
    possible,
    because: kept(privileges.because),
    missing: kept(privileges.missing),
    pitfalls: worst(access.pitfalls(of.native)),
    more,
  }
  return { verdict, steps }
}

/** Weaknesses of one principal that are kept: a reader needs the worst. */
const PITFALLS_MAX = 20
const SEVERITIES: readonly Pitfall['severity'][] = ['critical', 'high', 'medium', 'low']
const rank = ({ answer, severity }: Pitfall): number =>
  SEVERITIES.indexOf(severity) + (answer === 'yes' ? 0 : SEVERITIES.length)
const worst = (pitfalls: readonly Pitfall[]): Pitfall[] =>
  [...pitfalls]
    .sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1))
    .slice(0, PITFALLS_MAX)
    .map((one) => ({ ...one, because: kept(one.because) }))

const wholly = ({ certain }: Privileges) => (certain === 'administrator' ? 'yes' : 'depends')
const wholeOf = (steps: readonly Step[]): 'yes' | 'depends' | undefined => {
  const found = steps.filter(({ to }) => to.kind === 'administrator')
  if (!found.length) return undefined
  return found.some(({ answer }) => answer === 'yes') ? 'yes' : 'depends'
}

const toEverything = ({ id, scopeId }: Of, { certain, because, missing }: Privileges): StepRow => ({
  fromId: id,
  fromKind: 'identity',
  fromScopeId: scopeId,
  toId: null,
  toKind: 'administrator',
  toScopeId: scopeId,
  origin: 'platform',
  by: 'administrator',
  certainty: certain === 'administrator' ? 'possible' : 'depends',
  because: kept(because),
  missing: kept(missing),
})
