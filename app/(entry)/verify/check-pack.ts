'use client'
// Runs the check where the file is, and gives the page room to be drawn and used meanwhile.
import {
  verifyCountersignature,
  type CheckedCountersignature,
} from '@/evidence/verify/verify-countersignature'
import { verifyPack, type Checked } from '@/evidence/verify/verify-pack'

/** So long the page may stand still: one frame. */
const FRAME_MS = 12

export type Answer =
  { checked: Checked; countersigned?: CheckedCountersignature } | { refused: string } | { ended: true }
type Watching = {
  keys?: readonly string[]
  /** Of whoever received it, and whose key is expected there. */
  countersignature?: { file: File; keys?: readonly string[] }
  signal: AbortSignal
  onProgress: (read: number, of: number) => void
}

/** The next turn of the event loop, without the delay that timers have. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(0)
  })
}

function breathing(signal: AbortSignal): () => Promise<void> {
  let last = performance.now()
  return async () => {
    signal.throwIfAborted()
    if (performance.now() - last < FRAME_MS) return
    await nextTurn()
    last = performance.now()
  }
}

export async function checkPack(
  pack: File,
  { keys, countersignature, signal, onProgress }: Watching,
): Promise<Answer> {
  if (!globalThis.isSecureContext)
    return {
      refused:
        'This browser checks signatures only on pages that come over HTTPS, or from this machine. Open this page so, or use the command below.',
    }
  try {
    const pause = breathing(signal)
    const checked = await verifyPack(pack, { ...(keys && { keys }), onProgress, pause })
    const countersigned =
      countersignature &&
      (await verifyCountersignature(pack, countersignature.file, {
        ...(countersignature.keys && { keys: countersignature.keys }),
        pause,
      }))
    return signal.aborted ? { ended: true } : { checked, ...(countersigned && { countersigned }) }
  } catch (error) {
    if (signal.aborted) return { ended: true }
    if (error instanceof Error && error.name === 'NotSupportedError')
      return { refused: 'This browser knows no Ed25519 signatures. Use a newer one, or the command below.' }
    return { refused: 'The file could not be read to its end. It may have been moved or changed meanwhile.' }
  }
}
