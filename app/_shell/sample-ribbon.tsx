// Says on every page that the data shown is made up, and takes it away.
import { FlaskConical } from 'lucide-react'
import { may, type Actor } from '@/core/permissions'
import { hasSample, isSampleLeftOut } from '@/governance/sample/has-sample'
import { deleteSample } from './delete-sample'
import { ActionForm } from '../_form/action-form'
import { Submit } from '../_form/submit'
import { buttonClass } from '../_ui/button'
import { Link } from '../_ui/link'
import { OnlyNow } from '../_ui/only-now'

export async function SampleRibbon({ actor }: { actor: Actor }) {
  if (!(await hasSample(actor))) return null
  const isLeftOut = await isSampleLeftOut(actor)
  return (
    <aside
      aria-label="Sample data"
      className="flex flex-wrap items-center justify-center gap-x-3 gap-y-1 border-b border-hairline bg-sev-low-tint px-4 py-1 text-caption print:hidden"
    >
      <span className="inline-flex items-center gap-1.5">
        <FlaskConical size={13} aria-hidden className="shrink-0" />
        {isLeftOut
          ? 'Sample data is left out of lists and counts, since a real source is there.'
          : 'Sample data: a made-up organisation. Real data is never mixed into its counts.'}
      </span>
      {isLeftOut && (
        <Link href="/identities?scope=any" className="link h-6">
          Show it too
        </Link>
      )}
      {may(actor, 'source:manage') && (
        <OnlyNow>
          <button type="button" popoverTarget="delete-sample" className="link h-6">
            Delete sample data
          </button>
          <div
            id="delete-sample"
            popover="auto"
            className="fixed inset-auto top-24 left-1/2 z-50 m-0 w-88 max-w-[calc(100vw-24px)] -translate-x-1/2 rounded-lg border border-hairline bg-raised p-4 text-ui text-ink shadow-overlay"
          >
            <p className="font-medium">Delete the sample organisation?</p>
            <p className="mt-1 text-muted">
              Its sources, identities and findings go. You can add it again under Sources.
            </p>
            <ActionForm action={deleteSample} label="Delete sample data" className="mt-3 flex flex-col gap-2">
              <div className="flex justify-end gap-2">
                <button
                  type="button"
                  popoverTarget="delete-sample"
                  popoverTargetAction="hide"
                  className={buttonClass()}
                >
                  Keep it
                </button>
                <Submit look="danger">Delete sample data</Submit>
              </div>
            </ActionForm>
          </div>
        </OnlyNow>
      )}
    </aside>
  )
}
