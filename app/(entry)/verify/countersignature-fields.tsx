'use client'
// A countersignature to be checked with the pack, and whose key is expected there. No field has a name, as above.
import { useEffect, useId, useRef } from 'react'
import { announce } from '@/app/_ui/announce'
import { describedBy, Frame } from '@/app/_form/frame'
import { FILE_CLASS, type Wrong } from './fields'

type Props = {
  text: string
  onText: (text: string) => void
  onChoose: (file: File | undefined) => void
  wrong: Wrong
}
export function CountersignatureFields({ text, onText, onChoose, wrong }: Props) {
  const [file, key] = [useId(), useId()]
  const input = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (wrong) input.current?.focus()
  }, [wrong])
  const fileHint = 'A small file that whoever received the pack has signed. It is checked with the pack.'
  const hint = 'As whoever signed has told you, in hex or as PEM.'
  const choose = (chosen: File | undefined) => {
    onChoose(chosen)
    if (chosen) announce(`The countersignature ${chosen.name} is chosen`)
  }
  return (
    <details className="rounded-lg border border-hairline" open={wrong ? true : undefined}>
      <summary className="cursor-pointer px-3 py-2 font-medium">Countersignature</summary>
      <div className="flex flex-col gap-4 border-t border-hairline p-3">
        <Frame
          {...{
            id: file,
            label: 'File of the countersignature',
            hint: fileHint,
            error: undefined,
            optional: true,
          }}
        >
          <input
            id={file}
            type="file"
            accept=".sig,.json,application/json"
            aria-describedby={describedBy({ id: file, hint: fileHint, error: undefined })}
            className={FILE_CLASS}
            onChange={(event) => choose(event.currentTarget.files?.[0])}
          />
        </Frame>
        <Frame
          {...{
            id: key,
            label: 'Public key of who countersigned',
            hint,
            error: wrong?.words,
            optional: true,
          }}
        >
          <textarea
            ref={input}
            id={key}
            rows={2}
            value={text}
            onChange={(event) => onText(event.currentTarget.value)}
            spellCheck={false}
            autoComplete="off"
            aria-invalid={wrong ? true : undefined}
            aria-describedby={describedBy({ id: key, hint, error: wrong?.words })}
            className="control h-auto w-full py-1.5 font-mono"
          />
        </Frame>
      </div>
    </details>
  )
}
