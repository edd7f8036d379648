// The native engine's log format: JSON lines on standard error, which the Prisma CLI reads.
export function log(level, message, extra = {}) {
  const fields = { message, ...extra }
  const entry = { timestamp: new Date().toISOString(), level, fields, target: 'schema_engine::logger' }
  process.stderr.write(`${JSON.stringify(entry)}\n`)
}
