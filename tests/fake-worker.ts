// A worker process for tests: the real one over a made-up source, described in its first argument.
import { fakeConnector, fakeEstate, type FakeEstate } from '@/tests/fake-source'
import { closeSender } from '@/jobs/queue'
import { startWorker } from '@/jobs/run-worker'

const given = JSON.parse(process.argv[2] ?? '{}') as Partial<FakeEstate>
const connector = fakeConnector({ ...fakeEstate(), ...given })
const worker = await startWorker({
  connectorOf: async () => connector,
  log: (line) => process.stderr.write(`${line}\n`),
})
process.stdout.write('ready\n')
process.on('SIGTERM', () => {
  void worker
    .stop()
    .then(closeSender)
    .then(() => process.exit(0))
})
