// What was frozen: how many, as of when, with which hash, from which runs, and what was not seen.
import type { CampaignView } from '@/governance/campaigns/campaign-view'
import { ActionForm } from '@/app/_form/action-form'
import { Submit } from '@/app/_form/submit'
import { count, kindWords, whyWords } from '@/app/_inventory/words'
import { CopyButton } from '@/app/_ui/copy-button'
import { Moment } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'
import { SeverityMark } from '@/app/_ui/severity'
import { StateWord } from '@/app/_ui/state-word'
import { checkNow } from '../actions'
import { CheckResult } from './check-result'
import { Facts } from './facts'

const SHOWN = 20

function Gaps({ gaps }: Pick<CampaignView, 'gaps'>) {
  if (!gaps.total) return <StateWord tone="ok">None: every look was whole</StateWord>
  const more = gaps.total - Math.min(SHOWN, gaps.rows.length)
  return (
    <details>
      <summary className="cursor-pointer">
        <StateWord tone="warn">{count(gaps.total, 'look')} fell short</StateWord>
      </summary>
      <ul className="mt-1 flex flex-col gap-1 text-caption">
        {gaps.rows.slice(0, SHOWN).map((gap) => (
          <li key={Object.values(gap).join()} className="[overflow-wrap:anywhere]">
            <span className="font-medium">{kindWords(gap.kind)}</span> of {gap.scope}: {whyWords(gap.why)}
            {gap.permission && (
              <>
                {' '}
                (<code className="font-mono">{gap.permission}</code>)
              </>
            )}
          </li>
        ))}
        {more > 0 && <li className="text-muted">and {more.toLocaleString('en')} more</li>}
      </ul>
    </details>
  )
}

function Runs({ runs }: Pick<CampaignView, 'runs'>) {
  if (!runs.length) return <span className="text-muted">None: nothing of it was looked at</span>
  return (
    <details>
      <summary className="cursor-pointer">
        {count(runs.length, 'run')}, the last <Moment at={runs[0]?.at ?? ''} />
      </summary>
      <ul className="mt-1 font-mono text-caption">
        {runs.slice(0, SHOWN).map(({ id, at }) => (
          <li key={id} className="[overflow-wrap:anywhere]">
            {id} <Moment at={at} />
          </li>
        ))}
        {runs.length > SHOWN && <li className="font-sans text-muted">and {runs.length - SHOWN} more</li>}
      </ul>
    </details>
  )
}

export function Population({ campaign }: { campaign: CampaignView }) {
  const { id, rows, instant, populationHash, runs, gaps, tiers, funnel } = campaign
  if (rows === undefined || !instant || !populationHash) return null
  return (
    <Section
      id="population"
      title="Population"
      lead="Frozen: every card speaks of one instant, and the hash tells whether any of them is another by now."
    >
      <Facts
        rows={[
          [
            'Identities',
            <span key="n" className="flex flex-wrap gap-x-3">
              <span className="tabular font-medium">{rows.toLocaleString('en')}</span>
              <SeverityMark severity="high" count={tiers.high} />
              <SeverityMark severity="medium" count={tiers.medium} />
              <SeverityMark severity="low" count={tiers.low} />
              {funnel.controls > 0 && (
                <span className="text-muted">and {count(funnel.controls, 'decoy')}</span>
              )}
            </span>,
          ],
          ['As of', <Moment key="at" at={instant} full />],
          [
            'SHA-256',
            <span key="hash" className="font-mono text-caption [overflow-wrap:anywhere]">
              {populationHash} <CopyButton text={populationHash} what="hash" />
            </span>,
          ],
          ['Rests on', <Runs key="runs" runs={runs} />],
          ['Not seen', <Gaps key="gaps" gaps={gaps} />],
        ]}
      />
      <ActionForm action={checkNow} label="Check the population" className="mt-3 flex flex-col gap-3">
        <input type="hidden" name="id" value={id} />
        <CheckResult />
        <div>
          <Submit look="plain" busy="Checking card by card…">
            Check it now
          </Submit>
        </div>
      </ActionForm>
    </Section>
  )
}
