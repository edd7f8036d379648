'use client'
// What is checked, and which key is expected. No field has a name: even a form that is sent sends nothing.
import { useCallback, useEffect, useId, useRef } from 'react'
import { announce } from '@/app/_ui/announce'
import { Button } from '@/app/_ui/button'
import { describedBy, Frame } from '@/app/_form/frame'
import { useDroppedFile } from './use-dropped-file'

export const FILE_CLASS =
  'control h-auto w-full py-1.5 file:mr-3 file:rounded-sm file:border-0 file:bg-hover file:px-2 file:py-0.5 file:text-ink'
/** More than a few keys as PEM never have. */
const KEY_FILE_MAX = 20_000

/** A new one each time that something is refused, so that the focus goes there again. */
export type Wrong = { words: string } | undefined

type FileProps = { onChoose: (files: readonly File[]) => void; wrong: Wrong }
export function PackField({ onChoose, wrong }: FileProps) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (wrong) input.current?.focus()
  }, [wrong])
  const take = useCallback(
    (files: FileList) => {
      if (input.current) input.current.files = files
      onChoose([...files])
      announce(`${files[0]?.name ?? 'A file'} is chosen`)
    },
    [onChoose],
  )
  useDroppedFile(take)
  const hint = 'A zip archive. Choose it, or drop it anywhere on this page.'
  return (
    <Frame {...{ id, label: 'Pack', hint, error: wrong?.words }}>
      <div className="rounded-lg border border-dashed border-control bg-surface p-3">
        <input
          ref={input}
          id={id}
          type="file"
          accept=".zip,application/zip"
          aria-invalid={wrong ? true : undefined}
          aria-describedby={describedBy({ id, hint, error: wrong?.words })}
          className={FILE_CLASS}
          onChange={(event) => onChoose([...(event.currentTarget.files ?? [])])}
        />
      </div>
    </Frame>
  )
}

/** Told in words, such as since when it signs. */
export type PublishedKey = { key: string; words: string }
type KeyProps = {
  text: string
  onText: (text: string) => void
  published: readonly PublishedKey[]
  wrong: Wrong
}
export function KeyField({ text, onText, published, wrong }: KeyProps) {
  const [id, file] = [useId(), useId()]
  const input = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (wrong) input.current?.focus()
  }, [wrong])
  const hint =
    'As the installation publishes it, in hex or as PEM, got by another way than the pack. Without it, the check says that nothing was changed, but not by whom it was made.'
  const read = async (chosen: File | undefined) => {
    if (!chosen) return
    onText(chosen.size > KEY_FILE_MAX ? chosen.name : await chosen.text())
    announce(`The key was read from ${chosen.name}`)
  }
  return (
    <>
      <Frame {...{ id, label: 'Public key that you expect', hint, error: wrong?.words, optional: true }}>
        <textarea
          ref={input}
          id={id}
          rows={3}
          value={text}
          onChange={(event) => onText(event.currentTarget.value)}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={wrong ? true : undefined}
          aria-describedby={describedBy({ id, hint, error: wrong?.words })}
          className="control h-auto w-full py-1.5 font-mono"
        />
      </Frame>
      {published.length > 0 && (
        <div className="flex flex-wrap gap-2">
          {published.map(({ key, words }) => (
            <Button key={key} onClick={() => onText(key)}>
              Use the key of this installation {words}
            </Button>
          ))}
        </div>
      )}
      <Frame id={file} label="Or read the key from a file" error={undefined}>
        <input
          id={file}
          type="file"
          accept=".pem,.pub,.txt"
          className={FILE_CLASS}
          onChange={(event) => void read(event.currentTarget.files?.[0])}
        />
      </Frame>
    </>
  )
}
