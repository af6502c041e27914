import type { ClientBase } from 'pg'
import { CannotStart } from '#platform/configuration/stop.ts'

/** A running server would go on with what it remembers of the data before. Its logins show in everybody's sight. */
export async function refuseWhileServed(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ connections: string }>(
    `select string_agg(format('%s of %s', count, usename), ', ' order by usename) as connections
     from (select usename, count(*) from pg_stat_activity
           where datname = current_database() and usename in ('vivavoce_app', 'vivavoce_worker') group by usename) connected`,
  )
  const connections = rows[0]?.connections
  if (connections) throw new CannotStart(`a server is using this database (connections: ${connections}); stop it first`)
}
