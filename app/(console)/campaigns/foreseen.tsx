'use client'
// Who would be asked, as of now: counted when the page was made, and again whenever somebody asks for it.
import { LOAD_MAX } from '@/core/campaign'
import type { ForeseenReviewers } from '@/governance/campaigns/foreseen-reviewers'
import { useForm } from '@/app/_form/action-form'
import { Submit } from '@/app/_form/submit'
import { Notice } from '@/app/_ui/notice'

const some = (n: number, one: string, many: string) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`

function Busiest({ rows, reviewers }: Pick<ForeseenReviewers, 'rows' | 'reviewers'>) {
  if (!rows.length) return null
  return (
    <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-caption">
      {rows.map((row) => (
        <li key={row.id} className={row.tooMany ? 'font-medium' : ''}>
          {row.name} <span className="tabular">{row.items.toLocaleString('en')}</span>
          {row.tooMany && ` (more than ${LOAD_MAX}: who beside them has room is told once it is prepared)`}
        </li>
      ))}
      {reviewers > rows.length && <li className="text-muted">and {reviewers - rows.length} more people</li>}
    </ul>
  )
}

export function Foreseen({ initial }: { initial?: ForeseenReviewers }) {
  const { state } = useForm()
  const counted = (state.result as ForeseenReviewers | undefined) ?? initial
  const none = counted?.none.items ?? 0
  return (
    <div className="flex flex-col items-start gap-2">
      {counted && (
        <div className="w-full" role="status">
          <Notice
            tone={none ? 'warn' : 'info'}
            title={
              none
                ? `${some(none, 'item has', 'items have')} no reviewer`
                : `Each of ${some(counted.items, 'item', 'items')} has a reviewer`
            }
          >
            {none > 0 && (
              <>
                <ul className="list-disc pl-4">
                  {counted.none.why.map(({ words, items }) => (
                    <li key={words}>
                      {items.toLocaleString('en')}: {words}
                    </li>
                  ))}
                </ul>
                <p>Name a person as the last step, or name somebody for them once it is prepared.</p>
              </>
            )}
            <p>
              {some(counted.reviewers, 'person', 'people')} would be asked as of now; the freezing decides.
              {counted.beyond > 0 &&
                ` Of ${some(counted.beyond, 'more item', 'more items')} the owners are too many to tell here.`}
            </p>
            <Busiest rows={counted.rows} reviewers={counted.reviewers} />
          </Notice>
        </div>
      )}
      <Submit look="plain" name="intent" value="count" formNoValidate busy="Counting…">
        Count who would be asked
      </Submit>
    </div>
  )
}
