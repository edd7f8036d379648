// Said the first time: what is measured while somebody decides, and who sees it.
import { Submit } from '@/app/_form/submit'
import { Notice } from '@/app/_ui/notice'
import { noteTold } from '../../told'

export function Told() {
  return (
    <Notice
      title="How long you look is measured"
      actions={
        <form action={noteTold}>
          <Submit look="plain">Understood</Submit>
        </form>
      }
    >
      While a card is in sight and has the focus, the time is counted, and which of its folded parts you open.
      It is kept with your decision. Managers of the campaign see medians and shares; with a single decision
      it stands in the record that auditors read.
    </Notice>
  )
}
