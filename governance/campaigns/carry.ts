// Which decisions of people policy carries to the next campaign: only of what is low in risk and unchanged. Pure.
import type { Compared, Tier } from '@/core/campaign'

export type Before = {
  /** The decision of a person that counts. */
  decisionId: string
  decision: string
  at: Date
  keepUntil: Date | null
  compared: Compared
}

/** What of two cards differs, in words; empty where they are the same in all that is compared. */
export function differences(before: Compared, now: Compared): string[] {
  const fields = { owner: 'owner', privilege: 'what it may do', enabled: 'whether it is turned on' } as const
  const digests = {
    grants: 'what it was granted',
    trust: 'who can become it',
    consumers: 'what runs as it',
  } as const
  const told = Object.entries(fields).flatMap(([field, words]) => {
    const [from, to] = [before[field as keyof typeof fields], now[field as keyof typeof fields]]
    return from === to ? [] : [`${words}: ${from} → ${to}`]
  })
  const others = Object.entries(digests).flatMap(([field, words]) => {
    const [from, to] = [before[field as keyof typeof digests], now[field as keyof typeof digests]]
    return from === to ? [] : [`${words} changed`]
  })
  const came = now.signals
    .filter((rule) => !before.signals.includes(rule))
    .map((rule) => `signal came: ${rule}`)
  const went = before.signals
    .filter((rule) => !now.signals.includes(rule))
    .map((rule) => `signal went: ${rule}`)
  return [...told, ...others, ...came, ...went]
}

type Asked = {
  /** Whether the policy of the campaign carries, and how many days back a decision of a person may be. */
  policy: { carry: boolean; carryDays: number }
  tier: Tier
  before: Before | undefined
  unchanged: boolean
  sampled: boolean
  now: Date
}

const DAY_MS = 86_400_000

/** Whether the keep of a person is carried; else why a person is asked. */
export function carried({ policy, tier, before, unchanged, sampled, now }: Asked): {
  carried: boolean
  why: string
} {
  const no = (why: string) => ({ carried: false, why })
  if (!policy.carry) return no('nothing is carried in this campaign')
  if (!before) return no('nobody has decided about it before')
  if (before.decision !== 'keep') return no(`the last decision was ${before.decision}`)
  if (tier !== 'low') return no(`it is of ${tier} risk`)
  if (!unchanged) return no('it has changed')
  if (before.keepUntil && before.keepUntil <= now) return no('it was kept until a day that is over')
  if (now.getTime() - before.at.getTime() > policy.carryDays * DAY_MS)
    return no(`a person last decided more than ${policy.carryDays} days ago`)
  if (sampled) return no('it was drawn to be looked at all the same')
  return { carried: true, why: 'unchanged and of low risk since a person decided' }
}
