// One suggestion of an owner: who, how sure, what speaks for them, and what does not agree.
import { EVIDENCE, type Confidence } from '@/governance/owners/suggest/evidence'
import type { Suggestion } from '@/governance/owners/suggest/weigh'
import { Moment } from '@/app/_ui/moment'

const SURE: Record<Confidence, string> = { strong: 'Strong', fair: 'Fair', weak: 'Weak' }
const ROLES = { person: 'Person', team: 'Team', unclear: 'Person or team' } as const

export function SuggestionWords({ suggestion }: { suggestion: Suggestion }) {
  const { role, name, standing, confidence, evidence, conflict } = suggestion
  return (
    <div className="min-w-0 [overflow-wrap:anywhere]">
      <p>
        <span className="font-medium">{name}</span>{' '}
        <span className="text-muted">
          {ROLES[role]} · {SURE[confidence]}
        </span>
        {standing === 'left' && <span className="font-medium text-danger"> · has left</span>}
      </p>
      <ul className="text-caption text-muted">
        {evidence.map((one) => (
          <li key={`${one.kind} ${one.words}`}>
            {EVIDENCE[one.kind].title}: {one.words} ({one.source}, <Moment at={one.at} />)
          </li>
        ))}
        {conflict && (
          <li className="font-medium text-sev-medium-text">As sure: {conflict.join(', ')}. Choose one.</li>
        )}
      </ul>
    </div>
  )
}
