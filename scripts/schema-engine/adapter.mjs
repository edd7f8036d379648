// @prisma/adapter-pg as the schema engine needs it: catalog types, whole scripts, a shadow database of its own.
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum, bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { toConfig } from './address.mjs'

// The adapter refuses types that occur only in the catalogs the engine reads (prisma/orm#27403): present them as text or
// integer, and "char" (OID 18) as Character, as the native engine does.
const CHAR = 18
const CATALOG_TYPES = {
  18: 25,
  22: 25,
  24: 25,
  28: 23,
  30: 25,
  194: 25,
  2205: 25,
  2206: 25,
  1002: 1009,
  1003: 1009,
}
const charColumns = new AsyncLocalStorage()

function mapCatalogTypes(pool) {
  const query = pool.query
  pool.query = async (...args) => {
    const result = await query.apply(pool, args)
    for (const one of [result].flat())
      one?.fields?.forEach((field, index) => {
        if (field.dataTypeID === CHAR) charColumns.getStore()?.add(index)
        field.dataTypeID = CATALOG_TYPES[field.dataTypeID] ?? field.dataTypeID
      })
    return result
  }
}

function adapt(adapter) {
  const pool = adapter.underlyingDriver()
  mapCatalogTypes(pool)
  // The adapter's own cuts a script at every ";", even inside $$ function bodies $$. Sent whole it is one message, and
  // hence one transaction, as with the native engine.
  adapter.executeScript = async (script) => {
    try {
      await pool.query(script)
    } catch (error) {
      adapter.onError(error)
    }
  }
  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = (query) =>
    charColumns.run(new Set(), async () => {
      const result = await queryRaw(query)
      for (const index of charColumns.getStore()) result.columnTypes[index] = ColumnTypeEnum.Character
      return result
    })
  return adapter
}

/** An adapter factory, and `closeAll` for what a request leaves open. */
export function adapterFactory({ url, shadowDatabaseUrl }) {
  const { config, schema } = toConfig(url)
  const factory = new PrismaPg(config, { schema })
  const connect = factory.connect.bind(factory)
  const opened = new Set()
  const track = (adapter, after) => {
    const dispose = adapter.dispose.bind(adapter)
    let done
    adapter.dispose = () =>
      (done ??= dispose()
        .then(after)
        .finally(() => opened.delete(adapter)))
    opened.add(adapter)
    return adapt(adapter)
  }
  factory.connect = async () => track(await connect())
  // The adapter's own drops the shadow database before it closes its pool, which PostgreSQL refuses.
  factory.connectToShadowDb = async () => {
    if (shadowDatabaseUrl) {
      const shadow = toConfig(shadowDatabaseUrl)
      return track(await new PrismaPg(shadow.config, { schema: shadow.schema }).connect())
    }
    const main = await connect()
    const database = `prisma_migrate_shadow_db_${randomUUID()}`
    await main.executeScript(`CREATE DATABASE "${database}" TEMPLATE template0`)
    return track(await new PrismaPg({ ...config, database }, { schema }).connect(), async () => {
      await main.executeScript(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`)
      await main.dispose()
    })
  }
  const closeAll = () => Promise.allSettled([...opened].map((adapter) => adapter.dispose()))
  return { factory: bindMigrationAwareSqlAdapterFactory(factory), closeAll }
}
