'use client'
// An OWNERS file: what it would change is shown before it can be applied.
import type { FilePreview, FileRow } from '@/governance/owners/file/preview-file'
import { ActionForm, useForm } from '@/app/_form/action-form'
import { TextField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { Notice } from '@/app/_ui/notice'
import { bringFile } from './actions'

const isPreview = (result: unknown): result is FilePreview =>
  typeof result === 'object' && result !== null && 'drift' in result

const count = (number: number) => number.toLocaleString('en')
const many = (number: number, one: string, several: string) =>
  `${count(number)} ${number === 1 ? one : several}`

function Rows({ title, rows, total }: { title: string; rows: FileRow[]; total: number }) {
  if (!total) return null
  return (
    <details className="mt-2" open>
      <summary className="cursor-pointer font-medium select-none">
        {title} ({count(total)})
      </summary>
      <ul className="mt-1 flex flex-col gap-0.5 text-caption">
        {rows.map(({ id, name, line, says, holds }) => (
          <li key={id}>
            <span className="font-medium">{name}</span>: {line !== undefined && <>line {line} says </>}
            {says}; the owner now is {holds}
          </li>
        ))}
        {total > rows.length && <li className="text-muted">and {count(total - rows.length)} more</li>}
      </ul>
    </details>
  )
}

function Owners({ owners }: Pick<FilePreview, 'owners'>) {
  if (!owners.length) return null
  return (
    <p className="mt-2">
      By it answer: {owners.map(({ owner, identities }) => `${owner} (${count(identities)})`).join(', ')}.
    </p>
  )
}

function Preview() {
  const { state } = useForm()
  if (!isPreview(state.result)) return null
  const { entries, identities, named, moved, same, drift, disputed, lost, owners, idle, first } = state.result
  return (
    <Notice
      role="status"
      title={`${many(entries, 'entry', 'entries')}, ${many(identities, 'identity', 'identities')}`}
    >
      <p>
        {count(named)} named anew, {count(moved)} moved from what an earlier file said, {count(same)} as they
        stand, {count(drift)} differ from what somebody has confirmed, {count(disputed)} disputed,{' '}
        {count(lost)} lose what an earlier file said.
      </p>
      <Owners owners={owners} />
      {idle.length > 0 && <p className="mt-2">Entries of no identity, by line: {idle.join(', ')}.</p>}
      <Rows title="Lose what an earlier file said" rows={first.lost} total={lost} />
      <Rows title="Differ: what somebody has confirmed stays" rows={first.drift} total={drift} />
      <Rows title="Named anew" rows={first.named} total={named} />
      <input type="hidden" name="losing" value={lost} />
      <div className="mt-3">
        <Submit name="step" value="apply" busy="Applying…">
          Apply this file
        </Submit>
      </div>
    </Notice>
  )
}

export function FileForm() {
  return (
    <ActionForm action={bringFile} label="Apply an OWNERS file" className="flex max-w-160 flex-col gap-3">
      <TextField
        name="file"
        label="OWNERS file"
        type="file"
        accept=".yaml,.yml,application/yaml,text/yaml"
        required
        hint="YAML, as docs/owners.md describes it."
      />
      <TextField
        name="ref"
        label="Where it is from"
        hint="The commit, branch or tag: it is told with every owner the file names."
        required
        maxLength={200}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <div>
        <Submit look="plain" name="step" value="preview" busy="Reading…">
          Show what it changes
        </Submit>
      </div>
      <Preview />
    </ActionForm>
  )
}
