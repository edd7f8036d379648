// What the policy has set of a rule, in words.
import type { ReactNode } from 'react'
import type { RuleSettingsView } from '@/governance/policy/rule-settings'
import { Link } from '@/app/_ui/link'
import { Notice } from '@/app/_ui/notice'

function Value({
  value,
  usual,
  unit,
  isSet,
}: {
  value: string
  usual: string
  unit?: string
  isSet: boolean
}) {
  return (
    <>
      <span className={isSet ? 'font-medium' : ''}>
        {value}
        {unit ? ` ${unit}` : ''}
      </span>{' '}
      <span className="text-muted">{isSet ? `set; built in is ${usual}` : 'as built in'}</span>
    </>
  )
}

function rowsOf({ params, severity, special }: RuleSettingsView, usual: string): [string, ReactNode][] {
  return [
    ...params.map(({ title, value, default: builtIn, unit, isSet }): [string, ReactNode] => [
      title,
      <Value key={title} {...{ value, usual: builtIn, isSet, ...(unit !== undefined && { unit }) }} />,
    ]),
    [
      'Severity',
      severity.isSet ? (
        <Value key="severity" value={severity.value} usual={usual} isSet />
      ) : (
        <span key="severity">{severity.value}, or what the rule itself says of a subject</span>
      ),
    ],
    ...special.map(({ about, says }, at): [string, ReactNode] => [
      `For ${about}`,
      <span key={at}>{says.join('; ') || 'as usual'}</span>,
    ]),
  ]
}

type Props = { settings: RuleSettingsView; ruleId: string; usual: string; mayRead: boolean }
export function RuleSettings({ settings, ruleId, usual, mayRead }: Props) {
  return (
    <section id="settings" className="scroll-mt-28">
      <h2 className="mt-6 mb-1 text-section">Settings</h2>
      {settings.off !== undefined && (
        <div className="mb-2">
          <Notice tone="warn" title="It is turned off.">
            {settings.off}
          </Notice>
        </div>
      )}
      <dl className="grid max-w-[90ch] grid-cols-[16rem_1fr] gap-x-4 gap-y-1 max-sm:grid-cols-1">
        {rowsOf(settings, usual).map(([title, value]) => (
          <div key={title} className="contents">
            <dt className="text-muted">{title}</dt>
            <dd className="[overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-muted">
        {settings.version
          ? `From version ${settings.version} of the policy.`
          : 'Nobody has decided otherwise.'}{' '}
        {mayRead && (
          <Link href={`/settings/policy#rule-${ruleId}`} toNow className="link">
            Policy
          </Link>
        )}
      </p>
    </section>
  )
}
