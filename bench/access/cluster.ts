// A large cluster: what each service account may do and whom it can act as.
import { atMost, peakMiB, secondsOf, spaced, type Step } from '../contract'
import { clusterRealm } from '@/tests/measured-realms/cluster-realm'
import { fillRealm } from './fill-realm'
import { judgeAll, levelsOf, together } from './judge'

const ACCOUNTS_MAX = 5000
const ACCOUNTS_AN_IDENTITY = 1 / 20
const BINDINGS_AN_ACCOUNT = 2
/** Five seconds where reading the realm from text takes a tenth of a second. */
const READINGS_MAX = 50

export const accessCluster: Step = async ({ identities, seed }) => {
  const accounts = Math.min(ACCOUNTS_MAX, Math.ceil(identities * ACCOUNTS_AN_IDENTITY))
  const bindings = accounts * BINDINGS_AN_ACCOUNT
  const scopeId = await fillRealm(clusterRealm({ accounts, bindings }, seed))
  const startMiB = peakMiB()
  const { told, compile, steps, privileges, read, heapMiB } = await judgeAll(scopeId)
  const whole = together(compile, steps, privileges)
  const readings = whole.cpuSeconds / read.cpuSeconds
  return {
    figures: [
      {
        group: 'Access',
        name: `Cluster of ${spaced(accounts)} service accounts and ${spaced(bindings)} bindings: all privileges and steps`,
        aim: `at most ${READINGS_MAX} times what reading it from JSON takes`,
        measured: `${readings.toFixed(1)} times: ${secondsOf(whole.cpuSeconds)} of a processor (${secondsOf(compile.cpuSeconds)} compiling, ${secondsOf(steps.cpuSeconds)} for ${spaced(told.steps)} steps of ${spaced(told.principals)}, ${spaced(told.cut)} cut, ${secondsOf(privileges.cpuSeconds)} for privileges: ${levelsOf(told)}) against ${(read.cpuSeconds * 1000).toFixed(0)} ms; ${spaced(peakMiB())} MiB at most, ${spaced(startMiB)} before, ${spaced(heapMiB)} of the heap in use`,
        verdict: atMost(readings, READINGS_MAX),
      },
    ],
    facts: {},
  }
}
