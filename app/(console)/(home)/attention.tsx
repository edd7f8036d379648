// What needs attention, as sentences. Unknown counts stand beside the known ones, never inside them.
import { Link } from '@/app/_ui/link'
import type { HomeSummary } from '@/inventory/queries/types'
import { count } from '@/app/_inventory/words'

type Line = { n: number; text: string; href: string; unknown?: { n: number; text: string; href: string } }

function lines({ ownerless, administrators, findings, longLived }: HomeSummary): Line[] {
  const machine = '/identities?class=machine'
  const severe = findings.bySeverity.critical + findings.bySeverity.high
  return [
    {
      n: severe,
      text: `${severe === 1 ? 'finding is' : 'findings are'} critical or high`,
      href: '/findings?severity=critical,high&verdict=fail',
      unknown: { n: findings.unknown, text: 'not decided', href: '/findings?verdict=unknown' },
    },
    {
      n: ownerless.count,
      text: `machine ${ownerless.count === 1 ? 'identity has' : 'identities have'} no owner`,
      href: `${machine}&owner=none`,
      unknown: { n: ownerless.unknown, text: 'owner not known', href: `${machine}&owner=unknown` },
    },
    {
      n: administrators.count,
      text: `machine ${administrators.count === 1 ? 'identity is an administrator' : 'identities are administrators'}`,
      href: `${machine}&privilege=administrator`,
      unknown: {
        n: administrators.conditional + administrators.unknown,
        text: 'may be',
        href: `${machine}&privilege=conditional,unknown`,
      },
    },
    {
      n: longLived.count,
      text: `${longLived.count === 1 ? 'key is' : 'keys are'} older than ${longLived.days} days`,
      href: '/identities?sort=oldestCredential',
      unknown: {
        n: longLived.unknown,
        text: 'age not known',
        href: '/findings?rule=credential-long-lived&verdict=unknown',
      },
    },
  ]
}

export function Attention({ home }: { home: HomeSummary }) {
  return (
    <section aria-label="What needs attention">
      <p className="mb-2 text-prose text-muted">
        {count(home.identities.total, 'identity', 'identities')} known:{' '}
        <Link href="/identities?class=machine" className="link">
          {home.identities.byClass.machine.toLocaleString('en')} machine
        </Link>
        ,{' '}
        <Link href="/identities?class=human" className="link">
          {home.identities.byClass.human.toLocaleString('en')} human
        </Link>
        ,{' '}
        <Link href="/identities?class=provider" className="link">
          {home.identities.byClass.provider.toLocaleString('en')} of the providers
        </Link>
        {home.identities.byClass.unclear > 0 && (
          <>
            ,{' '}
            <Link href="/identities?class=unclear" className="link">
              {home.identities.byClass.unclear.toLocaleString('en')} unclear
            </Link>
          </>
        )}
        .
      </p>
      {home.unjudged.scopes > 0 && (
        <p className="mb-2 text-prose">
          The rules have not been asked yet about{' '}
          {home.unjudged.scopes === home.unjudged.of
            ? 'any of it'
            : `${home.unjudged.scopes.toLocaleString('en')} of ${home.unjudged.of.toLocaleString('en')} scopes`}
          : what is counted below says nothing about {home.unjudged.scopes === 1 ? 'it' : 'them'}.
        </p>
      )}
      <ul className="divide-y divide-hairline border-y border-hairline">
        {lines(home).map((line) => (
          <li key={line.href} className="flex flex-wrap items-baseline gap-x-3 py-2.5">
            <Link href={line.href} className="group inline-flex items-baseline gap-3 rounded-sm">
              <span
                className={`tabular w-16 text-right text-verdict font-semibold ${line.n === 0 ? 'text-muted' : ''}`}
              >
                {line.n.toLocaleString('en')}
              </span>
              <span className="text-section underline-offset-4 group-hover:underline">{line.text}</span>
            </Link>
            {line.unknown && line.unknown.n > 0 && (
              <Link href={line.unknown.href} className="link">
                {line.unknown.n.toLocaleString('en')} more: {line.unknown.text}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
