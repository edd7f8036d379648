'use client'
// Edits the policy: every field of it, a preview of what that would change, and saving as a new version.
import { useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import type { FormAction } from '@/app/_form/form-state'
import { Button } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import type { Policy } from '@/core/policy'
import type { RuleFields } from '@/governance/policy/rule-settings'
import { EditorContext } from './context'
import { cleaned, draftOf, put, type Draft, type Path } from './draft'
import { useLeaveGuard } from './leave-guard'
import { Emergencies, EndTags, Environments, OwnerTags, Suppliers } from './lists'
import { PreviewPanel } from './preview-panel'
import { RuleLimits } from './rule-limits'
import { usePreview } from './use-preview'

type Props = {
  policy: Policy
  version: number
  rules: RuleFields[]
  readOnly: boolean
  action: FormAction
}

const SECTIONS = [
  ['rules', 'Limits of rules'],
  ['environments', 'Environments'],
  ['break-glass', 'Emergency identities'],
  ['suppliers', 'Suppliers'],
  ['end-tags', 'End tags'],
  ['history', 'History'],
] as const

function Contents() {
  return (
    <nav aria-label="Parts of the policy" className="mb-4 print:hidden">
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        {SECTIONS.map(([id, title]) => (
          <li key={id}>
            <a href={`#${id}`} className="link inline-block py-1">
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const reveal = (element: Element) => element.closest('details')?.setAttribute('open', '')

/** Fields that are wrong are opened, and the first has the focus. */
function useFocusOnWrong(root: RefObject<HTMLElement | null>, isWrong: boolean) {
  useEffect(() => {
    if (!isWrong) return
    const wrong = [...(root.current?.querySelectorAll<HTMLElement>('[aria-invalid="true"]') ?? [])]
    wrong.forEach(reveal)
    wrong[0]?.focus()
  }, [isWrong, root])
}

/** Whoever comes from the page of a rule finds its settings open. */
function useNamedPart() {
  useEffect(() => {
    const part = document.getElementById(location.hash.slice(1))
    if (!part?.closest('details')) return
    reveal(part)
    part.scrollIntoView()
  }, [])
}

function Kept({ take, drop }: { take: () => void; drop: () => void }) {
  return (
    <Notice
      title="You have changes here that were not saved."
      actions={
        <>
          <Button onClick={take}>Take them up</Button>
          <Button onClick={drop}>Drop them</Button>
        </>
      }
    />
  )
}

type BarProps = { isDirty: boolean; preview: () => void; discard: () => void }
function Bar({ isDirty, preview, discard }: BarProps) {
  return (
    <div
      role="group"
      aria-label="Changes"
      className="sticky bottom-0 z-10 mt-6 flex flex-wrap items-center gap-3 border-t border-hairline bg-bg py-3 print:hidden"
    >
      <Button look="primary" aria-disabled={!isDirty} onClick={() => isDirty && preview()}>
        Preview changes
      </Button>
      <Button aria-disabled={!isDirty} onClick={() => isDirty && discard()}>
        Discard
      </Button>
      <p className="text-muted" role="status">
        {isDirty ? 'Changed, and not saved.' : 'Nothing is changed.'}
      </p>
    </div>
  )
}

export function PolicyEditor({ policy, version, rules, readOnly, action }: Props) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(policy))
  const { previewing, ask, cancel } = usePreview()
  const root = useRef<HTMLDivElement>(null)
  const titles = useMemo(() => Object.fromEntries(rules.map(({ id, title }) => [id, title])), [rules])
  const sent = useMemo(() => cleaned(draft, rules), [draft, rules])
  const before = useMemo(() => JSON.stringify(cleaned(draftOf(policy), rules)), [policy, rules])
  const isDirty = JSON.stringify(sent) !== before
  const { found, forget } = useLeaveGuard(isDirty ? draft : undefined, version)
  const issues = previewing.state === 'failed' ? previewing.issues : []
  useFocusOnWrong(root, issues.length > 0)
  useNamedPart()
  const editing = useMemo(
    () => ({
      draft,
      issues,
      readOnly,
      set: (path: Path, value: unknown) => setDraft((old) => put(old, path, value) as Draft),
    }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- issues are those of what was last asked
    [draft, previewing, readOnly],
  )
  const discard = () => {
    setDraft(draftOf(policy))
    cancel()
    forget()
  }
  return (
    <EditorContext value={editing}>
      {found && (
        <Kept
          take={() => {
            setDraft(found.draft)
          }}
          drop={forget}
        />
      )}
      <Contents />
      <div ref={root}>
        <RuleLimits rules={rules} />
        <Environments />
        <Emergencies />
        <Suppliers />
        <EndTags />
        <OwnerTags />
      </div>
      <PreviewPanel
        previewing={previewing}
        isOld={previewing.state === 'told' && JSON.stringify(previewing.sent) !== JSON.stringify(sent)}
        base={version}
        titles={titles}
        action={action}
        onWhole={() => void ask(sent, true)}
        cancel={cancel}
      />
      {!readOnly && <Bar isDirty={isDirty} preview={() => void ask(sent, false)} discard={discard} />}
    </EditorContext>
  )
}
