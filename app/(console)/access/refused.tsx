// What could not be asked, in words; where a name is several, each of them is one link away.
import type { QuestionName } from '@/app/_access/address'
import { accessHref } from '@/app/_access/address'
import { Link } from '@/app/_ui/link'
import { Notice } from '@/app/_ui/notice'
import type { Asked, Refused } from './asked'

const FIELDS: Record<QuestionName, readonly string[]> = {
  can: ['identity', 'action', 'resource', 'place', 'context', 'scope'],
  become: ['identity', 'hops', 'certain', 'scope'],
  reach: ['from', 'hops', 'certain', 'scope'],
  ways: ['from', 'to', 'hops', 'paths', 'certain'],
  cut: ['from', 'to', 'hops', 'certain', 'days'],
  unused: ['identity', 'scope', 'days', 'propose'],
}
/** Fields that the form shows with their own words. */
const SHOWN = new Set(['identity', 'action', 'resource', 'place', 'context', 'from', 'to'])

const FIX = 'This cannot be asked as it stands. See the field that is marked.'
const SEVERAL = 'Several are called this. Which one is meant?'
const REMEDY = 'Identities are offered while one types a part of their name.'

export function RefusedNotice({ asked, refused }: { asked: Asked; refused: Refused }) {
  const { question, fields } = asked
  const own = FIELDS[question]
  const about = refused.issues.find(({ path }) => own.includes(path))?.path
  const shown = about !== undefined && SHOWN.has(about)
  const candidates = refused.issues.filter(({ path }) => !own.includes(path))
  const unseen = refused.issues.filter(({ path }) => own.includes(path) && !SHOWN.has(path))
  return (
    <div className="mt-4">
      <Notice tone="warn" role="alert" title={candidates.length ? SEVERAL : shown ? FIX : refused.message}>
        {shown && !candidates.length && <p>{REMEDY}</p>}
        {unseen.map(({ path, message }) => (
          <p key={path}>
            <code className="font-mono text-caption">{path}</code>: {message}
          </p>
        ))}
        {about && candidates.length > 0 && (
          <ul aria-label="Which one" className="mt-1 flex flex-col gap-1">
            {candidates.map(({ path, message }) => (
              <li key={path}>
                <Link
                  href={accessHref(question, { ...fields, [about]: path })}
                  prefetch={false}
                  className="link [overflow-wrap:anywhere]"
                >
                  {message}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Notice>
    </div>
  )
}
