// A thing on a way, such as an identity or something that runs: its shape, its name, and where its page is.
import {
  Box,
  CircleQuestionMark,
  Fingerprint,
  KeyRound,
  Lock,
  ShieldAlert,
  Stamp,
  TrendingUp,
} from 'lucide-react'
import type { NodeView, StepView } from '@/governance/access/questions/views'
import { typeTitle } from '@/app/_inventory/type-title'
import { count } from '@/app/_inventory/words'
import { Link } from '@/app/_ui/link'

export type Thing = StepView['to'] | NodeView
type Kind = Thing['kind']

const ICONS: Record<Kind, typeof Box> = {
  identity: Fingerprint,
  workload: Box,
  secret: Lock,
  issuer: Stamp,
  credential: KeyRound,
  administrator: ShieldAlert,
  more: TrendingUp,
}
const KINDS: Record<NodeView['kind'], readonly [one: string, many: string]> = {
  identity: ['identity', 'identities'],
  workload: ['workload', 'workloads'],
  secret: ['stored secret', 'stored secrets'],
  issuer: ['issuer', 'issuers'],
  credential: ['credential', 'credentials'],
}

/** @example `3 identities · 1 workload` */
export const countWords = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([kind, n]) => count(n, ...(KINDS[kind as NodeView['kind']] ?? [kind])))
    .join(' · ')

export const isRights = (thing: Thing): thing is Extract<Thing, { scope: unknown }> => 'scope' in thing

export function thingName(thing: Thing): string {
  if (isRights(thing))
    return thing.kind === 'administrator'
      ? `Everything in ${thing.scope.name}`
      : `More rights in ${thing.scope.name}`
  return thing.end?.name ?? 'Something that you may not see'
}

/** What it is, in its own source's words; rights are what their name says. */
export const thingType = (thing: Thing): string => {
  if (isRights(thing)) return thing.kind === 'administrator' ? 'All rights' : 'Rights'
  return thing.end ? typeTitle(thing.end.type) : KINDS[thing.kind][0]
}

export const thingScope = (thing: Thing) => (isRights(thing) ? thing.scope : thing.end?.scope)

/** One thing however it is reached: rights are told apart by their scope. */
export const thingKey = (thing: Thing): string =>
  isRights(thing) ? `${thing.kind}-${thing.scope.id}` : thing.id

export function thingPage(thing: Thing): string | undefined {
  if (isRights(thing)) return `/identities?scope=${thing.scope.id}`
  const { identityId, credentialId } = thing.end ?? {}
  if (identityId) return `/identities/${identityId}`
  return credentialId && `/credentials/${credentialId}`
}

export function KindIcon({ kind, size = 14 }: { kind: Kind; size?: number }) {
  const Icon = ICONS[kind] ?? CircleQuestionMark
  return <Icon size={size} aria-hidden className="shrink-0 translate-y-0.5 text-muted" />
}

export function ThingName({ thing, row = false }: { thing: Thing; row?: boolean }) {
  const href = thingPage(thing)
  const name = <span className="[overflow-wrap:anywhere]">{thingName(thing)}</span>
  return (
    <span className="inline-flex min-w-0 items-baseline gap-1.5">
      <KindIcon kind={thing.kind} />
      {href ? (
        <Link href={href} prefetch={false} className="row-link" {...(row && { 'data-row-link': true })}>
          {name}
        </Link>
      ) : (
        <span className="font-medium">{name}</span>
      )}
    </span>
  )
}
