// What a control is: its id, its words, the baselines that select it, and the rules that speak to it.
import type { ControlRow } from '@/governance/frameworks/get-framework'
import { ruleTitle } from '@/app/_inventory/rule-meta'
import { count } from '@/app/_inventory/words'
import { Link } from '@/app/_ui/link'

const told = (n: number) => n.toLocaleString('en')

function Rules({ rules }: { rules: ControlRow['rules'] }) {
  if (!rules.length) return null
  return (
    <details className="mt-1 text-caption">
      <summary className="inline-flex min-h-6 items-center rounded-sm text-muted hover:text-ink">
        <span className="link">{count(rules.length, 'rule')}</span>
      </summary>
      <ul className="mt-1 flex flex-col gap-1">
        {rules.map(({ ruleId, fail, excepted, unknown, pass, notAsked, off }) => (
          <li key={ruleId}>
            <Link href={`/rules/${ruleId}`} className="link" prefetch={false}>
              {ruleTitle(ruleId)}
            </Link>
            <span className="text-muted">
              : {told(fail)} failing{excepted > 0 && ` (${told(excepted)} excepted)`}, {told(unknown)} not
              decided
              {pass !== undefined && `, ${told(pass)} passing`}
              {notAsked ? `, not asked of ${count(notAsked, 'scope')}` : ''}
              {off && `; turned off: ${off}`}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Baselines({ baselines }: Pick<ControlRow, 'baselines'>) {
  if (!baselines) return null
  const words = baselines.length ? `In the baselines ${baselines.join(', ')}` : 'In no baseline'
  return <span className="mt-0.5 block text-caption text-muted">{words}</span>
}

/** The words of a control; the exact ones in quotation marks. */
export function ControlWords({ row }: { row: ControlRow }) {
  return (
    <>
      <code className="font-mono text-caption font-medium">{row.id}</code>
      <span className="block max-w-[72ch] whitespace-normal">{row.title}</span>
      {row.text && (
        <span className="mt-0.5 block max-w-[80ch] text-caption whitespace-normal text-muted">
          “{row.text}”
        </span>
      )}
      {row.gist && (
        <span className="mt-0.5 block max-w-[80ch] text-caption whitespace-normal text-muted">
          {row.gist}
        </span>
      )}
      <Baselines baselines={row.baselines} />
    </>
  )
}

export function ControlCell({ row }: { row: ControlRow }) {
  return (
    <div id={row.id} className="min-w-72 scroll-mt-28">
      <ControlWords row={row} />
      <Rules rules={row.rules} />
    </div>
  )
}
