// Takes one decision back.
import { ActionForm } from '@/app/_form/action-form'
import { Submit } from '@/app/_form/submit'
import { undoOne } from './actions'

type Props = { campaign: string; item: string; version: number; name: string; label?: string }
export function UndoForm({ campaign, item, version, name, label = 'Undo' }: Props) {
  return (
    <ActionForm action={undoOne} label={`Undo ${name}`}>
      <input type="hidden" name="campaign" value={campaign} />
      <input type="hidden" name="item" value={item} />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="name" value={name} />
      <Submit look="plain" aria-label={`Undo ${name}`} busy="Undoing…">
        {label}
      </Submit>
    </ActionForm>
  )
}
