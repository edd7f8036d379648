// What is signed and locked, and what was said beside it since.
import type { Signed } from '@/governance/campaigns/reviewing/to-sign'
import { ActionForm } from '@/app/_form/action-form'
import { TextArea } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { choiceTitle } from '@/app/_reviews/words'
import { CopyButton } from '@/app/_ui/copy-button'
import { Moment } from '@/app/_ui/moment'
import { Panel } from '@/app/_ui/section'
import { add } from './actions'

const countWords = (counts: Record<string, number>) =>
  Object.entries(counts)
    .map(([decision, count]) => `${choiceTitle(decision)}: ${count.toLocaleString('en')}`)
    .join(', ')

function Addenda({ campaign, addenda }: { campaign: string; addenda: Signed['addenda'] }) {
  return (
    <div className="mt-4">
      <h3 className="mb-1 font-medium">Said beside it since</h3>
      {addenda.length === 0 && <p className="text-muted">Nothing so far.</p>}
      <ul className="flex flex-col gap-1.5">
        {addenda.map(({ id, item, text, by, at }) => (
          <li key={id} className="[overflow-wrap:anywhere]">
            <Moment at={at} /> <span className="font-medium">{by}</span>
            {item && ` about ${item.name}`}: {text}
          </li>
        ))}
      </ul>
      <ActionForm action={add} label="Add beside it" resets className="mt-3 flex max-w-160 flex-col gap-3">
        <input type="hidden" name="campaign" value={campaign} />
        <TextArea
          name="text"
          label="Add something"
          hint="It corrects nothing: it stands beside what is signed, with your name."
          required
          maxLength={5000}
        />
        <div>
          <Submit look="plain" busy="Adding…">
            Add
          </Submit>
        </div>
      </ActionForm>
    </div>
  )
}

export function SignedList({ campaign, signed }: { campaign: string; signed: Signed }) {
  if (!signed.signOffs.length) return <p className="text-muted">Nothing is signed yet.</p>
  return (
    <>
      <ul className="flex flex-col gap-2">
        {signed.signOffs.map(({ id, at, statement, items, counts, hash }) => (
          <li key={id}>
            <Panel className="px-4 py-3">
              <p>
                <Moment at={at} full />: {items.toLocaleString('en')} decisions ({countWords(counts)})
              </p>
              <p className="text-muted [overflow-wrap:anywhere]">“{statement}”</p>
              <p className="text-caption text-muted [overflow-wrap:anywhere]">
                SHA-256 <span className="font-mono">{hash}</span> <CopyButton text={hash} what="the hash" />
              </p>
            </Panel>
          </li>
        ))}
      </ul>
      <Addenda campaign={campaign} addenda={signed.addenda} />
    </>
  )
}
