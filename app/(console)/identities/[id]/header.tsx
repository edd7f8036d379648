// Who it is, in one sentence made from facts; every clause leads to its evidence.
import { ExternalLink } from 'lucide-react'
import type { ReactNode } from 'react'
import type { IdentityDetail } from '@/inventory/queries/types'
import { ClassIcon } from '@/app/_inventory/class-icon'
import { Middle } from '@/app/_inventory/middle'
import { connectorTitle, typeTitle } from '@/app/_inventory/type-title'
import { CLASS_WORDS } from '@/app/_inventory/words'
import { buttonClass } from '@/app/_ui/button'
import { CopyButton } from '@/app/_ui/copy-button'
import { daysSince, relative } from '@/app/_ui/moment'
import { Moment } from '@/app/_ui/moment'
import { Notice } from '@/app/_ui/notice'
import { StateWord } from '@/app/_ui/state-word'

const UNUSED_DAYS = 90

function usage({ lastUsedAt }: IdentityDetail['facts']): string {
  if (lastUsedAt.state === 'unknown') return 'When it was last used is not known'
  if (lastUsedAt.state === 'absent')
    return `No use of it is on record${lastUsedAt.note ? ` (${lastUsedAt.note})` : ''}`
  const days = daysSince(lastUsedAt.value)
  return days > UNUSED_DAYS
    ? `It was not used for ${days.toLocaleString('en')} days`
    : `It was used ${relative(lastUsedAt.value)}`
}

function power({ privilege }: IdentityDetail['facts']): string {
  if (privilege.state === 'unknown') return 'what it may do is not known'
  if (privilege.state === 'absent') return 'it holds no permissions'
  const words = {
    administrator: 'it is an administrator',
    conditional: 'it may be an administrator, depending on conditions',
    escalates: 'it can come to be an administrator',
    sensitive: 'it reaches secrets or data',
    write: 'it can change things',
    read: 'it can read',
    none: 'it holds no permissions',
  }
  return words[privilege.value.class]
}

function answerable({ owner }: IdentityDetail['facts']): string {
  if (owner.state === 'unknown') return 'who answers for it is not known'
  return owner.state === 'known' ? `${owner.value.name} answers for it` : 'nobody answers for it'
}

function Clause({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} className="underline decoration-hairline underline-offset-4 hover:decoration-current">
      {children}
    </a>
  )
}

function Presence({ detail }: { detail: IdentityDetail }) {
  const { enabled } = detail.facts
  if (detail.identity.retiredAt) return <StateWord tone="off">Gone</StateWord>
  if (enabled.state === 'known')
    return enabled.value ? (
      <StateWord tone="ok">Enabled</StateWord>
    ) : (
      <StateWord tone="off">Disabled</StateWord>
    )
  if (enabled.state === 'absent') return <StateWord tone="ok">Present</StateWord>
  return <StateWord tone="unknown">Enabled or not: unknown</StateWord>
}

export function IdentityHeader({ detail }: { detail: IdentityDetail }) {
  const { identity, facts } = detail
  const [alias] = detail.aliases
  return (
    <div className="-mt-2 flex flex-col gap-2.5">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="inline-flex items-center gap-1.5">
            <ClassIcon of={identity.class} />
            {typeTitle(identity.type)}
          </span>
          <span className="text-muted" title={detail.classReason}>
            {CLASS_WORDS[identity.class]} identity
          </span>
          <Presence detail={detail} />
          <span className="text-muted">
            {connectorTitle(identity.scope.connectorId)} · {identity.scope.name}
          </span>
        </p>
        {detail.consoleUrl && (
          <a
            href={detail.consoleUrl}
            target="_blank"
            rel="noreferrer"
            className={buttonClass('plain', 'print:hidden')}
          >
            Open in {connectorTitle(identity.scope.connectorId)} <ExternalLink size={13} aria-hidden />
            <span className="sr-only">(opens in a new tab)</span>
          </a>
        )}
      </div>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted">
        <span className="inline-flex items-center gap-1">
          <Middle text={identity.nativeId} />
          <CopyButton text={identity.nativeId} what="native id" />
        </span>
        {alias && alias !== identity.nativeId && (
          <span className="inline-flex items-center gap-1">
            <Middle text={alias} max={64} />
            <CopyButton text={alias} what="alias" />
          </span>
        )}
      </p>
      {identity.retiredAt && (
        <Notice tone="warn" title="This identity is gone.">
          A complete look no longer saw it <Moment at={identity.retiredAt} full />. What was known is kept
          below.
        </Notice>
      )}
      <p className="max-w-[80ch] text-section font-medium">
        <Clause href="#evidence">{usage(facts)}</Clause>, <Clause href="#permissions">{power(facts)}</Clause>,
        and <Clause href="#ownership">{answerable(facts)}</Clause>.
      </p>
    </div>
  )
}
