'use client'
// What is set of each rule: its limits, how bad it is, for whom it is another, or why it is off.
import { SEVERITIES, TOPICS } from '@/core/rule'
import type { ParamField, RuleFields } from '@/governance/policy/rule-settings'
import { Link } from '@/app/_ui/link'
import { Section } from '@/app/_ui/section'
import { useEditor } from './context'
import type { Path } from './draft'
import { Entries } from './entries'
import { CheckInput, LinesInput, SelectInput, TextInput } from './inputs'

const words = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value))
const severities = (usual: string) => [
  { value: '', title: usual },
  ...SEVERITIES.map((value) => ({ value, title: value.charAt(0).toUpperCase() + value.slice(1) })),
]

function Param({ path, field }: { path: Path; field: ParamField }) {
  const { name, title, kind, unit, default: usual, isWhole } = field
  const common = { path: [...path, 'params', name], label: title }
  if (kind === 'list')
    return <LinesInput {...common} hint={`One a line. Empty: ${words(usual)}.`} className="w-64" />
  return (
    <TextInput
      {...common}
      isNumber={kind === 'number'}
      {...(unit !== undefined && { unit })}
      placeholder={words(usual)}
      hint={`Empty: ${words(usual)}${isWhole === false ? '. Parts, such as 0.5, may be given' : ''}.`}
      className="w-64"
    />
  )
}

function Special({ path, rule }: { path: Path; rule: RuleFields }) {
  return (
    <>
      <LinesInput path={[...path, 'types']} label="Types" hint="One a line. Empty: all." className="w-56" />
      {(rule.subject === 'identity' || rule.subject === 'credential') && (
        <LinesInput
          path={[...path, 'environments']}
          label="Environments"
          hint="One a line. Empty: all, known or not."
          className="w-56"
        />
      )}
      {rule.params.map((field) => (
        <Param key={field.name} path={path} field={{ ...field, default: 'as above' }} />
      ))}
      <SelectInput
        path={[...path, 'severity']}
        label="Severity"
        options={severities('As above')}
        className="w-40"
      />
    </>
  )
}

/** What is set, in a few words. */
function setWords(rule: RuleFields, settings: unknown): string {
  const {
    off,
    params = {},
    severity,
    for: special = [],
  } = (settings ?? {}) as {
    off?: string
    params?: Record<string, unknown>
    severity?: string
    for?: unknown[]
  }
  if (off !== undefined) return 'Turned off'
  const set = [
    ...rule.params
      .filter(({ name }) => params[name] !== undefined)
      .map(({ name, unit }) => `${words(params[name])}${unit ? ` ${unit}` : ''}`),
    ...(severity ? [severity] : []),
    ...(special.length ? [`${special.length} special`] : []),
  ]
  return set.join(', ')
}

function TurnedOff({ path }: { path: Path }) {
  const { value, set } = useEditor()
  const off = value([...path, 'off'])
  return (
    <>
      <CheckInput
        path={[...path, 'isOff']}
        label="Turned off"
        on={off !== undefined}
        onChange={(on) => set([...path, 'off'], on ? '' : undefined)}
      />
      {off !== undefined && (
        <TextInput
          path={[...path, 'off']}
          label="Why it is turned off"
          hint="Its findings end with this reason, and its counts say it."
          keepEmpty
          className="max-w-120"
        />
      )}
    </>
  )
}

function RuleSettings({ rule }: { rule: RuleFields }) {
  const { value } = useEditor()
  const path = ['rules', rule.id]
  const says = setWords(rule, value(path))
  return (
    <details className="border-b border-hairline last:border-0">
      <summary className="flex cursor-pointer flex-wrap items-baseline gap-x-3 px-3 py-2 hover:bg-hover">
        <span className="font-medium">{rule.title}</span>
        <span className={says ? 'text-ink' : 'text-muted'}>{says || 'as built in'}</span>
      </summary>
      <div id={`rule-${rule.id}`} className="flex scroll-mt-28 flex-col gap-4 px-3 pt-1 pb-4">
        <p className="text-caption text-muted">
          <code className="font-mono">{rule.id}</code> ·{' '}
          <Link href={`/rules/${rule.id}`} className="link">
            About the rule
          </Link>
        </p>
        <TurnedOff path={path} />
        <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
          {rule.params.map((field) => (
            <Param key={field.name} path={path} field={field} />
          ))}
          <SelectInput
            path={[...path, 'severity']}
            label="Severity"
            hint={`The rule itself: ${rule.severity}, worse where it says so.`}
            options={severities('As the rule says')}
            className="w-56"
          />
        </div>
        <div>
          <h4 className="mb-2 font-medium">For some only</h4>
          <Entries
            path={[...path, 'for']}
            one="special setting"
            none="The same for all types and environments."
            empty={{}}
            ordered
          >
            {(own) => <Special path={own} rule={rule} />}
          </Entries>
        </div>
      </div>
    </details>
  )
}

export function RuleLimits({ rules }: { rules: readonly RuleFields[] }) {
  const topics = Object.entries(TOPICS).map(([topic, title]) => ({
    topic,
    title,
    own: rules.filter((rule) => rule.topic === topic),
  }))
  return (
    <Section
      id="rules"
      title="Limits of rules"
      lead="What is left empty is as built in. Where several special settings fit, the first counts."
    >
      <div className="flex flex-col gap-5">
        {topics
          .filter(({ own }) => own.length > 0)
          .map(({ topic, title, own }) => (
            <div key={topic}>
              <h3 className="mb-1 font-medium">{title}</h3>
              <div className="rounded-lg border border-hairline">
                {own.map((rule) => (
                  <RuleSettings key={rule.id} rule={rule} />
                ))}
              </div>
            </div>
          ))}
      </div>
    </Section>
  )
}
