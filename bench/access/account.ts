// A large account of a cloud: everything about every principal at once, against the same questions asked one at a time.
import type { Access } from '@/core/access'
import { accountRealm, isOnRoles, isRole, rolesFor } from '@/tests/measured-realms/account-realm'
import { oneOf, seeded } from '../queries/random'
import { peakMiB, secondsOf, spaced, type Figure, type Step, type Verdict } from '../contract'
import { fillRealm } from './fill-realm'
import { judgeAll, levelsOf, together, type Judging } from './judge'
import { spentOn } from './work'

const SAMPLE = 20_000
const FASTER_LEAST = 100
const group = 'Access'

type Actions = { onRoles: string[]; others: string[] }
/** Every action that the definitions need, as often as they do. */
function actionsOf(escalations: Judging['escalations']): Actions {
  const all = escalations.flatMap(({ needs }) => needs).filter((one) => /^[\w-]+:\w+$/.test(one))
  return { onRoles: all.filter(isOnRoles), others: all.filter((one) => !isOnRoles(one)) }
}
const once = ({ onRoles, others }: Actions): Actions => ({
  onRoles: [...new Set(onRoles)],
  others: [...new Set(others)],
})

const setsOf = ({ principals }: Judging['realm']): number =>
  new Set(principals.map(({ held }) => held.map(({ id }) => id).join())).size

type Sampled = { actions: Actions; asked: number; cpuSecondsEach: number }
async function oneByOne({ access, realm, escalations }: Judging, seed: number): Promise<Sampled> {
  const actions = actionsOf(escalations)
  const names = realm.principals.filter(isRole).map(({ name, aliases }) => aliases[0] ?? name)
  const random = seeded(seed)
  const ask = (by: Access) => {
    const { id } = oneOf(random, realm.principals)
    const onRole = random() < 0.9
    const action = oneOf(random, onRole ? actions.onRoles : actions.others)
    return by.can(id, { action, resource: onRole ? oneOf(random, names) : '*' })
  }
  const { cpuSeconds } = await spentOn(() => {
    for (let asked = 0; asked < SAMPLE; asked++) ask(access)
  })
  return { actions, asked: SAMPLE, cpuSecondsEach: cpuSeconds / SAMPLE }
}

const hours = (seconds: number): string =>
  seconds < 600
    ? secondsOf(seconds)
    : seconds < 7200
      ? `${(seconds / 60).toFixed(0)} min`
      : `${(seconds / 3600).toFixed(1)} h`

function figuresOf(
  judging: Judging,
  { actions, asked, cpuSecondsEach }: Sampled,
  startMiB: number,
): Figure[] {
  const { realm, escalations, told, compile, steps, privileges, heapMiB } = judging
  const roles = realm.principals.filter(isRole).length
  const whole = together(compile, steps, privileges)
  const questions = ({ onRoles, others }: Actions) =>
    realm.principals.length * (onRoles.length * roles + others.length)
  const single = questions(actions) * cpuSecondsEach
  const leastTimes = (questions(once(actions)) * cpuSecondsEach) / whole.cpuSeconds
  const faster = single / whole.cpuSeconds
  const verdict: Verdict = faster >= FASTER_LEAST ? 'holds' : 'misses'
  return [
    {
      group,
      name: `Account of ${spaced(roles)} roles: privileges and all steps of ${spaced(realm.principals.length)} principals`,
      measured: `${secondsOf(whole.cpuSeconds)} of a processor (${secondsOf(whole.seconds)} by the clock): ${secondsOf(compile.cpuSeconds)} compiling, ${secondsOf(steps.cpuSeconds)} for ${spaced(told.steps)} steps of ${spaced(told.principals)} principals (${spaced(told.cut)} cut), ${secondsOf(privileges.cpuSeconds)} for privileges (${levelsOf(told)}); ${spaced(setsOf(realm))} different sets of policies are held`,
      verdict: 'told',
    },
    {
      group,
      name: `The same, against asking about each of ${escalations.length} definitions for each pair of principal and role`,
      aim: `at least ${FASTER_LEAST} times faster`,
      measured: `${spaced(faster)} times: ${spaced(questions(actions))} questions of ${(cpuSecondsEach * 1e6).toFixed(0)} µs (from ${spaced(asked)} chosen at random) would take ${hours(single)}; ${spaced(leastTimes)} times where no action is asked about twice`,
      verdict,
    },
    {
      group,
      name: 'Most memory of the process that judges it',
      measured: `${spaced(peakMiB())} MiB, ${spaced(startMiB)} of them before; ${spaced(heapMiB)} MiB of the heap in use`,
      verdict: 'told',
    },
  ]
}

export const accessAccount: Step = async ({ identities, seed }) => {
  const scopeId = await fillRealm(accountRealm(rolesFor(identities), seed))
  const startMiB = peakMiB()
  const judging = await judgeAll(scopeId)
  const sampled = await oneByOne(judging, seed)
  return { figures: figuresOf(judging, sampled, startMiB), facts: {} }
}
