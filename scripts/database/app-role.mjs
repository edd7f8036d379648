// The role that pages, worker and command line work with. Whoever owns the tables brings them up to date; this role reads and
// writes rows, and can neither change nor take away an entry of the activity log, nor any guard of the database.
import { Failure } from '../setup/failure.mjs'
import { quoted, withClient } from './connection.mjs'

export const APP_ROLE = 'rollcall_app'
/** From here on ANALYZE can be granted. */
const MAINTAIN = 170_000

/** Schemas whose tables are made by migrations alone. */
const HELD = ['public', 'past', 'version', 'moment']
/** Schemas in which tables come and go while Rollcall works. */
const OWN = ['staging', 'judging', 'pgboss']

const held = (role) =>
  HELD.map(
    (schema) => `
  GRANT USAGE ON SCHEMA ${schema} TO ${role};
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role};
  GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${role};`,
  ).join('')

/** Entries are added by the role, their links by the database itself as each transaction commits. */
const ONLY_ADDED = (role) => `
  REVOKE INSERT, UPDATE, DELETE ON _prisma_migrations FROM ${role};
  REVOKE UPDATE, DELETE ON activity FROM ${role};
  REVOKE INSERT, UPDATE, DELETE ON activity_link FROM ${role};`

/** What was made before there were two roles comes to the one that works with it. */
const own = (name) =>
  OWN.map(
    (schema) => `
  DO $$ DECLARE one record; BEGIN
    IF to_regnamespace('${schema}') IS NULL THEN RETURN; END IF;
    ALTER SCHEMA ${schema} OWNER TO ${quoted(name)};
    FOR one IN SELECT oid::regclass AS name FROM pg_class
      WHERE relnamespace = '${schema}'::regnamespace AND relkind IN ('r', 'p', 'v') AND pg_get_userbyid(relowner) <> '${name}'
    LOOP EXECUTE format('ALTER TABLE %s OWNER TO ${quoted(name)}', one.name); END LOOP;
    FOR one IN SELECT oid::regprocedure AS name FROM pg_proc
      WHERE pronamespace = '${schema}'::regnamespace AND pg_get_userbyid(proowner) <> '${name}'
    LOOP EXECUTE format('ALTER ROUTINE %s OWNER TO ${quoted(name)}', one.name); END LOOP;
    FOR one IN SELECT t.oid::regtype AS name FROM pg_type t
      WHERE typnamespace = '${schema}'::regnamespace AND typtype = 'e' AND pg_get_userbyid(typowner) <> '${name}'
    LOOP EXECUTE format('ALTER TYPE %s OWNER TO ${quoted(name)}', one.name); END LOOP;
  END $$;`,
  ).join('')

/** Made by the embedded server's own account, which alone may make roles. */
export async function makeRole(ownerUrl, name, password) {
  await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name])
    const verb = rows.length ? 'ALTER' : 'CREATE'
    await client.query(`${verb} ROLE ${quoted(name)} LOGIN PASSWORD ${client.escapeLiteral(password)}`)
  })
}

/** Grants a role what it needs of a database whose tables somebody else owns. Safe to repeat. */
export async function grantWork(ownerUrl, name) {
  if (!/^\w{1,60}$/.test(name))
    throw new Failure(
      `DATABASE_URL: the role ${JSON.stringify(name)} has a name that Rollcall cannot grant anything to.`,
      'Use letters, digits and underscores.',
    )
  const role = quoted(name)
  await withClient(ownerUrl, async (client) => {
    const database = quoted(new URL(ownerUrl).pathname.slice(1))
    await client.query('SET client_min_messages = warning')
    const { rows } = await client.query("SELECT current_setting('server_version_num')::int AS number")
    const maintain = rows[0].number >= MAINTAIN
    try {
      await client.query(`BEGIN;
        GRANT CONNECT, CREATE, TEMPORARY ON DATABASE ${database} TO ${role};
        ${held(role)}
        ${maintain ? `GRANT MAINTAIN ON ALL TABLES IN SCHEMA past TO ${role};` : ''}
        ${ONLY_ADDED(role)}
        ${own(name)}
        COMMIT`)
    } catch (error) {
      await client.query('ROLLBACK')
      throw new Failure(
        `The role ${name} could not be granted what it needs: ${error.message}`,
        `The role of DATABASE_OWNER_URL must own the database and be a member of the other: GRANT ${name} TO <owner>.`,
      )
    }
  })
}
