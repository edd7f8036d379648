// A source that throttles, and what a test does with it: syncs, waits until it may be asked again, and looks again.
import { connectSource } from '@/governance/connections/connect-source'
import { runDetail } from '@/governance/runs/list-runs'
import { requestSync } from '@/governance/runs/request-sync'
import { getSource } from '@/inventory/queries/get-source'
import type { Resumes } from '@/core/resume-words'
import { runJob } from '@/jobs'
import { tick } from '@/jobs/tick'
import { actorAs } from './actors'
import { brake, throttledConnector, type Brake } from './throttled-source'

export const MINUTE_MS = 60_000
export const administrator = actorAs('administrator')
export const source: Brake = brake()
let id = ''

export const at = () => ({
  signal: new AbortController().signal,
  stopping: new AbortController().signal,
  lastAttempt: true,
  connectorOf: async () => throttledConnector(source),
})

/** A new connection to a source that throttles nothing. */
export async function begin(): Promise<string> {
  Object.assign(source, brake())
  const settings = { address: 'https://fake.example', token: 'a-token-nobody-may-see' }
  const made = await connectSource(administrator, {
    connectorId: 'fake',
    settings,
    sync: false,
    intervalMinutes: 1440,
  })
  id = made.id
  return id
}
export const work = (runId: string) => runJob('sync-connection', { runId }, at())
export async function sync() {
  source.calls = []
  const { runId } = await requestSync(administrator, { connectionId: id })
  await work(runId)
  return runDetail(administrator, runId)
}
export const waiting = async () => (await getSource(administrator, id)).source.goesOn
export async function plan(): Promise<{ id: string; resumes: Resumes }> {
  const run = await waiting()
  if (!run?.resumes) throw new Error('nothing waits to be looked at again')
  return { id: run.id, resumes: run.resumes }
}
export async function inMinutes(): Promise<number> {
  const { resumes } = await plan()
  return Math.round((Date.parse(resumes.at) - Date.now()) / MINUTE_MS)
}
/** What is done every minute, when the time of the run that waits has come. */
export async function whenDue(): Promise<string> {
  const planned = await plan()
  await tick(new Date(Date.parse(planned.resumes.at) + 1000))
  return planned.id
}
export async function resume() {
  source.calls = []
  const runId = await whenDue()
  await work(runId)
  return runDetail(administrator, runId)
}
export const stateOf = async (runId: string) => (await runDetail(administrator, runId)).state
export const looks = async () => (await getSource(administrator, id)).looks.rows
