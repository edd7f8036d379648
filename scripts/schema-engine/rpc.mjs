// The engine's JSON-RPC over standard input and output.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { adapterFactory } from './adapter.mjs'
import { createDatabase } from './address.mjs'
import { log } from './log.mjs'

const NOWHERE = 'postgresql://offline@127.0.0.1:1/none'
const METHOD_NOT_FOUND = -32601
const ENGINE_ERROR = 4466

const panics = { message: '', get: () => panics.message, set_message: (text) => (panics.message = text) }
const reply = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)

async function loadEngine() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY ??= panics
  const name = '@prisma/schema-engine-wasm/schema_engine_bg'
  const glue = await import(name)
  const file = createRequire(import.meta.url)
    .resolve(name)
    .replace(/\.js$/, '.wasm')
  const instance = new WebAssembly.Instance(new WebAssembly.Module(await readFile(file)), {
    './schema_engine_bg.js': glue,
  })
  glue.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return glue.SchemaEngine
}

const failure = (id, message, data) => ({ id, error: { code: ENGINE_ERROR, message, data } })

/** A panic in WebAssembly is an uncaught exception: unanswered, the Prisma CLI would exit 0 having done nothing. */
function answerPanics(pending) {
  process.on('uncaughtException', (error) => {
    const message = panics.get() || error.stack
    const data = { is_panic: false, message: `Schema engine panic: ${message}`, error_code: null, meta: null }
    for (const id of pending) reply(failure(id, 'Schema engine panicked', data))
    log('ERROR', message)
    setTimeout(() => process.exit(1), 50)
  })
}

async function call(engine, method, params) {
  // These two reach the shadow database only through the cache that devDiagnostic fills.
  if (method === 'evaluateDataLoss' || method === 'createMigration')
    await engine.devDiagnostic({ migrationsList: params.migrationsList, filters: params.filters })
  return (await engine[method](params)) ?? {}
}

function describe(error) {
  return {
    is_panic: error instanceof WebAssembly.RuntimeError,
    message: panics.get() || error.message,
    error_code: error.code ?? null,
    meta: error.meta ?? null,
    backtrace: error.stack,
  }
}

async function answer({ id, method, params = {} }, { newEngine, url }) {
  try {
    if (method === 'createDatabase')
      return reply({ id, result: { databaseName: await createDatabase(params.datasource?.url ?? url) } })
    const engine = await newEngine()
    const name = method === 'getDatabaseVersion' ? 'version' : method
    if (typeof engine[name] !== 'function')
      return reply({ id, error: { code: METHOD_NOT_FOUND, message: `Method not found: ${method}` } })
    const result = await call(engine, name, params)
    if (name === 'diff' && result.stdout != null)
      reply({ id: `print-${id}`, method: 'print', params: { content: result.stdout } })
    reply({ id, result })
  } catch (error) {
    reply(failure(id, 'An error happened. Check the data field for details.', describe(error)))
    if (process.env.DEBUG_SCHEMA_ENGINE) console.error(error)
  }
}

export async function serve({ datamodels, datasource }) {
  const SchemaEngine = await loadEngine()
  const files = await Promise.all(datamodels.map(async (file) => [file, await readFile(file, 'utf8')]))
  const url = datasource?.url ?? NOWHERE
  const { factory, closeAll } = adapterFactory({ ...datasource, url })
  // One engine per request: its cache of the migrations' schema is then never older than the request.
  const newEngine = () =>
    SchemaEngine.new({ datamodels: files.length ? files : undefined }, () => {}, factory)
  const pending = new Set()
  let chain = Promise.resolve()
  answerPanics(pending)
  const input = createInterface({ input: process.stdin })
  input.on('line', (line) => {
    const message = line.trim() ? JSON.parse(line) : {}
    if (!message.method) return // the acknowledgement of our "print"
    pending.add(message.id)
    const job = () => answer(message, { newEngine, url }).finally(closeAll)
    chain = chain.then(job).finally(() => pending.delete(message.id))
  })
  input.on('close', () => chain.finally(() => process.exit(0)))
}
