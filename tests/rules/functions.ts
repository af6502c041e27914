import { rule } from './rule.ts'

export const functionRules = [
  rule<'name'>(
    'every function names what it means, whoever calls it',
    `select name from functions where not settings @> '{"search_path=\\"\\""}'`,
    ({ name }) => `${name} looks names up in its caller's search_path: add "set search_path = ''"`,
  ),

  rule<'name' | 'schema'>(
    'definer functions are in private, which no API serves',
    `select name, schema from functions where definer and schema <> 'private'`,
    ({ name, schema }) =>
      `${name} runs as its owner and is in ${schema}, which an API may serve: put it into private, behind an invoker function`,
  ),

  rule<'name' | 'owner'>(
    'definer functions run as the owner of it all',
    'select name, pg_get_userbyid(owner) as owner from functions where definer and owner <> current_user::regrole',
    ({ name, owner }) => `${name} runs as ${owner}: let the migration make it, which runs as the owner of everything`,
  ),
]
