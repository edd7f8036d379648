// What may be done with a run in its state: cancel, retry, or save and discard a preview.
import { may, type Actor } from '@/core/permissions'
import type { RunDetail } from '@/inventory/queries/types'
import { ActionForm } from '@/app/_form/action-form'
import type { FormAction } from '@/app/_form/form-state'
import { Submit } from '@/app/_form/submit'
import type { ButtonLook } from '@/app/_ui/button'
import { cancel, discard, retry, save } from './actions'

const CANCELS: ReadonlySet<string> = new Set(['waiting', 'queued', 'running'])

function Act({
  action,
  run,
  title,
  look,
  busy,
}: {
  action: FormAction
  run: string
  title: string
  look?: ButtonLook
  busy?: string
}) {
  return (
    <ActionForm action={action} label={title}>
      <input type="hidden" name="runId" value={run} />
      <Submit look={look} busy={busy}>
        {title}
      </Submit>
    </ActionForm>
  )
}

export function RunActions({
  actor,
  detail: { run, connection, cancelRequestedAt },
}: {
  actor: Actor
  detail: RunDetail
}) {
  const syncs = may(actor, 'source:sync')
  if (run.state === 'previewed' && may(actor, 'source:import'))
    return (
      <>
        <Act action={discard} run={run.id} title="Discard" look="plain" />
        <Act action={save} run={run.id} title="Save to the inventory" busy="Saving…" />
      </>
    )
  if (CANCELS.has(run.state) && syncs && !cancelRequestedAt)
    return <Act action={cancel} run={run.id} title="Cancel run" look="plain" />
  if (
    (run.state === 'failed' || run.state === 'cancelled' || run.state === 'partial') &&
    syncs &&
    connection.mode !== 'import'
  )
    return <Act action={retry} run={run.id} title="Run again" look="plain" busy="Starting…" />
  return null
}
