// What a policy may say and probably does not mean: over long ago, for everything, or never reached.
import { reached } from '@/core/days'
import type { Instant } from '@/core/fact'
import type { Policy } from '@/core/policy'
import type { Registered } from '@/rules/registered'
import { endOfDay } from '../evaluation/compiled-policy'
import type { PolicyIssue } from './issue-words'

/** Kinds of subjects whose environment nobody tells. */
const WITHOUT_ENVIRONMENT: ReadonlySet<string> = new Set(['secret', 'scope'])
const isEverything = (pattern: string): boolean => /^\*+$/.test(pattern)

function specialWarnings(policy: Policy, asking: readonly Registered[]): PolicyIssue[] {
  return Object.entries(policy.rules).flatMap(([id, { for: special }]) => {
    const subject = asking.find(({ meta }) => meta.id === id)?.meta.subject
    return special.flatMap(({ types, environments }, which): PolicyIssue[] => {
      const at = ['rules', id, 'for', which]
      if (!types && !environments)
        return [
          { at, message: 'It is for everything: neither the usual setting nor one after it is ever asked.' },
        ]
      if (types?.length === 0 || environments?.length === 0)
        return [{ at, message: 'It names nothing, so that it never fits.' }]
      if (environments && subject && WITHOUT_ENVIRONMENT.has(subject))
        return [{ at, message: `It never fits: nothing tells the environment of a ${subject}.` }]
      return []
    })
  })
}

export function policyWarnings(policy: Policy, now: Instant, asking: readonly Registered[]): PolicyIssue[] {
  return [
    ...specialWarnings(policy, asking),
    ...policy.environments.places.flatMap(({ place }, which): PolicyIssue[] =>
      isEverything(place) && which < policy.environments.places.length - 1
        ? [{ at: ['environments', 'places', which], message: 'It fits every place: none after it counts.' }]
        : [],
    ),
    ...policy.breakGlass.flatMap(({ identity, until }, which): PolicyIssue[] => {
      const at = ['breakGlass', which]
      if (reached(endOfDay(until), now))
        return [{ at: [...at, 'until'], message: `${until} is over: it counts for nothing.` }]
      if (isEverything(identity))
        return [
          { at: [...at, 'identity'], message: 'It fits every identity: ordinary rules say nothing then.' },
        ]
      return []
    }),
    ...policy.suppliers.flatMap(({ name, identities }, which): PolicyIssue[] => {
      const at = ['suppliers', which, 'identities']
      if (!identities.length)
        return [{ at, message: `${name} names no identity, so that it counts for none.` }]
      const all = identities.findIndex(isEverything)
      return all < 0 ? [] : [{ at: [...at, all], message: `Every identity is taken for one of ${name}.` }]
    }),
  ]
}
