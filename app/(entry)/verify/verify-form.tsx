'use client'
// Choosing a pack, checking it, and what came of it.
import { useState } from 'react'
import { Button } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { Panel } from '@/app/_ui/section'
import { CountersignatureFields } from './countersignature-fields'
import { KeyField, PackField, type PublishedKey } from './fields'
import { Outcome } from './outcome'
import { Progress } from './progress'
import { useCheck } from './use-check'

/** @param published keys of this installation, where whoever asks may be offered them */
export function VerifyForm({ published = [] }: { published?: readonly PublishedKey[] }) {
  const [files, setFiles] = useState<readonly File[]>([])
  const [key, setKey] = useState('')
  const [countersignature, setCountersignature] = useState<File>()
  const [countersigner, setCountersigner] = useState('')
  const { state, check, stop } = useCheck()
  const wrong = state.is === 'asking' ? state.wrong : undefined
  return (
    <>
      <Panel className="p-4 sm:p-6">
        <form
          aria-label="Verify a pack"
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            if (state.is !== 'reading') void check({ files, key, countersignature, countersigner })
          }}
        >
          <PackField onChoose={setFiles} wrong={wrong?.field === 'pack' ? wrong : undefined} />
          <KeyField
            text={key}
            onText={setKey}
            published={published}
            wrong={wrong?.field === 'key' ? wrong : undefined}
          />
          <CountersignatureFields
            text={countersigner}
            onText={setCountersigner}
            onChoose={setCountersignature}
            wrong={wrong?.field === 'countersigner' ? wrong : undefined}
          />
          <div>
            <Button type="submit" look="primary" aria-disabled={state.is === 'reading'}>
              {state.is === 'reading' ? 'Checking…' : 'Verify'}
            </Button>
          </div>
        </form>
      </Panel>
      {state.is === 'asking' && state.failed && (
        <Notice tone="danger" role="alert" title="It could not be checked">
          {state.failed}
        </Notice>
      )}
      {state.is === 'reading' && <Progress {...state} onStop={stop} />}
      {state.is === 'done' && <Outcome {...state} />}
    </>
  )
}
