// What was just decided or taken back, until something else is: with the way back.
import { choiceTitle } from '@/app/_reviews/words'
import type { Saved } from '@/governance/campaigns/reviewing/saved'
import { Link } from '@/app/_ui/link'
import { Notice } from '@/app/_ui/notice'
import { UndoForm } from './undo-form'

export function SavedNotice({ saved, campaign }: { saved: Saved; campaign: string }) {
  const { id, name, version, decision, undoable, second } = saved
  if (second) return <Notice role="status" title={`Second look given: ${name}, ${choiceTitle(decision)}.`} />
  if (decision === 'undone')
    return (
      <Notice role="status" title={`Taken back: ${name} is open again.`}>
        <Link href={`/reviews/${campaign}/${id}`} className="link">
          Look at it
        </Link>
      </Notice>
    )
  return (
    <Notice
      role="status"
      title={`Saved: ${name}, ${choiceTitle(decision)}.`}
      actions={undoable && <UndoForm campaign={campaign} item={id} version={version} name={name} />}
    >
      <Link href={`/reviews/${campaign}?show=decided`} className="link">
        Everything you decided
      </Link>
    </Notice>
  )
}
