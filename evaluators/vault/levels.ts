// How strong what a principal holds is: the strongest level that is certain, and the strongest that it could be.
import { PRIVILEGES, type Principal, type PrivilegeLevel, type Privileges } from '@/core/access'
import type { Answer } from '../three-valued'
import { bounded, TOO_MUCH } from './answers'
import type { Access } from './can'
import { freshName } from './names'
import type { Rule } from './rules'
import type { Steps } from './steps'
import { STEPS_MAX, type World } from './world'

const rank = (level: PrivilegeLevel): number => PRIVILEGES.indexOf(level)
type Found = { level: PrivilegeLevel; answer: Pick<Answer, 'value' | 'because'> }

/**
 * What every token may do about itself, as the policy `default` has it: it reaches nothing of others, and counts for nothing
 * in whichever policy it stands. Source: OpenBao documentation, concepts/policies, default policy.
 */
const OF_ITSELF = [
  /^auth\/token\/(lookup|renew|revoke)-self$/,
  /^cubbyhole\//,
  /^sys\/(capabilities-self|renew|control-group\/request|internal\/ui\/resultant-acl)$/,
  /^sys\/(leases\/(lookup|renew)|wrapping\/(wrap|unwrap|lookup|rewrap)|tools\/(hash|random)(\/.*)?)$/,
  /^identity\/oidc\/provider\//,
  /^identity\/entity\/(id|name)\/\{\{/,
]
const WRITING = ['create', 'update', 'patch', 'delete', 'recover']
const READING = ['read', 'list', 'scan', 'subscribe']

export function privilegesOf(world: World, steps: Steps, principal: Principal): Privileges {
  const missing = world.grantsUnseen(principal)
  const { access, notes } = world.holdingOf(principal)
  const found = bounded<Found[]>(
    () => levelsOf(steps, principal, access),
    [{ level: 'administrator', answer: { value: 'depends', because: [TOO_MUCH] } }],
  )
  const sorted = [...found].sort((a, b) => rank(a.level) - rank(b.level))
  const sure = sorted.find(({ answer }) => answer.value === 'yes')
  const certain = missing.length ? 'none' : (sure?.level ?? 'none')
  const possible = missing.length ? 'administrator' : (sorted[0]?.level ?? 'none')
  const telling = sorted.filter(({ level }) => rank(level) <= rank(sure?.level ?? 'none'))
  const because = [...new Set(telling.flatMap(({ answer }) => answer.because))].slice(0, 12)
  return {
    certain,
    possible,
    because: because.length ? because : ['Nothing it holds reaches more than its own token.', ...notes],
    ...(missing.length && { missing }),
  }
}

function levelsOf(steps: Steps, principal: Principal, access: Access): Found[] {
  const found: Found[] = []
  for (const { definition, to, answer } of steps.told(principal).found) {
    const because = [definition.gives, ...answer.because]
    const level = levelOfStep(definition, to.kind)
    if (level) found.push({ level, answer: { value: answer.value, because } })
  }
  if (found.some(({ level, answer }) => level === 'administrator' && answer.value === 'yes')) return found
  return [...found, ...ofRules(access)]
}

/** Of those who hold the same it is worked out once. */
const known = new WeakMap<Access, Found[]>()
function ofRules(access: Access): Found[] {
  const before = known.get(access)
  if (before) return before
  access.allow(STEPS_MAX)
  const fresh = freshName(access.held.rules)
  const found = access.held.rules.flatMap((rule) => ofRule(access, rule, fresh))
  known.set(access, found)
  return found
}

function levelOfStep(
  { administers, id }: { administers?: true; id: string },
  kind: string,
): PrivilegeLevel | undefined {
  if (kind === 'administrator')
    return administers || id === 'V01' || id === 'V10' ? 'administrator' : 'escalates'
  return kind === 'thing' || kind === 'more' ? 'sensitive' : undefined
}

/** What the rule gives at a path that it is about, if it decides there. */
function ofRule(access: Access, rule: Rule, fresh: string): Found[] {
  const { path, kind, capabilities } = rule
  const bare = path.replace(/^\/+/, '')
  if (OF_ITSELF.some((own) => own.test(bare))) return []
  const end = kind !== 'exact' && bare.endsWith('*') ? `${bare.slice(0, -1)}${fresh}` : bare
  const witness = end.replace(/(^|\/)\+(?=\/|$)/g, `$1${fresh}`).replace(/\{\{[^{}]*\}\}/g, fresh)
  const give = (level: PrivilegeLevel, all: readonly string[]): Found[] =>
    all.flatMap((capability) => {
      if (!capabilities.has(capability)) return []
      const answer = access.can(witness, capability)
      return answer.value === 'no' ? [] : [{ level, answer }]
    })
  return [...give('write', WRITING), ...give('read', READING)]
}
