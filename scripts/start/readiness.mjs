// Waits until web server, database and worker are there: /api/health answers 200 only then.
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '../setup/failure.mjs'

async function ask(address, stop) {
  try {
    const response = await fetch(address, { signal: AbortSignal.any([stop, AbortSignal.timeout(15_000)]) })
    const body = await response.text()
    return { ok: response.status === 200, told: `${response.status} ${body.slice(0, 300)}` }
  } catch (error) {
    return { ok: false, told: error.cause?.code ?? error.message }
  }
}

export async function untilReady(address, { patienceMs, signal, lines }) {
  let told = ''
  for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(50, undefined, { signal })) {
    const answer = await ask(address, signal)
    signal.throwIfAborted()
    if (answer.ok) return
    told = answer.told
  }
  throw new Failure(
    `Rollcall did not get ready in ${patienceMs / 1000} s. ${address} said: ${told}`,
    lines().join('\n') || 'Neither the web server nor the worker wrote anything.',
  )
}
