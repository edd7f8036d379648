'use client'
// Sends a file and opens its preview; what is wrong stands above the fields. Without scripts it is an ordinary form.
import { useId, useRef, useState, type RefObject } from 'react'
import type { Issue } from '@/core/errors'
import { announce } from '@/app/_ui/announce'
import { buttonClass } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { useGo } from '@/app/_ui/use-go'

type Format = { value: string; title: string; endings: string[] }
type Answer = { connectionId?: string; runId?: string; message?: string; issues?: Issue[] }

async function send(form: FormData): Promise<Answer> {
  const file = form.get('file')
  if (!(file instanceof File) || !file.name) return { message: 'Choose a file first.' }
  const response = await fetch('/sources/import/upload', {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: form,
  })
  return (await response.json()) as Answer
}

type FieldsProps = {
  id: string
  formats: Format[]
  bad: boolean
  fileInput: RefObject<HTMLInputElement | null>
}

function Fields({ id, formats, bad, fileInput }: FieldsProps) {
  return (
    <>
      <div className="flex flex-col gap-1">
        <label htmlFor={`${id}-format`} className="font-medium">
          What it is
        </label>
        <select id={`${id}-format`} name="format" className="control w-full">
          {formats.map(({ value, title, endings }) => (
            <option key={value} value={value}>
              {title} ({endings.join(', ')})
            </option>
          ))}
        </select>
      </div>
      <div className="flex flex-col gap-1">
        <label htmlFor={`${id}-file`} className="font-medium">
          File
        </label>
        <input
          ref={fileInput}
          id={`${id}-file`}
          type="file"
          name="file"
          required
          aria-invalid={bad || undefined}
          aria-describedby={bad ? `${id}-problem` : undefined}
          className="control h-auto w-full py-1.5 file:mr-3 file:rounded-sm file:border-0 file:bg-hover file:px-2 file:py-0.5 file:text-ink"
        />
      </div>
      <div className="flex flex-col gap-1">
        <label htmlFor={`${id}-asof`} className="font-medium">
          Made on <span className="font-normal text-muted">(optional)</span>
        </label>
        <input
          id={`${id}-asof`}
          type="datetime-local"
          name="asOf"
          aria-describedby={`${id}-asof-hint`}
          className="control w-60"
        />
        <p id={`${id}-asof-hint`} className="text-caption text-muted">
          When the command was run, in UTC. Left empty: now. Older facts never replace newer ones.
        </p>
      </div>
    </>
  )
}

export function UploadForm({ formats }: { formats: Format[] }) {
  const id = useId()
  const go = useGo()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Answer>()
  const fileInput = useRef<HTMLInputElement>(null)
  const submit = async (form: FormData) => {
    setBusy(true)
    setProblem(undefined)
    announce('Reading the file')
    const answer = await send(form).catch((): Answer => ({
      message: 'The file could not be sent. Check the connection and try again.',
    }))
    setBusy(false)
    if (answer.runId) return go(`/sources/${answer.connectionId}/runs/${answer.runId}`)
    setProblem(answer)
    fileInput.current?.focus()
  }
  return (
    <form
      action="/sources/import/upload"
      method="post"
      encType="multipart/form-data"
      aria-label="Import a file"
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void submit(new FormData(event.currentTarget))
      }}
    >
      {problem && (
        <Notice tone="danger" role="alert" title="The file was not imported. Nothing was saved.">
          <p id={`${id}-problem`}>{problem.message}</p>
        </Notice>
      )}
      <Fields id={id} formats={formats} bad={problem !== undefined} fileInput={fileInput} />
      <div>
        <button type="submit" aria-disabled={busy} className={buttonClass('primary')}>
          {busy ? 'Reading the file…' : 'Upload and preview'}
        </button>
      </div>
    </form>
  )
}
