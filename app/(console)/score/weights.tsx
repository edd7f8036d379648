// How it is counted: the weights and shares themselves, as the code has them.
import { SEVERITIES } from '@/core/rule'
import type { ScoreView } from '@/governance/score/get-score'
import { PRIVILEGE_WORDS, SCORED_PRIVILEGES, weightWords } from '@/governance/score/score-words'

export function Weights({ view: { weights, shares } }: { view: ScoreView }) {
  return (
    <div className="grid max-w-[96ch] gap-x-10 gap-y-4 sm:grid-cols-2">
      <div>
        <h3 className="mb-1 font-medium">An identity weighs</h3>
        <dl>
          {SCORED_PRIVILEGES.map((privilege) => (
            <div key={privilege} className="flex justify-between gap-4 border-b border-hairline py-1">
              <dt className="text-muted">{PRIVILEGE_WORDS[privilege]}</dt>
              <dd className="tabular">{weightWords(weights[privilege])}</dd>
            </div>
          ))}
        </dl>
      </div>
      <div>
        <h3 className="mb-1 font-medium">It keeps of its weight, by its worst open finding</h3>
        <dl>
          {SEVERITIES.map((severity) => (
            <div key={severity} className="flex justify-between gap-4 border-b border-hairline py-1">
              <dt className="text-muted first-letter:uppercase">{severity}</dt>
              <dd className="tabular">{shares[severity]} %</dd>
            </div>
          ))}
          <div className="flex justify-between gap-4 border-b border-hairline py-1">
            <dt className="text-muted">None</dt>
            <dd className="tabular">100 %</dd>
          </div>
        </dl>
      </div>
    </div>
  )
}
