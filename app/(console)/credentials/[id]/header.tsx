// What it is, where it is, and whether it is still there.
import type { CredentialDetail } from '@/inventory/queries/get-credential'
import { Middle } from '@/app/_inventory/middle'
import { connectorTitle, typeTitle } from '@/app/_inventory/type-title'
import { CREDENTIAL_KIND_WORDS, FORM_WORDS } from '@/app/_inventory/words'
import { CopyButton } from '@/app/_ui/copy-button'
import { Moment } from '@/app/_ui/moment'
import { Notice } from '@/app/_ui/notice'
import { StateWord } from '@/app/_ui/state-word'

function Presence({ detail: { credential, facts } }: { detail: CredentialDetail }) {
  const { enabled } = facts
  if (credential.retiredAt) return <StateWord tone="off">Gone</StateWord>
  if (enabled?.state === 'unknown') return <StateWord tone="unknown">Enabled or not: unknown</StateWord>
  if (enabled?.state === 'known')
    return enabled.value ? (
      <StateWord tone="ok">Enabled</StateWord>
    ) : (
      <StateWord tone="off">Disabled</StateWord>
    )
  return <StateWord tone="ok">Present</StateWord>
}

export function CredentialHeader({ detail }: { detail: CredentialDetail }) {
  const { credential } = detail
  const { kind, form, scope, retiredAt, count } = credential
  return (
    <div className="-mt-2 flex flex-col gap-2.5">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span>{typeTitle(credential.type)}</span>
        <span className="text-muted">{(form && FORM_WORDS[form]) ?? CREDENTIAL_KIND_WORDS[kind]}</span>
        <Presence detail={detail} />
        {count !== undefined && (
          <span className="text-muted">stands for {count.toLocaleString('en')} or more</span>
        )}
        <span className="text-muted">
          {connectorTitle(scope.connectorId)} · {scope.name}
        </span>
        <span className="text-muted">metadata only, never a value</span>
      </p>
      <p className="inline-flex items-center gap-1 text-muted">
        <Middle text={credential.nativeId} />
        <CopyButton text={credential.nativeId} what="native id" />
      </p>
      {retiredAt && (
        <Notice
          tone="warn"
          title={kind === 'secret' ? 'This stored secret is gone.' : 'This credential is gone.'}
        >
          A complete look no longer saw it, or its source said that it ended, <Moment at={retiredAt} full />.
          What was known is kept below.
        </Notice>
      )}
    </div>
  )
}
