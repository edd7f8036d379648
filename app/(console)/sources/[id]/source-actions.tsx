// What may be done with a source, by role. What a role may never do is not shown.
import { Pause, Play, RefreshCw } from 'lucide-react'
import { may, type Actor } from '@/core/permissions'
import type { SourceRow } from '@/inventory/queries/types'
import { ActionForm } from '@/app/_form/action-form'
import { TextField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { ButtonLink, buttonClass } from '@/app/_ui/button'
import { deleteSource, pauseSource, syncNow } from './actions'

function Delete({ source }: { source: SourceRow }) {
  return (
    <>
      <button type="button" popoverTarget="delete-source" className={buttonClass('quiet', 'text-danger')}>
        Delete…
      </button>
      <div
        id="delete-source"
        popover="auto"
        className="fixed inset-auto top-24 left-1/2 z-50 m-0 w-104 max-w-[calc(100vw-24px)] -translate-x-1/2 rounded-lg border border-hairline bg-raised p-4 text-ui text-ink shadow-overlay"
      >
        <h2 className="text-section">Delete this source?</h2>
        <p className="mt-1 text-muted">
          Everything that only this source has brought goes with it: identities, findings and their history.
          This cannot be undone.
        </p>
        <ActionForm action={deleteSource} label="Delete source" className="mt-3 flex flex-col gap-3">
          <input type="hidden" name="connectionId" value={source.id} />
          <TextField
            name="typed"
            label={`Type ${source.name} to confirm`}
            required
            autoComplete="off"
            spellCheck={false}
          />
          <div className="flex justify-end gap-2">
            <button
              type="button"
              popoverTarget="delete-source"
              popoverTargetAction="hide"
              className={buttonClass()}
            >
              Keep it
            </button>
            <Submit look="danger" busy="Deleting…">
              Delete source
            </Submit>
          </div>
        </ActionForm>
      </div>
    </>
  )
}

export function SourceActions({ actor, source }: { actor: Actor; source: SourceRow }) {
  const syncs = may(actor, 'source:sync') && source.mode === 'live'
  const manages = may(actor, 'source:manage')
  return (
    <>
      {source.mode === 'import' && may(actor, 'source:import') && (
        <ButtonLink href="/sources/import">Import another file</ButtonLink>
      )}
      {manages && source.mode === 'live' && (
        <ActionForm action={pauseSource} label={source.paused ? 'Resume' : 'Pause'} quiet>
          <input type="hidden" name="connectionId" value={source.id} />
          <input type="hidden" name="paused" value={String(source.paused)} />
          <Submit look="plain">
            {source.paused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
            {source.paused ? 'Resume' : 'Pause'}
          </Submit>
        </ActionForm>
      )}
      {manages && <Delete source={source} />}
      {syncs && (
        <ActionForm action={syncNow} label="Sync now">
          <input type="hidden" name="connectionId" value={source.id} />
          <Submit busy="Starting…">
            <RefreshCw size={14} aria-hidden /> Sync now
          </Submit>
        </ActionForm>
      )}
    </>
  )
}
