// The question of a pack, on one page: which control, about whom, when, what, and what is left out. Works without scripts.
import type { ReactNode } from 'react'
import { FRAMEWORKS, frameworkOf } from '@/governance/frameworks/frameworks'
import { rulesOf } from '@/governance/frameworks/rules-of-controls'
import { KEEP_DAYS } from '@/governance/packs/asking/input'
import type { Content } from '@/governance/packs/makers'
import { SelectField, TextField } from '@/app/_form/field'
import { filterValues } from '@/app/_inventory/identity-filter-words'
import { hrefWith } from '@/app/_list/query'
import { Button, ButtonLink } from '@/app/_ui/button'
import type { AskedPack } from './asked'

function Part({
  n,
  title,
  lead,
  children,
}: {
  n: number
  title: string
  lead?: string
  children: ReactNode
}) {
  return (
    <section aria-labelledby={`part-${n}`} className="border-t border-hairline pt-4">
      <h2 id={`part-${n}`} className="text-section">
        {n}. {title}
      </h2>
      {lead && <p className="mt-0.5 text-muted">{lead}</p>}
      <div className="mt-3 flex max-w-160 flex-col gap-4">{children}</div>
    </section>
  )
}

function Controls({ framework, controls }: Pick<AskedPack, 'framework' | 'controls'>) {
  const found = frameworkOf(framework)
  // Those that no rule speaks to stay chosen where they are: decisions of people may be all there is.
  const spoken =
    found?.controls.filter(({ id }) => controls.includes(id) || rulesOf(`${framework}:${id}`).length > 0) ??
    []
  return (
    <>
      <SelectField
        name="framework"
        label="Framework"
        hint="Each of its controls gets its population, the rules asked, and their answers. None: the record alone."
        options={[
          { value: '', title: 'None' },
          ...FRAMEWORKS.map(({ id, title, version }) => ({ value: id, title: `${title} ${version}` })),
        ]}
        defaultValue={framework}
      />
      {spoken.length > 0 && (
        <details open={controls.length > 0} className="rounded-lg border border-hairline">
          <summary className="cursor-pointer px-3 py-2 font-medium">
            {controls.length ? `${controls.length} controls of it` : 'All of its controls'}
          </summary>
          <fieldset className="max-h-72 overflow-y-auto border-t border-hairline p-2">
            <legend className="sr-only">Controls; none chosen: all of them</legend>
            {spoken.map(({ id, title }) => (
              <label key={id} className="flex min-h-7 items-start gap-2 rounded-sm px-2 py-1 hover:bg-hover">
                <input
                  type="checkbox"
                  name="control"
                  value={id}
                  defaultChecked={controls.includes(id)}
                  className="mt-0.5 size-4 shrink-0"
                />
                <span className="min-w-0 [overflow-wrap:anywhere]">
                  <span className="font-medium">{id}</span> {title}
                </span>
              </label>
            ))}
          </fieldset>
        </details>
      )}
    </>
  )
}

function Scope({ filter, scopes }: { filter: AskedPack['filter']; scopes: Record<string, string> }) {
  const values = filterValues(filter, (id) => scopes[id] ?? id)
  return (
    <>
      {Object.entries(filter).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="flex flex-wrap items-center justify-between gap-2">
        {values.length ? (
          <ul aria-label="Filter" className="flex flex-wrap gap-1.5">
            {values.map(({ name, title, value }) => (
              <li
                key={name + value}
                className="inline-flex h-6 max-w-96 items-center gap-1 rounded-full border border-hairline bg-surface px-2.5 text-caption"
              >
                <span className="text-muted">{title}:</span>
                <span className="truncate font-medium">{value}</span>
              </li>
            ))}
          </ul>
        ) : (
          <span>All identities</span>
        )}
        <ButtonLink href={hrefWith('/identities', filter, {})} prefetch={false}>
          Choose by a filter
        </ButtonLink>
      </div>
    </>
  )
}

function When({ at, knowledge, from }: Pick<AskedPack, 'at' | 'knowledge' | 'from'>) {
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="at"
          label="As of"
          placeholder="2026-09-30"
          hint="In UTC: a date (its end) or an instant, such as 2026-09-30T17:00:00Z. Empty: now."
          defaultValue={at}
          autoComplete="off"
        />
        <TextField
          name="from"
          label="Period since"
          placeholder="2026-07-01"
          hint="Changes, decisions and activity are told from then on. Empty: the instant alone."
          defaultValue={from}
          autoComplete="off"
        />
      </div>
      <SelectField
        name="knowledge"
        label="Knowledge"
        hint="Some facts become known only after they were true."
        options={[
          { value: 'then', title: 'As we knew it then' },
          { value: 'later', title: 'As it was, with what became known later' },
        ]}
        defaultValue={knowledge}
      />
    </>
  )
}

