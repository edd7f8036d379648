// What was signed by whom, and what was said beside it later.
import type { ItemState } from '@/core/campaign'
import type { CampaignView } from '@/governance/campaigns/campaign-view'
import { ActionForm } from '@/app/_form/action-form'
import { TextArea } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { STATE_WORDS } from '@/app/_reviews/words'
import { Moment } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'
import { addWords } from '../actions'
import { decisionTitle, itemsOf } from '../words'

const countsWords = ({ kind, counts }: CampaignView['signOffs'][number]) =>
  Object.entries(counts)
    .map(([word, n]) => {
      const title = kind === 'campaign' ? STATE_WORDS[word as ItemState].title : decisionTitle(word)
      return `${title} ${n.toLocaleString('en')}`
    })
    .join(', ')

function SignOffs({ signOffs }: Pick<CampaignView, 'signOffs'>) {
  return (
    <ul className="flex flex-col gap-2">
      {signOffs.map((one) => (
        <li key={one.id} className="rounded-lg border border-hairline px-3 py-2 [overflow-wrap:anywhere]">
          <p>
            <span className="font-medium">{one.name}</span>
            {one.kind === 'campaign' ? ' signed the whole campaign' : ` signed ${itemsOf(one.items)}`}{' '}
            <Moment at={one.at} full />
          </p>
          <p className="text-caption text-muted">{countsWords(one)}</p>
          <blockquote className="my-1 border-l-2 border-hairline pl-2">{one.statement}</blockquote>
          <p className="font-mono text-caption text-muted">SHA-256 {one.hash}</p>
        </li>
      ))}
    </ul>
  )
}

export function SignedRecord({ campaign, mayManage }: { campaign: CampaignView; mayManage: boolean }) {
  const { id, signOffs, addenda, state } = campaign
  if (!signOffs.length && state !== 'closed' && state !== 'sealed') return null
  return (
    <Section id="signed" title="Signed" lead="What was signed is locked. Corrections stand beside it.">
      {signOffs.length > 0 ? (
        <SignOffs signOffs={signOffs} />
      ) : (
        <p className="text-muted">Nobody has signed.</p>
      )}
      {addenda.length > 0 && (
        <ul className="mt-3 flex flex-col gap-2" aria-label="Addenda">
          {addenda.map((one) => (
            <li key={one.id} className="border-l-2 border-accent pl-3 [overflow-wrap:anywhere]">
              <p className="text-caption text-muted">
                Addendum by {one.by} <Moment at={one.at} />
                {one.item && ' about one item'}
              </p>
              <p className="whitespace-pre-line">{one.text}</p>
            </li>
          ))}
        </ul>
      )}
      {mayManage && (
        <details className="mt-3 rounded-lg border border-hairline px-3 py-2 print:hidden">
          <summary className="cursor-pointer font-medium select-none">Add an addendum</summary>
          <ActionForm
            action={addWords}
            label="Add an addendum"
            resets
            className="mt-2 flex max-w-120 flex-col gap-3"
          >
            <input type="hidden" name="id" value={id} />
            <TextArea name="text" label="What is to be added" required maxLength={5000} />
            <div>
              <Submit look="plain" busy="Adding…">
                Add
              </Submit>
            </div>
          </ActionForm>
        </details>
      )}
    </Section>
  )
}