type TickProps = { name: string; value: string; isTicked: boolean; hint: string; children: ReactNode }
function Tick({ name, value, isTicked, hint, children }: TickProps) {
  const id = `${name}-${value}`
  return (
    <div className="flex items-start gap-2 py-1">
      <input
        id={id}
        type="checkbox"
        name={name}
        value={value}
        defaultChecked={isTicked}
        aria-describedby={`${id}-hint`}
        className="mt-0.5 size-4 shrink-0"
      />
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <label htmlFor={id} className="font-medium">
          {children}
        </label>
        <p id={`${id}-hint`} className="text-caption text-muted">
          {hint}
        </p>
      </div>
    </div>
  )
}

type FilesProps = { contents: readonly Content[]; files: string[] | undefined; hasPeriod: boolean }
function Files({ contents, files, hasPeriod }: FilesProps) {
  const isChosen = ({ id, isUsual, onlyWithPeriod }: Content) =>
    files ? files.includes(id) : isUsual && (hasPeriod || !onlyWithPeriod)
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="sr-only">Files</legend>
      {contents.map((one) => (
        <Tick
          key={one.id}
          name="files"
          value={one.id}
          isTicked={isChosen(one)}
          hint={`${one.about}${one.onlyWithPeriod ? ' Only of a period.' : ''}`}
        >
          <span className="font-mono text-caption">{one.file}</span>
        </Tick>
      ))}
    </fieldset>
  )
}

function Kept({ redact, keep, title }: Pick<AskedPack, 'redact' | 'keep' | 'title'>) {
  return (
    <>
      <Tick
        name="redact"
        value="people"
        isTicked={redact}
        hint="Each is replaced by a word that stays the same within the pack."
      >
        Leave out the names of people
      </Tick>
      <TextField name="title" label="Title" maxLength={200} defaultValue={title} autoComplete="off" />
      <TextField
        name="keep"
        type="number"
        min={1}
        max={366}
        label="Days to keep its file"
        hint="What is told of it here stays, with its hash."
        defaultValue={keep || String(KEEP_DAYS)}
      />
    </>
  )
}

type Props = { asked: AskedPack; scopes: Record<string, string>; contents: readonly Content[] }
export function Question({ asked, scopes, contents }: Props) {
  return (
    <form
      method="get"
      action="/evidence/new"
      aria-label="What the pack is asked"
      className="flex flex-col gap-6"
    >
      <input type="hidden" name="look" value="yes" />
      {asked.ready && <input type="hidden" name="ready" value={asked.ready.id} />}
      <Part n={1} title="Which control">
        <Controls {...asked} />
      </Part>
      <Part n={2} title="About whom">
        <Scope filter={asked.filter} scopes={scopes} />
      </Part>
      <Part n={3} title="When">
        <When {...asked} />
      </Part>
      <Part n={4} title="What it holds">
        <Files contents={contents} files={asked.files} hasPeriod={asked.from !== ''} />
      </Part>
      <Part n={5} title="What is left out, and how it is called">
        <Kept {...asked} />
        <div>
          <Button type="submit" look={asked.isAsked ? 'plain' : 'primary'}>
            {asked.isAsked ? 'Look again' : 'Look what it would hold'}
          </Button>
        </div>
      </Part>
    </form>
  )
}
